using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class OwnershipTests
{
    [Fact]
    public async Task Service_gets_another_name_and_its_new_machines_too()
    {
        await using EngineWorld world = await CreateAsync(configure: o => o.Instantiation = new() { VmNameTemplate = "$SERVICE_NAME-$VM_NUMBER" });
        int id = await world.RunAsync(Role("web", 1));
        await world.Engine.RenameAsync(id, "other", world.Owner, Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ScaleAsync(id, "web", 2);
        await world.ReachAsync(id, s => s.Roles[0].Nodes.Length == 2);
        Assert.Equal(["svc-0", "other-1"], (await world.MachinesAsync()).Select(vm => vm.Name));
    }

    [Fact]
    public async Task Service_and_its_machines_get_another_owner()
    {
        await using EngineWorld world = await CreateAsync();
        int bob = await world.Client.Users.CreateAsync("bob", "secret", cancellationToken: Ct);
        int id = await world.RunAsync(Role("web", 2));
        await world.Engine.ChownAsync(id, bob, cancellationToken: Ct).WaitAsync(HangLimit.Time, Ct);
        Assert.All(await world.MachinesAsync(), vm => Assert.Equal(bob, vm.OwnerId));
        Assert.Equal((bob, "bob"), ((await world.Engine.GetAsync(id)).Owner.UserId, (await world.Engine.GetAsync(id)).Owner.UserName));
    }

    [Fact]
    public async Task Owner_that_one_machine_cannot_get_is_taken_back_from_all()
    {
        await using EngineWorld world = await CreateAsync();
        int bob = await world.Client.Users.CreateAsync("bob", "secret", cancellationToken: Ct);
        int id = await world.RunAsync(Role("web", 2));
        using IDisposable fault = world.Cloud.Script.BreakCalls(call =>
            call.Method == "one.vm.chown" && call.Parameters[0].AsInt32() == 1 ? EmbeddedCallFault.Unreachable : EmbeddedCallFault.None);
        OwnershipException error = await Assert.ThrowsAsync<OwnershipException>(() => world.Engine.ChownAsync(id, bob, cancellationToken: Ct));
        Assert.Equal((1, FlowErrorCodes.OwnerNotChanged), (error.VmId, error.Code));
        Assert.All(await world.MachinesAsync(), vm => Assert.Equal(world.Owner.UserId, vm.OwnerId));
        Assert.Equal(world.Owner.UserId, (await world.Client.Documents.GetAsync(id, cancellationToken: Ct)).OwnerId);
        await world.ReachAsync(id, s => s.Log.Any(e => e.Severity == "E" && e.Message.StartsWith("VM 1 : chown failed;", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Name_and_owner_that_another_program_gave_are_seen()
    {
        await using EngineWorld world = await CreateAsync();
        int bob = await world.Client.Users.CreateAsync("bob", "secret", cancellationToken: Ct);
        int id = await world.InstantiateAsync(Role("web", 1));
        await world.ReachAsync(id, ServiceState.Running);
        await world.Client.Documents.RenameAsync(id, "other", Ct);
        await world.Client.Documents.ChangeOwnerAsync(id, bob, cancellationToken: Ct);
        Assert.Equal(("svc", "alice"), ((await world.Engine.GetAsync(id)).Name, (await world.Engine.GetAsync(id)).Owner.UserName));
        await world.ElapseAsync(world.ReachAsync(id, s => s.Name == "other" && s.Owner.UserId == bob && s.Owner.UserName == "bob"));
    }

    [Fact]
    public async Task Scheduled_action_that_is_refused_stands_in_the_log()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.InstantiateAsync(Role("web", 1));
        await world.ReachAsync(id, ServiceState.Running);
        using IDisposable fault = world.Cloud.Script.BreakCalls(
            call => call.Method == "one.vm.schedadd" ? EmbeddedCallFault.Unreachable : EmbeddedCallFault.None);
        await world.Engine.RoleActionAsync(id, new RoleActionRequested("web", "reboot"), Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ElapseAsync(world.ReachAsync(
            id, s => s.Log.Any(e => e.Severity == "E" && e.Message.StartsWith("VM 0 : reboot could not be scheduled;", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Rights_of_who_acts_count()
    {
        await using EngineWorld world = await CreateAsync();
        int bob = await world.Client.Users.CreateAsync("bob", "secret", cancellationToken: Ct);
        await using FlowEngine engine = world.Engine;
        int id = await world.InstantiateAsync(Role("web", 1));
        await world.Engine.ChmodAsync(id, PermissionChange.ToOctal("640"), world.Owner, Ct).WaitAsync(HangLimit.Time, Ct);
        Assert.Equal("640", (await world.Client.Documents.GetAsync(id, cancellationToken: Ct)).Permissions.ToString());
        Assert.NotEqual(bob, world.Owner.UserId);
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => world.Engine.ChownAsync(id, bob, actingUser: world.Owner, cancellationToken: Ct));
    }

    [Fact]
    public async Task Policies_are_changed_and_what_cannot_be_changed_is_refused()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        await world.Engine.UpdateAsync(id, """{"description":"new"}""", append: true, cancellationToken: Ct).WaitAsync(HangLimit.Time, Ct);
        Assert.True((await world.Engine.GetAsync(id)).Definition.Members.TryGet("description", out _));
        FlowException refused = await Assert.ThrowsAsync<FlowException>(
            () => world.Engine.UpdateAsync(id, """{"name":"x"}""", append: true, cancellationToken: Ct));
        Assert.Equal("Immutable value: `service/name` can not be changed", refused.Message);
    }
}
