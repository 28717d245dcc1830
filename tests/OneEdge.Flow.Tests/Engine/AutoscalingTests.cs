using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class AutoscalingTests
{
    private const string Policy = """
        ,"min_vms":1,"max_vms":5,"elasticity_policies":[{"type":"CHANGE","adjust":1,"expression":"LOAD > 5","cooldown":0}]
        """;

    [Fact]
    public async Task Policy_scales_a_role_when_its_expression_is_true()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1, Policy, []));
        await world.Alice.VirtualMachines.UpdateAsync(0, "LOAD = 9", cancellationToken: Ct);
        world.Time.Advance(TimeSpan.FromSeconds(90));
        Service service = await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 2);
        Assert.Equal("LOAD[9.0] > 5", service.Roles[0].ElasticityPolicies[0].ExpressionEvaluated);
    }

    [Fact]
    public async Task Policy_is_fed_by_what_was_measured()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1, Policy, []));
        world.Cloud.Script.SetMonitoring(0, ("LOAD", "8"));
        world.Time.Advance(TimeSpan.FromSeconds(90));
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 2);
    }

    [Fact]
    public async Task Service_with_a_broken_policy_hurts_no_other()
    {
        await using EngineWorld world = await CreateAsync(starts: false);
        var store = new OpenNebulaDocumentStore(world.Cloud.Connect("alice", "secret"), "test");
        string broken = $$"""{"name":"broken","roles":[{{Role("web", 0, Policy.Replace("LOAD > 5", "LOAD >>> what", StringComparison.Ordinal), [])}}]}""";
        DocumentRevision made = await store.CreateAsync(DocumentType.Service, "broken", System.Text.Encoding.UTF8.GetBytes(broken), Ct);
        await world.StartAsync();
        await world.ReachAsync(made.Id, ServiceState.Running);
        int id = await world.RunAsync(Role("web", 1, Policy, []));
        await world.Alice.VirtualMachines.UpdateAsync(0, "LOAD = 9", cancellationToken: Ct);
        world.Time.Advance(TimeSpan.FromSeconds(90));
        await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Cardinality > 1);
        Assert.Equal(ServiceState.Running, (await world.Engine.GetAsync(made.Id)).State);
    }
}
