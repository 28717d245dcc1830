using System.Text;
using NetMQ;
using NetMQ.Sockets;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.ZeroMq;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about events in the documents of OneEdge.OpenNebula, with a publisher and a cloud that know one machine.</summary>
public sealed class OpenNebulaEventSnippets
{
    private const string Machine =
        "<VM><ID>4</ID><UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME><NAME>web</NAME><STATE>3</STATE><LCM_STATE>3</LCM_STATE>"
            + "<TEMPLATE/><USER_TEMPLATE/></VM>";

    [Fact]
    public async Task Events_arrive()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var publisher = new PublisherSocket();
        string endpoint = FormattableString.Invariant($"tcp://127.0.0.1:{publisher.BindRandomPort("tcp://127.0.0.1")}");
        using var publishing = CancellationTokenSource.CreateLinkedTokenSource(ct);
        Task published = Task.Run(() => Publish(publisher, publishing.Token), ct);
        int read = 0;
        Task ReadServiceAsync(CancellationToken cancellationToken)
        {
            read++;
            return Task.CompletedTask;
        }

        // <snippet events-watch>
        using var events = new ZeroMqEventSource(new() { Endpoint = endpoint });                // tcp://frontend:2101
        await foreach (CloudEvent e in events.WatchAsync(EventFilter.Service(50), ct))
        {
            if (e is Gap)
            {
                await ReadServiceAsync(ct);                                                     // at first, and whenever something may have been missed
            }
            else if (e is VmStateChanged { IsRunning: true } vm)
            {
                Console.WriteLine($"{vm.VirtualMachine.Name} runs on {vm.RemoteHost}");         // web runs on host1
                break;
            }
        }
        // </snippet>
        Assert.Equal(1, read);

        // <snippet events-filters>
        EventFilter filter = EventFilter.Any(
            EventFilter.VirtualMachine(4),                                                      // never 40
            EventFilter.VirtualMachines(LcmState.BootFailure),
            EventFilter.Hosts(HostState.Error),
            EventFilter.ApiCall("one.vm.update", succeeded: true));
        // </snippet>
        Assert.Equal(4, filter.Subscriptions.Count);

        IOpenNebulaRpc one = new OneMachine();

        // <snippet events-follow>
        await foreach (VmStateChanged vm in events.VirtualMachineAsync(4, one, ct))             // the present state first
        {
            Console.WriteLine($"{vm.State}/{vm.LcmState}");                                     // Active/Running
            if (vm.IsRunning) break;
        }
        // </snippet>

        // <snippet events-poll>
        IEventSource polled = new PollingEventSource(one, new() { Interval = TimeSpan.FromSeconds(2) });
        // </snippet>
        await using IAsyncEnumerator<CloudEvent> stream = polled.WatchAsync(EventFilter.VirtualMachine(4), ct).GetAsyncEnumerator(ct);
        Assert.True(await stream.MoveNextAsync());
        Assert.Equal(GapReason.Started, Assert.IsType<Gap>(stream.Current).Reason);

        await publishing.CancelAsync();
        await published;
    }

    private static void Publish(PublisherSocket publisher, CancellationToken ct)
    {
        string payload = Convert.ToBase64String(Encoding.UTF8.GetBytes(
            "<HOOK_MESSAGE><HOOK_TYPE>STATE</HOOK_TYPE><HOOK_OBJECT>VM</HOOK_OBJECT><STATE>ACTIVE</STATE><LCM_STATE>RUNNING</LCM_STATE>"
                + "<RESOURCE_ID>4</RESOURCE_ID>"
            + $"<SERVICE_ID>50</SERVICE_ID><REMOTE_HOST>host1</REMOTE_HOST>{Machine}</HOOK_MESSAGE>"));
        while (!ct.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(5))) publisher.SendMoreFrame("EVENT SERVICE 50 ").SendFrame(payload);
    }

    private sealed class OneMachine : IOpenNebulaRpc
    {
        public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default) => Task.FromResult<RpcValue>(Machine);

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) =>
            Task.FromResult<IReadOnlyList<OpenNebulaCallResult>>([.. calls.Select(c => new OpenNebulaCallResult(c, Machine))]);
    }
}
