using System.Text;
using OneEdge.Flow.Documents;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Engine.EngineWorld;

namespace OneEdge.Flow.Tests.Engine;

public sealed class RestartTests
{
    private static readonly EmbeddedCloudDelays Slow = EmbeddedCloudDelays.Each(TimeSpan.FromSeconds(7));

    private static readonly Dictionary<string, Func<Service, bool>> Moments = new(StringComparer.Ordinal)
    {
        ["at once"] = _ => true,
        ["network made"] = s => s.Networks[0].NetworkId is not null,
        ["first machine made"] = s => s.Roles[0].Nodes.Length == 1,
        ["first role runs"] = s => s.Roles[0].State == RoleState.Running,
        ["all machines made"] = s => s.Roles[1].Nodes.Length == 2,
        ["all runs"] = s => s.State == ServiceState.Running,
        ["second role goes"] = s => s.Roles[1].Nodes.Any(n => n.Condition == VmCondition.Stopping),
        ["second role gone"] = s => s.Roles[1].Nodes.IsEmpty,
        ["first role goes"] = s => s.Roles[0].State == RoleState.Undeploying,
    };

    [Theory]
    [InlineData("at once")]
    [InlineData("network made")]
    [InlineData("first machine made")]
    [InlineData("first role runs")]
    [InlineData("all machines made")]
    [InlineData("all runs")]
    public async Task Deployment_goes_on_in_the_next_engine(string moment)
    {
        await using EngineWorld world = await CreateAsync(Slow);
        string more = $$"""
            ,"networks":{"Private":"M|network| | |template_id:{{world.NetworkTemplate}}"}
            """;
        int id = await world.InstantiateAsync(Template(more, Role("db", 1), Role("web", 2, "db")));
        await world.ElapseAsync(world.ReachAsync(id, Moments[moment]));
        await world.RestartAsync();
        Service service = await world.ReachInTimeAsync(id, ServiceState.Running);
        Assert.Equal([1, 2], service.Roles.Select(r => r.Nodes.Length));
        Assert.Equal(3, (await world.MachinesAsync()).Count);
        Assert.Equal(1, await world.NetworksAsync());
        await world.UndeployAsync(id);
        await world.ElapseAsync(world.GoneAsync(id));
        await world.AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData("at once")]
    [InlineData("second role goes")]
    [InlineData("second role gone")]
    [InlineData("first role goes")]
    public async Task Removal_goes_on_in_the_next_engine(string moment)
    {
        await using EngineWorld world = await CreateAsync(Slow);
        int id = await world.RunInTimeAsync(Role("db", 1), Role("web", 2, "db"));
        await world.UndeployAsync(id);
        await world.ElapseAsync(world.ReachAsync(id, Moments[moment]));
        await world.RestartAsync();
        await world.ElapseAsync(world.GoneAsync(id));
        await world.AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Scaling_that_was_granted_is_finished_by_the_next_engine()
    {
        await using EngineWorld world = await CreateAsync(Slow);
        int id = await world.RunInTimeAsync(Role("web", 1));
        await world.ScaleAsync(id, "web", 3);
        await world.RestartAsync();
        Service service = await world.ReachInTimeAsync(id, ServiceState.Running);
        Assert.Equal((3, 3), (service.Roles[0].Cardinality, service.Roles[0].Nodes.Length));
        Assert.Equal(3, (await world.MachinesAsync()).Count);
    }

    [Fact]
    public async Task Second_engine_waits_and_takes_over_when_the_first_one_stops()
    {
        await using EngineWorld world = await CreateAsync(configure: Long);
        FlowEngine first = world.Engine;
        int id = await world.RunAsync(Role("web", 1));
        FlowEngine second = world.NewEngine(Long);
        Task started = second.StartAsync(Ct);
        await world.ElapseAsync(PassAsync(world, () => true));
        Assert.True(first.IsActive);
        Assert.False(started.IsCompleted);
        await Assert.ThrowsAsync<FlowEngineInactiveException>(() => second.GetAsync(id));
        await first.DisposeAsync();
        await world.ElapseAsync(started);
        await world.ReachAsync(id, ServiceState.Running);
        await Assert.ThrowsAsync<FlowEngineInactiveException>(() => first.GetAsync(id));
    }

    [Fact]
    public async Task Engine_whose_lease_was_taken_stops_working()
    {
        await using EngineWorld world = await CreateAsync(configure: Long);
        FlowEngine first = world.Engine;
        int id = await world.RunAsync(Role("web", 1));
        FlowEngine second = world.NewEngine(Long);
        using (world.Cloud.Script.BreakCalls(call =>
            call.Method.StartsWith("one.document", StringComparison.Ordinal) ? EmbeddedCallFault.Unreachable : EmbeddedCallFault.None))
        {
            // The first one is cut off for longer than its lease lasts.
            world.Time.Advance(TimeSpan.FromHours(1));
        }

        // Whichever is quicker gets the lease; should it be the second one, the first one hears of it when it renews.
        _ = second.StartAsync(Ct);
        await world.ElapseAsync(PassAsync(world, () => first.IsActive != second.IsActive));
        await (first.IsActive ? first : second).UndeployAsync(id, Ct).WaitAsync(HangLimit.Time, Ct);
        await Assert.ThrowsAsync<FlowEngineInactiveException>(() => (first.IsActive ? second : first).UndeployAsync(id, Ct));
    }

    [Fact]
    public async Task Document_of_the_original_is_taken_over()
    {
        await using EngineWorld world = await CreateAsync(starts: false);
        int vm = await world.Alice.Templates.InstantiateAsync(0, cancellationToken: Ct);
        string body = $$$"""
            {"name":"old","deployment":"straight","roles":[
              {"name":"db","cardinality":1,"vm_template":0,"state":2,"cooldown":300,"on_hold":false,"last_vmname":1,
               "nodes":[{"deploy_id":{{{vm}}},"vm_info":{"VM":{"ID":"{{{vm}}}"} } }]},
              {"name":"web","cardinality":2,"vm_template":0,"parents":["db"],"state":1,"cooldown":300,"on_hold":false,"last_vmname":0,"nodes":[]}],
             "state":1,"start_time":1700000000,"log":[{"timestamp":1700000000,"severity":"I","message":"New state: DEPLOYING"}]}
            """;
        var store = new OpenNebulaDocumentStore(world.Cloud.Connect("alice", "secret"), "old");
        DocumentRevision made = await store.CreateAsync(DocumentType.Service, "old", Encoding.UTF8.GetBytes(body), Ct);
        await world.StartAsync();
        Service service = await world.ReachAsync(made.Id, ServiceState.Running);
        Assert.Equal([vm], service.Roles[0].Nodes.Select(n => n.VmId));
        Assert.Equal(2, service.Roles[1].Nodes.Length);
        Assert.All(await world.MachinesAsync(), m => Assert.Equal(world.Owner.UserId, m.OwnerId));
    }

    [Fact]
    public async Task Document_that_another_program_changed_is_taken_over_again_and_what_was_asked_counts()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.InstantiateAsync(Role("web", 1), Role("db", 1));
        await world.ReachAsync(id, ServiceState.Running);
        Document document = await world.WrittenAsync(id, ServiceState.Running);
        string body = document.Template.Get("BODY")!.Replace("\"name\":\"svc\"", "\"name\":\"svc\",\"description\":\"by hand\"", StringComparison.Ordinal);
        await world.Client.Documents.UpdateAsync(id, OpenNebulaTemplateOf(body), cancellationToken: Ct);
        await world.ScaleAsync(id, "web", 3);
        Service service = await world.ReachAsync(id, s => s.State == ServiceState.Running && s.Roles[0].Nodes.Length == 3);
        Assert.True(service.Definition.Members.TryGet("description", out _));
        document = await world.Client.Documents.GetAsync(id, cancellationToken: Ct);
        Assert.Contains("by hand", document.Template.Get("BODY"), StringComparison.Ordinal);
        Assert.Equal(4, (await world.MachinesAsync()).Count);
    }

    [Fact]
    public async Task Document_that_cannot_be_read_hurts_nobody()
    {
        await using EngineWorld world = await CreateAsync(starts: false);
        int broken = await world.Client.Documents.CreateAsync("NAME = broken\nBODY = \"{no json\"", DocumentType.Service, Ct);
        var store = new OpenNebulaDocumentStore(world.Cloud.Rpc, "test");
        DocumentRevision odd = await store.CreateAsync(DocumentType.Service, "odd", """{"name":"odd","roles":3}"""u8.ToArray(), Ct);
        await world.StartAsync();
        Assert.Equal([broken, odd.Id], world.Engine.UnreadableDocuments.Keys.Order());
        int id = await world.RunAsync(Role("web", 1));
        Assert.Equal(3, await world.ServicesAsync());
    }

    [Fact]
    public async Task What_was_granted_is_written_before_it_is_answered()
    {
        await using EngineWorld world = await CreateAsync();
        int id = await world.RunAsync(Role("web", 1));
        await world.ScaleAsync(id, "web", 2);
        Document document = await world.Client.Documents.GetAsync(id, cancellationToken: Ct);
        Service stored = ServiceDocument.Read(id, "svc", world.Owner, Encoding.UTF8.GetBytes(document.Template.Get("BODY")!));
        Assert.Equal(2, stored.Roles[0].Cardinality);
    }

    private static StoredTemplate OpenNebulaTemplateOf(string body) => StoredTemplate.Create([TemplateAttribute.Create("BODY", body)]);

    // Long, so that time that goes by in leaps ends no lease by chance.
    private static void Long(FlowEngineOptions options) => options.LeaseDuration = TimeSpan.FromMinutes(30);

    // Whoever stands by has looked for the lease by then: that happens every third of its duration.
    private static async Task PassAsync(EngineWorld world, Func<bool> isReached)
    {
        DateTimeOffset enough = world.Time.GetUtcNow() + TimeSpan.FromMinutes(15);
        while (!isReached() || world.Time.GetUtcNow() < enough) await Task.Delay(1, Ct);
    }
}
