using System.Text;
using OneEdge.OpenNebula.Tests.Events;

namespace OneEdge.OpenNebula.ZeroMq.Tests;

[Collection("Threads are counted")]
public sealed class ZeroMqEventSourceTests
{
    private const string ThreadName = "OneEdge events";
    private const string Topic = "EVENT VM 4/HOLD/LCM_INIT ";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static (string[] Topics, byte[] Payload) Good => EventTexts.MachineMessage(4, VmState.Hold, LcmState.LcmInit);

    public static TheoryData<string, string[]> Garbage => new()
    {
        { "one frame", [Topic] },
        { "three frames", [Topic, Convert.ToBase64String(Good.Payload), "more"] },
        { "an empty payload", [Topic, ""] },
        { "no base64", [Topic, "@@@@"] },
        { "no XML", [Topic, Convert.ToBase64String("what?"u8)] },
        { "half of a topic", ["EVENT VM 4/HOLD", Convert.ToBase64String(Good.Payload)] },
        { "a topic with more behind it", [Topic + "\0\u00ff", Convert.ToBase64String(Good.Payload)] },
    };

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_is_a_gap_and_events_go_on(string what, string[] frames)
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await world.SubscribedAsync();
        world.Publisher.Send([.. frames.Select(Encoding.Latin1.GetBytes)]);
        await world.ChangeMachineAsync(4, VmState.Hold);
        Gap gap = await stream.NextAsync<Gap>();
        Assert.True(gap.Reason == GapReason.Undecodable, what);
        Assert.Equal(VmState.Hold, (await stream.NextAsync<VmStateChanged>()).State);
    }

    [Fact]
    public async Task Garbage_beside_what_is_watched_is_nothing()
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await using EventStream other = await EventStream.BeginAsync(world, EventFilter.ApiCalls(), Token);
        await world.SubscribedAsync();
        world.Publisher.Send("EVENT API one.vm.update 1"u8.ToArray());
        world.Publisher.Send("EVENT VM 40/HOLD"u8.ToArray(), "@"u8.ToArray());
        await world.ChangeMachineAsync(4, VmState.Hold);
        Assert.Equal(4, (await stream.NextAsync<VmStateChanged>()).Id);
        Assert.Equal(GapReason.Undecodable, (await other.NextAsync<Gap>()).Reason);
    }

    [Fact]
    public async Task Frame_larger_than_allowed_breaks_the_connection_which_comes_back_with_a_gap()
    {
        await using var world = new ZeroMqWorld(o => o with { MaxFrameBytes = 100_000 });
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await world.SubscribedAsync();
        world.Publisher.Send(Encoding.ASCII.GetBytes(Topic), new byte[200_000]);
        Assert.Equal(GapReason.Reconnected, (await stream.NextAsync<Gap>()).Reason);

        // Nobody knows when the publisher has read the new subscription.
        Task<VmStateChanged> next = stream.NextAsync<VmStateChanged>();
        await Publisher.UntilAsync(() =>
        {
            world.Publisher.Publish(Good.Topics, Good.Payload);
            return next.IsCompleted;
        });
        Assert.Equal(VmState.Hold, (await next).State);
    }

    [Fact]
    public async Task Calls_and_repeated_hooks_come_with_what_is_in_them()
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(
            world, EventFilter.Any(EventFilter.ApiCall("one.vm.update", succeeded: true), EventFilter.HookRetries), Token);
        await world.SubscribedAsync();
        world.Publisher.Publish(["EVENT API one.vm.update 0"], EventTexts.CallMessage("one.vm.update", false, "4"));
        world.Publisher.Publish(["EVENT API one.vm.updateconf 1"], EventTexts.CallMessage("one.vm.updateconf", true, "4"));
        world.Publisher.Publish(["EVENT API one.vm.update 1"], EventTexts.CallMessage("one.vm.update", true, "READY=\"YES & NO\""));
        ApiCalled call = await stream.NextAsync<ApiCalled>();
        Assert.Equal(("one.vm.update", true, "READY=\"YES & NO\""), (call.Method, call.Succeeded, call.Input(2)));
        world.Publisher.Send(
            "RETRY"u8.ToArray(),
            [.. Encoding.ASCII.GetBytes(Convert.ToBase64String("<HOOK_MESSAGE><ARGUMENTS>YSBi</ARGUMENTS><HOOK_ID>4</HOOK_ID></HOOK_MESSAGE>"u8)), (byte)' ']);
        HookRetried retried = await stream.NextAsync<HookRetried>();
        Assert.Equal((4, "a b"), (retried.HookId, retried.Arguments));
    }

    [Fact]
    public async Task Unknown_messages_are_among_everything()
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.Everything, Token);
        await world.SubscribedAsync();
        world.Publisher.Publish(["NEWS"], "hello"u8.ToArray());
        UnknownEvent unknown = await stream.NextAsync<UnknownEvent>();
        Assert.Equal(("NEWS", "hello"), (unknown.Topic, Encoding.UTF8.GetString(unknown.Payload.Span)));
    }

    [Fact]
    public async Task Stream_waits_for_a_publisher_that_comes_later()
    {
        using var publisher = new Publisher(starts: false);
        using var source = new ZeroMqEventSource(Options(publisher.Endpoint));
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Task<bool> next = stream.MoveNextAsync().AsTask();
        await publisher.StartAsync();
        Assert.True(await next);
        Assert.Equal(GapReason.Started, Assert.IsType<Gap>(stream.Current).Reason);
        await publisher.SubscribedAsync(["EVENT VM 4/"]);
        publisher.Publish(Good.Topics, Good.Payload);
        Assert.True(await stream.MoveNextAsync());
        Assert.IsType<VmStateChanged>(stream.Current);
    }

    [Fact]
    public async Task Publisher_that_dies_and_comes_back_is_a_gap_each_time()
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        for (int i = 0; i < 3; i++)
        {
            await world.InterruptAsync();
            Assert.Equal(GapReason.Reconnected, (await stream.NextAsync<Gap>()).Reason);
            await world.ChangeMachineAsync(i, VmState.Hold);
            Assert.Equal(i, (await stream.NextAsync<VmStateChanged>()).Id);
        }
    }

    [Fact]
    public async Task Closed_port_is_told_with_what_to_do()
    {
        using var publisher = new Publisher(starts: false);
        using var source = new ZeroMqEventSource(Options(publisher.Endpoint) with { ConnectTimeout = TimeSpan.FromMilliseconds(50) });
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        OpenNebulaException e = await Assert.ThrowsAsync<OpenNebulaException>(async () => await stream.MoveNextAsync());
        Assert.Equal(OpenNebulaErrorCodes.EventsUnreachable, e.Code);
        Assert.Contains(publisher.Endpoint, e.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(PollingEventSource), e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancellation_ends_waiting_for_a_connection()
    {
        using var publisher = new Publisher(starts: false);
        using var source = new ZeroMqEventSource(Options(publisher.Endpoint));
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), cancellation.Token).GetAsyncEnumerator(Token);
        Task<bool> next = stream.MoveNextAsync().AsTask();
        await cancellation.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.True(e.CancellationToken.IsCancellationRequested);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:2101")]
    [InlineData("http://localhost:2101")]
    [InlineData("tcp://localhost")]
    [InlineData("tcp://localhost:0")]
    [InlineData("tcp://localhost:65536")]
    [InlineData("tcp://localhost:2101/path")]
    [InlineData("tcp://user:secret@localhost:2101")]
    public void Address_that_is_none_is_refused_without_being_quoted(string endpoint)
    {
        OpenNebulaException e = Assert.Throws<OpenNebulaException>(() => new ZeroMqEventSource(Options(endpoint)));
        Assert.Equal(OpenNebulaErrorCodes.EventEndpointInvalid, e.Code);
        Assert.DoesNotContain("secret", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slow_consumer_gets_a_gap_and_delays_nobody()
    {
        await using var world = new ZeroMqWorld(o => o with { Queue = new EventQueueOptions { Capacity = 10 } });
        await using EventStream slow = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        await using EventStream quick = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(1000), Token);
        for (int id = 0; id <= 1000; id++) await world.ChangeMachineAsync(id, VmState.Hold);
        Assert.Equal(1000, (await quick.NextAsync<VmStateChanged>()).Id);
        for (int id = 0; id < 10; id++) Assert.Equal(id, (await slow.NextAsync<VmStateChanged>()).Id);
        Assert.Equal(GapReason.Overflow, (await slow.NextAsync<Gap>()).Reason);
        await world.ChangeMachineAsync(7, VmState.Pending);
        Assert.Equal(7, (await slow.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Subscriptions_are_shared_and_taken_back_with_the_last_stream()
    {
        await using var world = new ZeroMqWorld();
        EventStream first = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        EventStream second = await EventStream.BeginAsync(world, EventFilter.Any(EventFilter.VirtualMachine(4), EventFilter.Host(1)), Token);
        await world.Publisher.SubscribedAsync(["EVENT VM 4/", "EVENT HOST 1/"]);
        await second.DisposeAsync();
        await Publisher.UntilAsync(() => !world.Publisher.Subscriptions.Contains("EVENT HOST 1/"));
        Assert.Equal(["EVENT VM 4/"], world.Publisher.Subscriptions);
        await first.DisposeAsync();
        await world.Publisher.DesertedAsync();
    }

    [Fact]
    public async Task Disposal_ends_streams_and_leaves_neither_a_thread_nor_a_connection()
    {
        await using var world = new ZeroMqWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await world.SubscribedAsync();
        Assert.Contains(ThreadName, ThreadNames());
        Task<CloudEvent> next = stream.NextAsync();
        world.DisposeSource();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => next);
        await world.Publisher.DesertedAsync();
        await Publisher.UntilAsync(() => !ThreadNames().Contains(ThreadName));
        await using IAsyncEnumerator<CloudEvent> late = world.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await late.MoveNextAsync());
        world.DisposeSource();
    }

    [Fact]
    public async Task Disposal_ends_waiting_for_a_connection()
    {
        using var publisher = new Publisher(starts: false);
        var source = new ZeroMqEventSource(Options(publisher.Endpoint));
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Task<bool> next = stream.MoveNextAsync().AsTask();
        source.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => next);
    }

    [Fact]
    public void Source_that_was_never_watched_has_no_thread()
    {
        using var source = new ZeroMqEventSource();
        Assert.DoesNotContain(ThreadName, ThreadNames());
    }

    [Fact]
    public async Task Quiet_publisher_that_answers_keeps_its_connection()
    {
        using var peer = new SilentPeer(answers: true);
        using var source = new ZeroMqEventSource(Options(peer.Endpoint) with { HeartbeatInterval = TimeSpan.FromMilliseconds(200) });
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        await Publisher.UntilAsync(() => peer.Answered >= 5);
        Assert.Equal(1, peer.Connections);
    }

    [Fact]
    public async Task Publisher_that_answers_no_more_counts_as_gone()
    {
        using var peer = new SilentPeer(answers: false);
        using var source = new ZeroMqEventSource(Options(peer.Endpoint) with { HeartbeatInterval = TimeSpan.FromMilliseconds(20) });
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(GapReason.Reconnected, Assert.IsType<Gap>(stream.Current).Reason);
        Assert.True(peer.Connections > 1);
    }

    [Fact]
    public async Task Name_of_a_host_is_looked_up()
    {
        using var publisher = new Publisher();
        using var source = new ZeroMqEventSource(Options(FormattableString.Invariant($"tcp://localhost:{publisher.Port}")));
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        await publisher.SubscribedAsync(["EVENT VM 4/"]);
    }

    [Fact]
    public async Task Name_that_has_no_address_is_told()
    {
        using var source = new ZeroMqEventSource(Options("tcp://no-such-host.invalid:2101"));
        await using IAsyncEnumerator<CloudEvent> stream = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        OpenNebulaException e = await Assert.ThrowsAsync<OpenNebulaException>(async () => await stream.MoveNextAsync());
        Assert.Equal(OpenNebulaErrorCodes.EventsUnreachable, e.Code);
        Assert.Contains("no-such-host.invalid", e.Message, StringComparison.Ordinal);
    }

    private static ZeroMqEventSourceOptions Options(string endpoint) => new()
    {
        Endpoint = endpoint,
        ConnectTimeout = TimeSpan.FromMinutes(1),
        SubscriptionDelay = TimeSpan.Zero,
        ReconnectDelay = TimeSpan.FromMilliseconds(10),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
    };

    private static string[] ThreadNames() => [.. Directory.GetDirectories("/proc/self/task").Select(NameOf)];

    private static string NameOf(string task)
    {
        try
        {
            return File.ReadAllText(Path.Combine(task, "comm")).Trim();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
