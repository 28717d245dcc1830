using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow;
using OneEdge.Flow.Elasticity;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;
using OneEdge.Testing;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code about services of several virtual machines.</summary>
public sealed class FlowSnippets
{
    [Fact]
    public async Task Service_is_deployed_watched_and_scaled()
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(HangLimit.Time);
        CancellationToken ct = enough.Token;

        // <snippet flow-start>
        using var cloud = new EmbeddedCloud(new() { Hosts = 3 });                   // or a server: its connection and its events
        var one = new OpenNebulaClient(cloud.Rpc);
        int small = await one.Templates.CreateAsync("NAME = small\nCPU = 0.5\nMEMORY = 512", ct);
        var template = ServiceTemplate.Parse($$"""
            { "name": "shop", "deployment": "straight", "roles": [
              { "name": "db",  "vm_template": {{small}}, "cardinality": 1 },
              { "name": "web", "vm_template": {{small}}, "cardinality": 2, "parents": [ "db" ], "min_vms": 1, "max_vms": 5, "cooldown": 0 } ] }
            """);

        await using var engine = new FlowEngine(one, cloud.Events, new OpenNebulaDocumentStore(cloud.Rpc, writer: "shop"));
        await engine.StartAsync(ct);
        int id = await engine.InstantiateAsync(template, cancellationToken: ct);
        await foreach (ServiceNotification happened in engine.WatchAsync(id, ct))
        {
            Console.WriteLine(happened);                                            // db runs, web gets its machines, the service is Running
            if (happened is ServiceStateNotification { State: ServiceState.Running }) break;
        }

        await engine.ScaleAsync(id, "web", 3, cancellationToken: ct);
        Service service = await engine.WaitForAsync(id, ServiceState.Running, ct);
        // </snippet>
        Assert.Equal([1, 3], service.Roles.Select(role => role.Cardinality));

        // <snippet flow-end>
        await engine.RecoverAsync(id, RecoveryMode.Delete, ct);                     // UndeployAsync does the same; granted in every state
        await engine.WaitForAsync(id, ServiceState.Done, ct);                       // nothing of it is left in the cloud
        // </snippet>
        Assert.Equal(0, await CountAsync(one.VirtualMachines.ListAsync(cancellationToken: ct)));
    }

    [Fact]
    public void Template_is_checked_and_a_life_is_a_function()
    {
        string json = """{ "name": "shop", "roles": [ { "name": "db", "vm_template": 0, "cardinality": 1, "max_vms": "many" } ] }""";

        // <snippet flow-check>
        foreach (ServiceTemplateError error in ServiceTemplate.Validate(json))      // all of them, not the first one only
            Console.WriteLine($"{error.Path} {error.Code} {error.Message} ({error.OriginalMessage})");
        // </snippet>
        Assert.Equal("$.roles[0].max_vms", Assert.Single(ServiceTemplate.Validate(json)).Path);

        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var role = new Role { Definition = new RoleDefinition { Name = "db", VmTemplate = 0 }, Cardinality = 1 };
        var service = new Service
        {
            Id = 7,
            Name = "shop",
            Owner = new ServiceOwner(0, 0, "oneadmin", "oneadmin"),
            Definition = new ServiceDefinition { Name = "shop" },
            Roles = [role],
        };

        // <snippet flow-machine>
        Transition next = ServiceMachine.Step(service, new ServiceStarted(), now);  // pure: the same service, event and time give the same answer
        foreach (ServiceCommand command in next.Commands) Console.WriteLine(command);
        Console.WriteLine(next.Service.State);                                      // Deploying
        // </snippet>
        Assert.Equal(new CreateVm("db", 0, false), Assert.Single(next.Commands));
        Assert.Equal(ServiceState.Deploying, next.Service.State);
    }

    [Fact]
    public void Expression_tells_what_may_surprise()
    {
        // <snippet flow-expression>
        var expression = ElasticityExpression.Parse("CPU > 80 & QUEUE > 100 | LOAD >= 2.5");
        foreach (ExpressionWarning warning in expression.Warnings) Console.WriteLine($"{warning.Column}: {warning.Message}");
        Console.WriteLine(string.Join(' ', expression.Variables));                  // CPU QUEUE LOAD
        // </snippet>
        Assert.Equal(ExpressionWarningKind.MixedOperators, Assert.Single(expression.Warnings).Kind);
    }

    [Fact]
    public async Task Engine_comes_out_of_the_services()
    {
        using var cloud = new EmbeddedCloud();
        var one = new OpenNebulaClient(cloud.Rpc);
        var server = new OpenNebulaServerCredentials("serveradmin", "secret");
        var services = new ServiceCollection();

        // <snippet flow-services>
        var owners = new OwnerClients(server, credentials => new OpenNebulaClient(cloud.Connect(credentials)));
        services.AddSingleton<IOpenNebulaClient>(one).AddSingleton(cloud.Events);
        services.AddOneEdgeFlow(options =>
        {
            options.ActAs = owners.For;                                             // virtual machines belong to the owner of their service
            options.AutoscalerInterval = TimeSpan.FromSeconds(30);
        });
        // </snippet>
        await using ServiceProvider provider = services.BuildServiceProvider();
        Assert.False(provider.GetRequiredService<FlowEngine>().IsActive);
    }

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        int count = 0;
        await foreach (T _ in items) count++;
        return count;
    }
}
