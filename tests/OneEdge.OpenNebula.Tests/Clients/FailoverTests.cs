using OneEdge.OpenNebula.Tests.Rpc;

namespace OneEdge.OpenNebula.Tests.Clients;

public sealed class FailoverTests
{
    private const string Machine =
        "<string>&lt;VM&gt;&lt;ID&gt;1&lt;/ID&gt;&lt;NAME&gt;x&lt;/NAME&gt;&lt;STATE&gt;3&lt;/STATE&gt;&lt;LCM_STATE&gt;3&lt;/LCM_STATE&gt;&lt;/VM&gt;</string>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_go_to_the_leader_and_are_remembered_to()
    {
        await using var follower = FrontEnd(RaftState.Follower);
        await using var leader = FrontEnd(RaftState.Leader);
        using OpenNebulaFailover both = Connect(follower, leader);
        for (int i = 0; i < 3; i++) await new OpenNebulaClient(both).VirtualMachines.GetAsync(1, cancellationToken: Token);
        Assert.Equal(1, both.Current);
        Assert.Equal(3, CallsOf(leader, "one.vm.info"));
        Assert.Equal(0, CallsOf(follower, "one.vm.info"));
        Assert.Equal(1, CallsOf(leader, "one.zone.raftstatus"));
    }

    [Fact]
    public async Task Server_that_is_gone_is_replaced_for_reads_and_for_changes()
    {
        LoopbackServer leader = FrontEnd(RaftState.Leader);
        RaftState other = RaftState.Follower;
        await using var second = FrontEnd(() => other);
        using OpenNebulaFailover both = Connect(leader, second);
        var one = new OpenNebulaClient(both);
        await one.VirtualMachines.GetAsync(1, cancellationToken: Token);
        Assert.Equal(0, both.Current);
        await leader.DisposeAsync();
        other = RaftState.Leader;
        await one.VirtualMachines.RenameAsync(1, "web", Token);
        Assert.Equal(1, both.Current);
        await one.VirtualMachines.GetAsync(1, cancellationToken: Token);
        Assert.Equal(1, CallsOf(second, "one.vm.rename"));
    }

    [Fact]
    public async Task Change_that_may_have_arrived_is_not_made_again_and_a_read_is()
    {
        await using var broken = LoopbackServer.Start((request, stream, ct) => request.Body.Contains("raftstatus", StringComparison.Ordinal)
            ? stream.WriteAsync(LoopbackServer.Http(200, "text/xml", Raft(RaftState.Leader)), ct).AsTask()
            : throw new IOException("lost"));
        await using var other = FrontEnd(RaftState.Follower);
        using OpenNebulaFailover both = Connect(broken, other);
        var one = new OpenNebulaClient(both);
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(() => one.VirtualMachines.RenameAsync(1, "web", Token));
        Assert.False(error.IsRetrySafe);
        Assert.Equal(1, CallsOf(broken, "one.vm.rename"));
        Assert.Equal(0, CallsOf(other, "one.vm.rename"));
        Assert.Equal(1, (await one.VirtualMachines.GetAsync(1, cancellationToken: Token)).Id);
        Assert.Equal(1, CallsOf(other, "one.vm.info"));
    }

    [Fact]
    public async Task Election_is_no_refusal_of_the_call()
    {
        await using var candidate = LoopbackServer.Start(request => request.Body.Contains("raftstatus", StringComparison.Ordinal)
            ? Raft(RaftState.Candidate)
            : Answers.Refused("[one.vm.rename] Cannot process request, oned cluster in election mode", 8192));
        RaftState other = RaftState.Candidate;
        await using var second = FrontEnd(() => other);
        using OpenNebulaFailover both = Connect(candidate, second);
        other = RaftState.Leader;
        await new OpenNebulaClient(both).VirtualMachines.RenameAsync(1, "web", Token);
        Assert.Equal(1, CallsOf(second, "one.vm.rename"));
    }

    [Fact]
    public async Task Refusal_stays_one_and_is_asked_of_one_server_only()
    {
        await using var leader = LoopbackServer.Start(request => request.Body.Contains("raftstatus", StringComparison.Ordinal)
            ? Raft(RaftState.Leader)
            : Answers.Refused("[one.vm.rename] Error getting virtual machine [1].", 1024, 1));
        await using var other = FrontEnd(RaftState.Follower);
        using OpenNebulaFailover both = Connect(leader, other);
        var error = await Assert.ThrowsAsync<OpenNebulaCallException>(() => new OpenNebulaClient(both).VirtualMachines.RenameAsync(1, "web", Token));
        Assert.Equal(OpenNebulaErrorKind.NoExists, error.Kind);
        Assert.Equal(0, CallsOf(other, "one.vm.rename"));
    }

    [Fact]
    public async Task Nobody_there_is_an_error_after_each_was_tried()
    {
        LoopbackServer first = FrontEnd(RaftState.Leader);
        LoopbackServer second = FrontEnd(RaftState.Follower);
        using OpenNebulaFailover both = Connect(first, second);
        await first.DisposeAsync();
        await second.DisposeAsync();
        var error = await Assert.ThrowsAsync<OpenNebulaTransportException>(
            () => new OpenNebulaClient(both).VirtualMachines.GetAsync(1, cancellationToken: Token));
        Assert.Equal(OpenNebulaErrorCodes.Unreachable, error.Code);
    }

    [Fact]
    public async Task Many_calls_at_once_look_for_the_leader_once()
    {
        await using var follower = FrontEnd(RaftState.Follower);
        await using var leader = FrontEnd(RaftState.Leader);
        using OpenNebulaFailover both = Connect(follower, leader);
        var one = new OpenNebulaClient(both);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => one.VirtualMachines.GetAsync(1, cancellationToken: Token)));
        Assert.Equal(20, CallsOf(leader, "one.vm.info"));
        Assert.Equal(1, CallsOf(leader, "one.zone.raftstatus"));
    }

    [Fact]
    public async Task Front_ends_without_a_leader_take_turns_when_they_fail()
    {
        var asked = new List<int>();
        IOpenNebulaRpc[] frontEnds = [.. Enumerable.Range(0, 3).Select(i => new AnsweringRpc(call =>
        {
            if (call.Method == "one.zone.raftstatus") return "<RAFT><SERVER_ID>0</SERVER_ID><STATE>2</STATE></RAFT>";
            lock (asked) asked.Add(i);
            throw new OpenNebulaTransportException(OpenNebulaErrorCodes.Unreachable, call.Method, "no", isRetrySafe: true);
        }))];
        using var all = new OpenNebulaFailover(frontEnds);
        await Assert.ThrowsAsync<OpenNebulaTransportException>(() => all.CallAsync(new("one.vm.rename", 1, "x"), Token));
        Assert.Equal([0, 1, 2, 0], asked);
    }

    [Fact]
    public async Task Calls_that_look_for_a_leader_and_wait_for_that_end_with_the_connections()
    {
        var asked = new TaskCompletionSource();
        Task Silent(LoopbackRequest request, Stream stream, CancellationToken ct)
        {
            asked.TrySetResult();
            return Task.Delay(Timeout.Infinite, ct);
        }

        await using var first = LoopbackServer.Start(Silent);
        await using var second = LoopbackServer.Start(Silent);
        OpenNebulaFailover both = Connect(first, second);
        Task<RpcValue>[] calls = [.. Enumerable.Range(0, 3).Select(_ => both.CallAsync(new OpenNebulaCall("one.vm.info", 1, false), Token))];
        await asked.Task;
        both.Dispose();
        foreach (Task<RpcValue> call in calls) await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    [Fact]
    public async Task One_front_end_is_called_without_asking_for_a_leader()
    {
        var rpc = new AnsweringRpc(_ => "6.10.5");
        using var one = new OpenNebulaFailover([rpc]);
        Assert.Equal("6.10.5", await new OpenNebulaClient(one).System.GetVersionAsync(Token));
        Assert.Single(rpc.Calls);
        Assert.Throws<ArgumentException>(() => new OpenNebulaFailover([]));
    }

    private static LoopbackServer FrontEnd(RaftState state) => FrontEnd(() => state);

    private static LoopbackServer FrontEnd(Func<RaftState> state) => LoopbackServer.Start(request =>
        request.Body.Contains("one.zone.raftstatus", StringComparison.Ordinal) ? Raft(state())
        : Answers.Done(request.Body.Contains("one.vm.info", StringComparison.Ordinal) ? Machine : "<i4>1</i4>"));

    private static string Raft(RaftState state) =>
        Answers.Done(
            $"<string>&lt;RAFT&gt;&lt;SERVER_ID&gt;0&lt;/SERVER_ID&gt;&lt;STATE&gt;{(int)state}&lt;/STATE&gt;&lt;TERM&gt;5&lt;/TERM&gt;&lt;/RAFT&gt;</string>");

    private static OpenNebulaFailover Connect(params LoopbackServer[] servers) => OpenNebulaFailover.Connect(
        OpenNebulaCredentials.ForUser("oneadmin", "opennebula"), servers.Select(s => s.Endpoint), new() { ReadRetries = 0 });

    private static int CallsOf(LoopbackServer server, string method) =>
        server.Requests.Count(r => r.Body.Contains($"<methodName>{method}<", StringComparison.Ordinal));
}
