using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow;
using OneEdge.OpenNebula;

namespace OneEdge.Docs.Tests.Snippets;

/// <summary>The code of the documents about the server of OneEdge.Flow.</summary>
public sealed class FlowServerSnippets
{
    [Fact]
    public async Task Server_answers_as_oneflow_does()
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using var cloud = new EmbeddedCloud();
        string kept = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("secret")));
        await new OpenNebulaClient(cloud.Rpc).Users.ChangePasswordAsync(1, kept, ct);
        var owners = new OwnerClients(new OpenNebulaServerCredentials("serveradmin", "secret"), c => new OpenNebulaClient(cloud.Connect(c)));

        // <snippet flow-server>
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");                              // OneFlow's port is 2474
        builder.Services
            .AddSingleton(cloud)                                                    // callers come to it with their own credentials
            .AddSingleton<IOpenNebulaClient>(new OpenNebulaClient(cloud.Rpc))       // the engine comes as one who sees everything
            .AddSingleton(cloud.Events)
            .AddOneEdgeFlow(o => o.ActAs = owners.For)                              // owners: OwnerClients, of a server that acts for users
            .AddOneFlowServer(o => o.MaxRequestBodyBytes = 1 << 20);
        await using WebApplication app = builder.Build();
        app.MapOneFlow();                                                           // or below a prefix: app.MapOneFlow("/oneflow")
        await app.StartAsync(ct);
        await app.Services.GetRequiredService<FlowEngine>().StartAsync(ct);
        // </snippet>

        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("oneadmin:opennebula"u8));
        Assert.Contains("DOCUMENT_POOL", await http.GetStringAsync(new Uri("/service", UriKind.Relative), ct), StringComparison.Ordinal);
        Assert.Contains("\"healthy\"", await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative), ct), StringComparison.Ordinal);
    }
}
