using System.Collections.Concurrent;
using System.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>The server before an OpenNebula that is reached over the network: a few answers of one.</summary>
public sealed class RealConnectionTests
{
    private const string User = "<USER><ID>5</ID><GID>1</GID><GROUPS><ID>1</ID></GROUPS><GNAME>users</GNAME><NAME>carol</NAME><PASSWORD>x</PASSWORD>"
        + "<AUTH_DRIVER>core</AUTH_DRIVER><ENABLED>1</ENABLED><TEMPLATE/></USER>";

    [Fact]
    public async Task Caller_connects_with_the_settings_of_the_application_and_credentials_of_its_own()
    {
        var sessions = new ConcurrentQueue<string>();
        await using WebApplication cloud = Serve(app => app.MapPost("/RPC2", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            string call = await reader.ReadToEndAsync(FlowServerWorld.Ct);
            sessions.Enqueue(call);
            await context.Response.WriteAsync(AnswerTo(call), FlowServerWorld.Ct);
        }));
        await cloud.StartAsync(FlowServerWorld.Ct);
        await using WebApplication server = Serve(app => app.MapOneFlow(), services => services
            .AddOneEdgeOpenNebula(o =>
            {
                o.Credentials = OpenNebulaCredentials.ForUser("oneadmin", "engine-secret");
                o.Connection.Endpoint = OpenNebulaEndpoint.Parse($"{cloud.Urls.Single()}/RPC2");
            })
            .AddOneEdgeFlow()
            .AddOneFlowServer());
        await server.StartAsync(FlowServerWorld.Ct);
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()) };
        using HttpResponseMessage good = await http.SendAsync(FlowServerWorld.Message("GET", "/service_template", "carol:her-token"), FlowServerWorld.Ct);
        using HttpResponseMessage wrong = await http.SendAsync(FlowServerWorld.Message("GET", "/service_template", "carol:a-guess"), FlowServerWorld.Ct);
        Assert.Equal((200, 401), ((int)good.StatusCode, (int)wrong.StatusCode));
        Assert.Contains(sessions, s => s.Contains("carol:her-token", StringComparison.Ordinal)
            && s.Contains("one.documentpool.info", StringComparison.Ordinal));
        Assert.DoesNotContain(sessions, s => s.Contains("engine-secret", StringComparison.Ordinal));
    }

    private static WebApplication Serve(Action<WebApplication> map, Action<IServiceCollection>? configure = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IEventSource>(_ => throw new InvalidOperationException("No engine is started here."));
        configure?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        map(app);
        return app;
    }

    private static string AnswerTo(string call)
    {
        if (!call.Contains("carol:her-token", StringComparison.Ordinal)) return Answer(false,
            "[one.user.info] User couldn't be authenticated, aborting call.", 256);
        return Answer(true, call.Contains("one.user.info", StringComparison.Ordinal) ? User : "<DOCUMENT_POOL></DOCUMENT_POOL>", 0);
    }

    private static string Answer(bool isDone, string text, int error) => FormattableString.Invariant(
        $"""
        <?xml version="1.0"?>
        <methodResponse><params><param><value><array><data>
          <value><boolean>{(isDone ? 1 : 0)}</boolean></value>
          <value><string>{SecurityElement.Escape(text)}</string></value>
          <value><i4>{error}</i4></value>
        </data></array></value></param></params></methodResponse>
        """);
}
