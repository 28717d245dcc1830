using System.Globalization;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Contract.Tests;

namespace OneEdge.Flow.Contract.Tests;

/// <summary>
/// What services do on every cloud, embedded or real, the hypervisor being the dummy one. The tests have a user of their own and touch nothing else.
/// </summary>
public abstract partial class FlowContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    [Fact]
    public async Task Service_comes_in_the_order_of_its_roles_and_goes_without_a_trace()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, "", Role("db", 2), Role("web", 2, "db"));
        Service service = await ReachAsync(engine, id, ServiceState.Running);
        Assert.Equal([2, 2], service.Roles.Select(r => r.Nodes.Length));
        Assert.True(service.Roles[0].Nodes.Max(n => n.VmId) < service.Roles[1].Nodes.Min(n => n.VmId));
        Assert.All(await MachinesAsync(), vm => Assert.Equal((LcmState.Running, User), (vm.LcmState, vm.OwnerId)));
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Role_waits_for_its_parent_to_run()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, "", Role("db", 1), Role("web", 1, "db"));
        List<ServiceNotification> seen = [];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(Poll.Patience);
        await foreach (ServiceNotification happened in engine.WatchAsync(id, limit.Token))
        {
            seen.Add(happened);
            if (happened is ServiceStateNotification { State: ServiceState.Running }) break;
        }

        int parent = seen.IndexOf(new RoleStateNotification(id, "db", RoleState.Running));
        int child = seen.FindIndex(n => n is VmAddedNotification { RoleName: "web" });
        Assert.InRange(parent, 0, child);
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Role_is_scaled_up_and_down()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, "", Role("web", 1));
        await ReachAsync(engine, id, ServiceState.Running);
        await engine.ScaleAsync(id, "web", 3, cancellationToken: Token);
        Service service = await ReachAsync(engine, id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 3);
        int oldest = service.Roles[0].Nodes[0].VmId;
        await engine.ScaleAsync(id, "web", 2, cancellationToken: Token);
        await ReachAsync(engine, id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 2);
        Assert.DoesNotContain(oldest, (await MachinesAsync()).Select(vm => vm.Id));
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Failed_deployment_is_shown_and_recovered()
    {
        Assert.SkipWhen(Cloud.CannotFailReason is not null, Cloud.CannotFailReason ?? "");
        FlowEngine engine = await StartAsync();
        int id;
        using (Cloud.FailBoots())
        {
            id = await InstantiateAsync(engine, "", Role("web", 2));
            await ReachAsync(engine, id, s => s.State == ServiceState.FailedDeploying && s.Roles[0].Nodes.All(n => n.Condition == VmCondition.Failed));
        }

        await engine.RecoverAsync(id, cancellationToken: Token);
        await ReachAsync(engine, id, ServiceState.Running);
        Assert.Equal(2, (await MachinesAsync()).Count);
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Refused_creation_fails_the_service_which_goes_all_the_same()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, "", Role("good", 1), Role("bad", 1).Replace(Number(VmTemplate), "2147483000", StringComparison.Ordinal));
        Service failed = await ReachAsync(engine, id, ServiceState.FailedDeploying);
        Assert.Contains(failed.Log, e => e.Severity == "E" && e.Message.Contains("2147483000", StringComparison.Ordinal));
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Halted_machine_warns_and_one_that_is_deleted_by_hand_is_given_up()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, "", Role("web", 2));
        Service service = await ReachAsync(engine, id, ServiceState.Running);
        int vm = service.Roles[0].Nodes[0].VmId;
        await One.VirtualMachines.PowerOffAsync(vm, hard: true, Token);
        await ReachAsync(engine, id, ServiceState.Warning);
        await One.VirtualMachines.ResumeAsync(vm, Token);
        await ReachAsync(engine, id, ServiceState.Running);
        await One.VirtualMachines.TerminateAsync(vm, hard: true, Token);
        await ReachAsync(engine, id, s => s.State == ServiceState.Running && s.Roles[0] is { Cardinality: 1, Nodes.Length: 1 });
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task What_one_engine_began_the_next_one_finishes()
    {
        FlowEngine first = await StartAsync();
        int id = await InstantiateAsync(first, "", Role("db", 1), Role("web", 2, "db"));
        await first.DisposeAsync();
        FlowEngine second = await StartAsync();
        Service service = await ReachAsync(second, id, ServiceState.Running);
        Assert.Equal([1, 2], service.Roles.Select(r => r.Nodes.Length));
        Assert.Equal(3, (await MachinesAsync()).Count);
        await second.UndeployAsync(id, Token);
        await second.DisposeAsync();
        FlowEngine third = await StartAsync();
        await GoneAsync(third, id);
    }

    [Fact]
    public async Task Service_with_a_gate_waits_for_its_machines_to_say_that_they_are_ready()
    {
        FlowEngine engine = await StartAsync();
        int id = await InstantiateAsync(engine, ",\"ready_status_gate\":true", Role("web", 2));
        Service service = await ReachAsync(
            engine, id, s => s.Roles[0].Nodes.Length == 2 && s.Roles[0].Nodes.All(n => n.Condition == VmCondition.Running));
        Assert.Equal(ServiceState.Deploying, service.State);
        foreach (RoleNode node in service.Roles[0].Nodes) await One.VirtualMachines.UpdateAsync(node.VmId, "READY = YES", cancellationToken: Token);
        await ReachAsync(engine, id, ServiceState.Running);
        await RemoveAsync(engine, id);
    }

    [Fact]
    public async Task Network_is_made_for_the_service_and_deleted_with_it()
    {
        FlowEngine engine = await StartAsync();
        int template = Later(
            "network template",
            await One.VirtualNetworkTemplates.CreateAsync(
                $"NAME = {Names.New("vnet")}\nVN_MAD = dummy\nBRIDGE = br-contract\nCLUSTER_IDS = \"{Number(Stage.ClusterId)}\"\n"
                + "AR = [ TYPE = IP4, IP = 10.77.1.10, SIZE = 8 ]",
                Token),
            (id, ct) => One.VirtualNetworkTemplates.DeleteAsync(id, cancellationToken: ct));
        string networks = $$"""
            ,"networks":{"Private":"M|network| | |template_id:{{Number(template)}}"}
            """;
        string contents = """
            ,"vm_template_contents":"NIC = [ NETWORK_ID = \"$Private\" ]"
            """;
        int id = await InstantiateAsync(engine, networks, RoleWith("web", 1, contents));
        Service service = await ReachAsync(engine, id, ServiceState.Running);
        int network = service.Networks[0].NetworkId!.Value;
        Assert.Equal(network, Assert.Single((await MachinesAsync())[0].Nics).NetworkId);
        await RemoveAsync(engine, id);
        Assert.False(await ExistsAsync(() => One.VirtualNetworks.GetAsync(network, cancellationToken: Token)));
    }

    private string Role(string name, int cardinality, params string[] parents) => RoleWith(name, cardinality, Parents(parents));

    private string RoleWith(string name, int cardinality, string more) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"name":"{{name}}","cardinality":{{cardinality}},"vm_template":{{VmTemplate}},"cooldown":0{{more}}}""");

    private static string Parents(string[] parents) => parents.Length == 0 ? "" : $",\"parents\":[\"{string.Join("\",\"", parents)}\"]";
}
