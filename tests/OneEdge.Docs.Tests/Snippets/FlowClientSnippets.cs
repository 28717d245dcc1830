using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow;
using OneEdge.Flow.Client;
using OneEdge.OpenNebula;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of the documents about the client of OneFlow servers.</summary>
public sealed class FlowClientSnippets
{
    [Fact]
    public async Task Client_makes_a_service_scales_it_and_watches_it()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var cloud = new EmbeddedCloud();
        await new OpenNebulaClient(cloud.Rpc).Templates.CreateAsync("NAME = small\nCPU = 0.1\nMEMORY = 64", ct);
        await using WebApplication app = await ServeAsync(cloud, ct);
        var endpoint = OneFlowEndpoint.Parse(app.Urls.Single());
        var credentials = OneFlowCredentials.ForUser("oneadmin", "opennebula");
        const string json = """{"name": "web", "roles": [{"name": "web", "cardinality": 1, "vm_template": 0, "cooldown": 0}]}""";

        // <snippet flow-client>
        using var flow = new OneFlowClient(credentials, new OneFlowClientOptions { Endpoint = endpoint });  // or OneFlowClient.FromVariablesAsync
        OneFlowTemplate template = await flow.Templates.CreateAsync(ServiceTemplate.Parse(json), ct);
        OneFlowService service = await flow.Templates.InstantiateAsync(template.Id, cancellationToken: ct);
        await flow.Services.WaitForAsync(service.Id, [ServiceState.Running, ServiceState.FailedDeploying], ct);
        await flow.Services.ScaleAsync(service.Id, "web", 3, cancellationToken: ct);
        await foreach (ServiceNotification happened in flow.Services.WatchAsync(service.Id, ct))
        {
            Console.WriteLine(happened);
            if (happened is ServiceStateNotification { State: ServiceState.Running }) break;
        }
        // </snippet>

        Assert.Equal(3, (await flow.Services.GetAsync(service.Id, ct)).Service!.Roles[0].Cardinality);
    }

    private static async Task<WebApplication> ServeAsync(EmbeddedCloud cloud, CancellationToken ct)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(cloud).AddSingleton<IOpenNebulaClient>(new OpenNebulaClient(cloud.Rpc)).AddSingleton(cloud.Events)
            .AddOneEdgeFlow().AddOneFlowServer();
        WebApplication app = builder.Build();
        app.MapOneFlow();
        await app.StartAsync(ct);
        await app.Services.GetRequiredService<FlowEngine>().StartAsync(ct);
        return app;
    }
}
