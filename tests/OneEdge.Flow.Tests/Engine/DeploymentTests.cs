using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class DeploymentTests
{
    [Fact]
    public async Task Straight_service_of_three_roles_is_deployed_and_removed_without_a_trace()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.InstantiateAsync(Role("db", 1), Role("app", 2, "db"), Role("web", 3, "app"));
        Service service = await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal(6, service.Roles.Sum(r => r.Nodes.Length));
        List<VirtualMachine> machines = await world.MachinesAsync();
        Assert.All(machines, vm => Assert.Equal((world.Owner.UserId, $"{id}"), (vm.OwnerId, vm.UserTemplate.Get("SERVICE_ID"))));
        Assert.Equal($"db_0_(service_{id})", machines[0].Name);
        await world.UndeployAsync(id);
        await world.GoneAsync(id);
        await world.AssertNothingLeftAsync();
        Assert.Empty(await world.Engine.ListAsync());
    }

    [Fact]
    public async Task Roles_come_after_their_parents()
    {
        await using EngineWorld world = await CreateAsync(EmbeddedCloudDelays.Each(TimeSpan.FromSeconds(2)));
        int id = await world.InstantiateAsync(Role("db", 1), Role("web", 1, "db"));
        List<string> order = [];
        await foreach (ServiceNotification notification in Until(world, id))
        {
            if (notification is VmAddedNotification added) order.Add($"+{added.RoleName}");
            else if (notification is RoleStateNotification { State: RoleState.Running } role) order.Add(role.RoleName);
            else if (notification is ServiceStateNotification { State: ServiceState.Running }) break;
        }

        Assert.Equal(["+db", "db", "+web", "web"], order);
    }

    [Fact]
    public async Task Notifications_tell_of_states_machines_log_and_the_end()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        List<ServiceNotification> seen = [];
        await using IAsyncEnumerator<ServiceNotification> watch = world.Engine.WatchAsync(id, Ct).GetAsyncEnumerator(Ct);
        while (seen.LastOrDefault() is not ServiceStateNotification)
        {
            Assert.True(await watch.MoveNextAsync().AsTask().WaitAsync(HangLimit.Time, Ct));
            seen.Add(watch.Current);
        }

        Assert.Contains(new RoleStateNotification(id, "web", RoleState.Running), seen);
        Assert.Contains(new VmAddedNotification(id, "web", 0), seen);
        Assert.Contains(new VmConditionNotification(id, "web", 0, VmCondition.Running), seen);
        seen.Clear();
        await world.UndeployAsync(id);
        while (await watch.MoveNextAsync().AsTask().WaitAsync(HangLimit.Time, Ct)) seen.Add(watch.Current);
        Assert.Contains(new VmRemovedNotification(id, "web", 0), seen);
        Assert.Contains(seen, n => n is ServiceLogNotification { Entry.Message: "New state: UNDEPLOYING" });
        Assert.Equal(new ServiceGoneNotification(id), seen[^1]);
    }

    [Fact]
    public async Task Networks_are_made_for_the_machines_and_deleted_after_them()
    {
        await using EngineWorld world = await CreateAsync(new EmbeddedCloudDelays { Image = TimeSpan.FromSeconds(5) });
        string more = $$"""
            ,"networks":{"Private":"M|network| | |template_id:{{world.NetworkTemplate}}"}
            """;
        int id = await world.InstantiateAsync(Template(more, Role("web", 2, ""","vm_template_contents":"NIC = [ NETWORK_ID = \"$Private\" ]" """, [])));
        Service service = await world.ReachInTimeAsync(id, ServiceState.Running);
        Assert.NotNull(service.Networks[0].NetworkId);
        VirtualNetwork network = await world.Client.VirtualNetworks.GetAsync(service.Networks[0].NetworkId!.Value, cancellationToken: Ct);
        Assert.Equal(($"Private-{id}", world.Owner.UserId), (network.Name, network.OwnerId));
        Assert.All(await world.MachinesAsync(), vm => Assert.Equal(network.Id, vm.Nics[0].NetworkId));
        await world.RemoveAsync(id);
    }

    [Fact]
    public async Task Values_of_parents_are_put_into_their_children()
    {
        await using EngineWorld world = await CreateAsync();
        string contents = """
            ,"vm_template_contents":"DB = \"${db.name}\" \nMEM = \"${db.template.memory}\" \nNONE = \"x${db.nothing}\" "
            """;
        int id = await world.RunAsync(Role("db", 1), Role("web", 1, contents, ["db"]));
        VirtualMachine web = (await world.MachinesAsync())[1];
        Assert.Equal(($"db_0_(service_{id})", "1", "x"), (web.UserTemplate.Get("DB"), web.UserTemplate.Get("MEM"), web.UserTemplate.Get("NONE")));
    }

    [Fact]
    public async Task Service_on_hold_is_released_in_the_order_of_its_roles()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.InstantiateAsync(Template(""","on_hold":true""", Role("db", 1), Role("web", 2, "db")));
        await world.ReachAsync(id, ServiceState.Hold);
        Service held = await world.Engine.WaitForAsync(id, ServiceState.Hold, Ct).WaitAsync(HangLimit.Time, Ct);
        Assert.All(await world.MachinesAsync(), vm => Assert.Equal(VmState.Hold, vm.State));
        await world.Engine.ReleaseAsync(id, Ct).WaitAsync(HangLimit.Time, Ct);
        Service service = await world.ReachAsync(id, ServiceState.Running);
        Assert.Equal(3, service.Roles.Sum(r => r.Nodes.Length));
        Assert.All(await world.MachinesAsync(), vm => Assert.Equal(LcmState.Running, vm.LcmState));
        Assert.Equal(id, held.Id);
    }

    [Fact]
    public async Task Service_that_waits_for_its_machines_to_say_that_they_are_ready_hears_it()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.InstantiateAsync(Template(""","ready_status_gate":true""", Role("web", 2)));
        await world.ReachAsync(id, s => s.Roles[0].Nodes.Length == 2 && s.Roles[0].Nodes.All(n => n.Condition == VmCondition.Running));
        Assert.Equal(ServiceState.Deploying, (await world.Engine.GetAsync(id)).State);
        foreach (VirtualMachine vm in await world.MachinesAsync()) await world.Alice.VirtualMachines.UpdateAsync(vm.Id, "READY = YES", cancellationToken: Ct);
        await world.ReachAsync(id, ServiceState.Running);
    }

    [Fact]
    public async Task Role_is_scaled_up_and_down()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1, ""","min_vms":1,"max_vms":4""", []));
        await world.ScaleAsync(id, "web", 4);
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 4);
        await world.ScaleAsync(id, "web", 2);
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 2);
        Assert.Equal([2, 3], (await world.MachinesAsync()).Select(vm => vm.Id));
        ServiceRefusedException refused = await Assert.ThrowsAsync<ServiceRefusedException>(() => world.Engine.ScaleAsync(id, "web", 9, cancellationToken: Ct));
        Assert.Equal($"Can't scale service {id}: Maximum cardinality is 4", refused.Message);
        Assert.Equal((FlowErrorCodes.RequestInvalid, RefusalReason.Invalid), (refused.Code, refused.Reason));
    }

    [Fact]
    public async Task Cooldown_ends_with_its_time()
    {
        await using EngineWorld world = await CreateAsync();
        string role = Role("web", 1).Replace("\"cooldown\":0", "\"cooldown\":60", StringComparison.Ordinal);
        int id = await world.RunAsync(role);
        await world.ScaleAsync(id, "web", 2);
        await world.ReachAsync(id, ServiceState.Cooldown);
        world.Time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(ServiceState.Cooldown, (await world.Engine.GetAsync(id)).State);
        world.Time.Advance(TimeSpan.FromSeconds(2));
        await world.ReachAsync(id, ServiceState.Running);
    }

    [Fact]
    public async Task Role_is_added_and_removed()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        await world.Engine.AddRoleAsync(id, RoleTemplate.Parse(Role("more", 2)), Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles.Length == 2 && s.Roles[1].Nodes.Length == 2);
        await world.Engine.RemoveRoleAsync(id, "web", Ct).WaitAsync(HangLimit.Time, Ct);
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles.Length == 1);
        Assert.Equal(["more", "more"], (await world.MachinesAsync()).Select(vm => vm.UserTemplate.Get("ROLE_NAME")));
    }

    [Fact]
    public async Task Service_that_is_not_there_is_said_not_to_be()
    {
        await using EngineWorld world = await CreateAsync();
        await Assert.ThrowsAsync<ServiceNotFoundException>(() => world.Engine.UndeployAsync(77, Ct));
        await Assert.ThrowsAsync<ServiceNotFoundException>(() => world.Engine.GetAsync(77));
        await Assert.ThrowsAsync<ServiceNotFoundException>(() => world.Engine.WaitForAsync(77, ServiceState.Running, Ct));
    }

    private static async IAsyncEnumerable<ServiceNotification> Until(EngineWorld world, int id)
    {
        await using IAsyncEnumerator<ServiceNotification> watch = world.Engine.WatchAsync(id).GetAsyncEnumerator();
        while (await world.ElapseAsync(watch.MoveNextAsync().AsTask())) yield return watch.Current;
    }
}
