using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Clients;

public sealed class WaitTests
{
    private readonly PauseTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Machine_that_gets_there_is_given_as_it_was_then()
    {
        Queue<string> answers = new([Machine(1, 0), Machine(3, 1), Machine(3, 2), Machine(3, 3)]);
        var rpc = new AnsweringRpc(_ => answers.Dequeue());
        Task<VirtualMachine> wait = Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token);
        await EndPausesAsync(wait);
        Assert.Equal(LcmState.Running, (await wait).LcmState);
        Assert.Equal(4, rpc.Calls.Count);
    }

    [Fact]
    public async Task Pauses_double_up_to_the_longest()
    {
        var looks = new List<TimeSpan>();
        DateTimeOffset start = _time.GetUtcNow();
        var rpc = new AnsweringRpc(_ =>
        {
            looks.Add(_time.GetUtcNow() - start);
            return Machine(looks.Count < 8 ? 1 : 8, 0);
        });
        Task<VirtualMachine> wait = Client(rpc).VirtualMachines.WaitForStateAsync(
            7, VmState.PowerOff, new() { FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(5) }, Token);
        await EndPausesAsync(wait);
        await wait;
        Assert.Equal([0, 1, 3, 7, 12, 17, 22, 27], looks.Select(l => (int)l.TotalSeconds));
    }

    [Theory]
    [InlineData(3, 36, "BootFailure")]
    [InlineData(3, 39, "PrologFailure")]
    [InlineData(11, 0, "CloningFailure")]
    [InlineData(6, 0, "Done")]
    public async Task Machine_that_failed_ends_the_wait_at_once_with_its_message(int state, int lcmState, string name)
    {
        var rpc = new AnsweringRpc(_ => Machine(state, lcmState, "<ERROR><![CDATA[Error executing deploy]]></ERROR>"));
        var error = await Assert.ThrowsAsync<OpenNebulaStateException>(
            () => Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token));
        Assert.Equal((OpenNebulaErrorCodes.StateFailed, OpenNebulaObjectKind.VirtualMachine, 7), (error.Code, error.ObjectKind, error.ObjectId));
        Assert.StartsWith(name, error.State, StringComparison.Ordinal);
        Assert.Equal("Error executing deploy", error.ObjectMessage);
        Assert.Equal(
            $"The virtual machine 7 (web) will not become Running: it is {name} (host edge-1). OpenNebula says: Error executing deploy", error.Message);
        Assert.Single(rpc.Calls);
    }

    [Fact]
    public async Task Failure_from_before_does_not_end_the_wait_within_its_grace()
    {
        Queue<string> answers = new([Machine(3, 36), Machine(3, 36), Machine(3, 2), Machine(3, 3)]);
        Task<VirtualMachine> wait = Client(new AnsweringRpc(_ => answers.Dequeue())).VirtualMachines.WaitForStateAsync(
            7, LcmState.Running, new() { FailureGrace = TimeSpan.FromSeconds(5) }, Token);
        await EndPausesAsync(wait);
        Assert.Equal(LcmState.Running, (await wait).LcmState);
    }

    [Fact]
    public async Task Failure_that_stays_ends_the_wait_after_its_grace()
    {
        DateTimeOffset start = _time.GetUtcNow();
        Task<VirtualMachine> wait = Client(new AnsweringRpc(_ => Machine(3, 36))).VirtualMachines.WaitForStateAsync(
            7, LcmState.Running, new() { FailureGrace = TimeSpan.FromSeconds(5), FirstPause = TimeSpan.FromSeconds(2) }, Token);
        await EndPausesAsync(wait);
        var error = await Assert.ThrowsAsync<OpenNebulaStateException>(() => wait);
        Assert.Equal(OpenNebulaErrorCodes.StateFailed, error.Code);
        Assert.Equal(6, (_time.GetUtcNow() - start).TotalSeconds);
    }

    [Fact]
    public async Task State_of_failure_that_is_waited_for_is_no_failure()
    {
        var rpc = new AnsweringRpc(_ => Machine(3, 36));
        await Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.BootFailure, cancellationToken: Token);
        var done = new AnsweringRpc(_ => Machine(6, 0));
        await Client(done).VirtualMachines.WaitForStateAsync(7, VmState.Done, cancellationToken: Token);
    }

    [Fact]
    public async Task Wait_that_takes_too_long_says_what_was_seen_last()
    {
        var rpc = new AnsweringRpc(_ => Machine(1, 0, "<SCHED_MESSAGE><![CDATA[No hosts enabled to run VMs]]></SCHED_MESSAGE>"));
        Task<VirtualMachine> wait = Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.Running, new() { Timeout = TimeSpan.FromSeconds(30) }, Token);
        await EndPausesAsync(wait);
        var error = await Assert.ThrowsAsync<OpenNebulaStateException>(() => wait);
        Assert.Equal(OpenNebulaErrorCodes.StateTimeout, error.Code);
        Assert.Equal(
            "The virtual machine 7 (web) did not become Running within 30 s: it is Pending (host edge-1). OpenNebula says: No hosts enabled to run VMs",
            error.Message);
    }

    [Fact]
    public async Task Failure_that_may_pass_does_not_end_the_wait_and_a_refusal_does()
    {
        int calls = 0;
        var rpc = new AnsweringRpc(call => ++calls < 3
            ? throw new OpenNebulaTransportException(OpenNebulaErrorCodes.Unreachable, call.Method, "no connection", isRetrySafe: true)
            : Machine(3, 3));
        Task<VirtualMachine> wait = Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token);
        await EndPausesAsync(wait);
        Assert.Equal(7, (await wait).Id);
        var gone = new AnsweringRpc(call => throw new OpenNebulaCallException(call.Method, 1024, "Error getting virtual machine [7].", 7));
        var error = await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => Client(gone).VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token));
        Assert.Equal(OpenNebulaErrorKind.NoExists, error.Kind);
    }

    [Fact]
    public async Task Cancelled_wait_ends_with_the_token_of_the_caller()
    {
        using var stop = new CancellationTokenSource();
        var rpc = new AnsweringRpc(_ => Machine(1, 0));
        Task<VirtualMachine> wait = Client(rpc).VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: stop.Token);
        Assert.False(wait.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
    }

    [Fact]
    public async Task What_happens_to_the_object_wakes_the_wait_without_time_passing()
    {
        string answer = Machine(1, 0);
        var rpc = new AnsweringRpc(_ => answer);
        var events = new ChannelEvents();
        var one = new OpenNebulaClient(rpc, new() { Events = events }, _time);
        Task<VirtualMachine> wait = one.VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token);
        events.Happen();
        while (rpc.Calls.Count < 2) await Task.Yield();
        Assert.False(wait.IsCompleted);
        answer = Machine(3, 3);
        events.Happen();
        Assert.Equal(LcmState.Running, (await wait.WaitAsync(TimeSpan.FromSeconds(30), Token)).LcmState);
        Assert.True(events.IsOver);
        Assert.Contains("EVENT VM 7/", events.Filter!.Subscriptions[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_that_break_leave_the_pauses_as_they_are()
    {
        Queue<string> answers = new([Machine(1, 0), Machine(3, 3)]);
        var rpc = new AnsweringRpc(_ => answers.Dequeue());
        var events = new ChannelEvents();
        events.Break();
        var one = new OpenNebulaClient(rpc, new() { Events = events }, _time);
        Task<VirtualMachine> wait = one.VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token);
        Assert.Single(rpc.Calls);
        await EndPausesAsync(wait);
        await wait;
    }

    [Fact]
    public async Task Wait_that_ends_leaves_no_watcher_behind()
    {
        var events = new ChannelEvents();
        var one = new OpenNebulaClient(new AnsweringRpc(_ => Machine(3, 36)), new() { Events = events }, _time);
        await Assert.ThrowsAsync<OpenNebulaStateException>(() => one.VirtualMachines.WaitForStateAsync(7, LcmState.Running, cancellationToken: Token));
        Assert.True(events.IsOver);
    }

    [Fact]
    public async Task Hosts_images_networks_and_apps_can_be_waited_for_and_fail()
    {
        OpenNebulaClient ready = Client(new AnsweringRpc(call => Other(call.Method, call.Method == "one.host.info" ? 2 : 1)));
        await ready.Hosts.WaitForStateAsync(5, HostState.Monitored, cancellationToken: Token);
        await ready.Images.WaitForStateAsync(5, ImageState.Ready, cancellationToken: Token);
        await ready.VirtualNetworks.WaitForStateAsync(5, VirtualNetworkState.Ready, cancellationToken: Token);
        await ready.MarketplaceApps.WaitForStateAsync(5, MarketplaceAppState.Ready, cancellationToken: Token);
        OpenNebulaClient failed = Client(new AnsweringRpc(call => Other(call.Method, call.Method is "one.host.info" or "one.marketapp.info" ? 3 : 5)));
        Task[] waits =
        [
            failed.Hosts.WaitForStateAsync(5, HostState.Monitored, cancellationToken: Token),
            failed.Images.WaitForStateAsync(5, ImageState.Ready, cancellationToken: Token),
            failed.VirtualNetworks.WaitForStateAsync(5, VirtualNetworkState.Ready, cancellationToken: Token),
            failed.MarketplaceApps.WaitForStateAsync(5, MarketplaceAppState.Ready, cancellationToken: Token),
        ];
        foreach (Task wait in waits) Assert.Equal("the reason", (await Assert.ThrowsAsync<OpenNebulaStateException>(() => wait)).ObjectMessage);
    }

    private static string Machine(int state, int lcmState, string userTemplate = "") =>
        $"<VM><ID>7</ID><NAME>web</NAME><STATE>{state}</STATE><LCM_STATE>{lcmState}</LCM_STATE><USER_TEMPLATE>{userTemplate}</USER_TEMPLATE>"
        + "<HISTORY_RECORDS><HISTORY><OID>7</OID><HOSTNAME>edge-1</HOSTNAME></HISTORY></HISTORY_RECORDS></VM>";

    private static string Other(string method, int state)
    {
        string element = method switch { "one.host.info" => "HOST", "one.image.info" => "IMAGE", "one.vn.info" => "VNET", _ => "MARKETPLACEAPP" };
        return $"<{element}><ID>5</ID><NAME>x</NAME><STATE>{state}</STATE><TEMPLATE><ERROR><![CDATA[the reason]]></ERROR></TEMPLATE></{element}>";
    }

    private OpenNebulaClient Client(IOpenNebulaRpc rpc) => new(rpc, time: _time);

    /// <summary>Lets each pause end as soon as it has begun.</summary>
    private async Task EndPausesAsync(Task wait)
    {
        while (!wait.IsCompleted)
        {
            if (_time.NextPause() is { } pause) _time.Advance(pause);
            else await Task.Yield();
        }
    }

    /// <summary>Events as a test makes them happen.</summary>
    private sealed class ChannelEvents : IEventSource
    {
        private readonly Channel<CloudEvent> _events = Channel.CreateUnbounded<CloudEvent>();

        public EventFilter? Filter { get; private set; }

        public bool IsOver { get; private set; }

        public void Happen() => _events.Writer.TryWrite(new Gap(GapReason.Started));

        public void Break() => _events.Writer.Complete(new IOException("no events"));

        public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Filter = filter;
            try
            {
                await foreach (CloudEvent e in _events.Reader.ReadAllAsync(cancellationToken)) yield return e;
            }
            finally
            {
                IsOver = true;
            }
        }
    }

    /// <summary>A clock that tells which pauses wait for it.</summary>
    private sealed class PauseTime : FakeTimeProvider
    {
        private readonly ConcurrentQueue<TimeSpan> _pauses = new();

        public TimeSpan? NextPause() => _pauses.TryDequeue(out TimeSpan pause) ? pause : null;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            ITimer timer = base.CreateTimer(callback, state, dueTime, period);
            // Longer ones are limits of the wait itself.
            if (dueTime > TimeSpan.Zero && dueTime < TimeSpan.FromSeconds(30)) _pauses.Enqueue(dueTime);
            return timer;
        }
    }
}
