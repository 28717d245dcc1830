using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class FailureTests
{
    [Fact]
    public async Task Refused_creation_fails_the_service_until_it_is_recovered()
    {
        await using EngineWorld world = await CreateAsync();
        string role = Role("web", 2).Replace("\"vm_template\":0", "\"vm_template\":1", StringComparison.Ordinal);
        int id = await world.InstantiateAsync(role);
        Service failed = await world.ReachAsync(id, s => s.State == ServiceState.FailedDeploying && s.Roles[0].Ordered.IsEmpty);
        Assert.Contains(failed.Log, e => e.Severity == "E" && e.Message.Contains("Instantiate failed for template 1", StringComparison.Ordinal));
        Assert.Equal(1, await world.Alice.Templates.CreateAsync("NAME = other\nCPU = 0.01\nMEMORY = 1", Ct));
        await world.RecoverAsync(id);
        await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal(2, (await world.MachinesAsync()).Count);
    }

    [Fact]
    public async Task Machine_that_cannot_boot_fails_the_service_and_is_tried_again()
    {
        await using EngineWorld world = await CreateAsync();
        IDisposable fault = world.Cloud.Script.Fail(EmbeddedWork.Deploy);
        int id = await world.InstantiateAsync(Role("web", 1));
        await world.ReachAsync(id, ServiceState.FailedDeploying);
        fault.Dispose();
        await world.RecoverAsync(id);
        await world.ReachAsync(id, ServiceState.Running);
        Assert.Single(await world.MachinesAsync());
    }

    [Fact]
    public async Task Creation_whose_answer_is_lost_is_found_and_not_repeated()
    {
        await using EngineWorld world = await CreateAsync();
        int lost = 0;
        using IDisposable fault = world.Cloud.Script.BreakCalls(call =>
            call.Method == "one.template.instantiate" && Interlocked.Increment(ref lost) <= 2 ? EmbeddedCallFault.AnswerLost : EmbeddedCallFault.None);
        int id = await world.InstantiateAsync(Role("web", 3));
        Service service = await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal((await world.MachinesAsync()).Select(vm => vm.Id), service.Roles[0].Nodes.Select(n => n.VmId).Order());
        Assert.Equal(3, service.Roles[0].Nodes.Length);
    }

    [Fact]
    public async Task Termination_whose_answer_is_lost_does_not_become_a_hard_one()
    {
        await using EngineWorld world = await CreateAsync(new EmbeddedCloudDelays { Hypervisor = TimeSpan.FromSeconds(20) });
        int id = await world.RunInTimeAsync(Role("web", 1));
        List<string> asked = [];
        using IDisposable fault = world.Cloud.Script.BreakCalls(call =>
        {
            if (call.Method != "one.vm.action") return EmbeddedCallFault.None;
            lock (asked) asked.Add(call.Parameters[0].AsString());
            return EmbeddedCallFault.AnswerLost;
        });
        await world.UndeployAsync(id);
        await world.ElapseAsync(world.GoneAsync(id));
        Assert.Equal(["terminate"], asked);
        await world.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Calls_that_do_not_arrive_are_repeated()
    {
        await using EngineWorld world = await CreateAsync();
        int broken = 0;
        using IDisposable fault = world.Cloud.Script.BreakCalls(call =>
            !call.Method.StartsWith("one.document", StringComparison.Ordinal) && Interlocked.Increment(ref broken) % 3 != 0
                ? EmbeddedCallFault.Unreachable : EmbeddedCallFault.None);
        int id = await world.RunInTimeAsync(Role("web", 2));
        await world.UndeployAsync(id);
        await world.ElapseAsync(world.GoneAsync(id));
    }

    [Fact]
    public async Task Halted_machine_warns_and_a_deleted_one_is_given_up()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 2));
        await world.Alice.VirtualMachines.PowerOffAsync(0, cancellationToken: Ct);
        await world.ReachAsync(id, ServiceState.Warning);
        await world.Alice.VirtualMachines.TerminateAsync(0, hard: true, cancellationToken: Ct);
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0] is { Cardinality: 1, Nodes.Length: 1 });
    }

    [Fact]
    public async Task Document_that_is_not_deleted_at_once_is_deleted_later()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        int refused = 0;
        using IDisposable fault = world.Cloud.Script.BreakCalls(call =>
            call.Method == "one.document.delete" && Interlocked.Increment(ref refused) <= 3 ? EmbeddedCallFault.Unreachable : EmbeddedCallFault.None);
        await world.UndeployAsync(id);
        await world.ElapseAsync(world.GoneAsync(id));
        Assert.Equal(4, refused);
        await world.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Service_of_an_owner_for_whom_nobody_can_act_fails_with_the_reason()
    {
        await using EngineWorld world = await CreateAsync(configure: o => o.ActAs = null);
        int id = await world.InstantiateAsync(Role("web", 1));
        Service service = await world.ReachAsync(id, ServiceState.FailedDeploying);
        Assert.Contains(service.Log, e => e.Message.Contains("no credentials to act as user alice", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Events_that_are_all_lost_are_made_up_for_by_reading()
    {
        await using EngineWorld world = await CreateAsync(starts: false);
        world.Events = new GapEvents();
        await world.StartAsync();
        int id = await world.RunInTimeAsync(Role("db", 1), Role("web", 2, "db"));
        await world.RemoveAsync(id);
    }

    [Fact]
    public async Task Gap_lets_everything_be_read()
    {
        await using EngineWorld world = await CreateAsync(starts: false);
        var events = new GapEvents();
        world.Events = events;
        await world.StartAsync(o => o.ResyncInterval = TimeSpan.FromDays(1));
        int id = await world.InstantiateAsync(Role("web", 2));
        await world.ReachAsync(id, s => s.Roles[0].Nodes.Length == 2);
        Assert.Equal(ServiceState.Deploying, (await world.Engine.GetAsync(id)).State);
        events.Lose();
        await world.ReachAsync(id, ServiceState.Running);
    }

    [Fact]
    public async Task Machine_of_somebody_else_that_claims_to_be_of_the_service_is_none_of_it()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        int foreign = await world.Client.VirtualMachines.CreateAsync(
            $"NAME = x\nCPU = 0.01\nMEMORY = 1\nSERVICE_ID = {id}\nROLE_NAME = web", cancellationToken: Ct);
        await world.RestartAsync();
        await world.ReachAsync(id, ServiceState.Running);
        await world.UndeployAsync(id);
        await world.GoneAsync(id);
        Assert.Equal([foreign], (await world.MachinesAsync()).Select(vm => vm.Id));
    }
}
