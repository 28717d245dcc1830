using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>A cloud in this process, an engine on it and a server on a port of the loopback interface; time goes by when a test lets it.</summary>
internal sealed class FlowServerWorld : IAsyncDisposable
{
    public const string Oneadmin = "oneadmin:opennebula";
    public const string Alice = "alice:alices-secret";
    public const string Bob = "bob:bobs-secret";
    public const string Mallory = "mallory:mallorys-secret";

    private const string ServerSecret = "secret of the server";

    private FlowServerWorld(EmbeddedCloudDelays delays)
    {
        Time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Cloud = new EmbeddedCloud(new EmbeddedCloudOptions { HostCpus = 10_000, HostMemory = 100_000_000, TimeProvider = Time, Delays = delays });
        Client = new OpenNebulaClient(Cloud.Rpc, time: Time);
    }

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public FakeTimeProvider Time { get; }

    public EmbeddedCloud Cloud { get; }

    public OpenNebulaClient Client { get; }

    public WebApplication App { get; private set; } = null!;

    public HttpClient Http { get; } = new() { Timeout = HangLimit.Time };

    public FlowEngine Engine => App.Services.GetRequiredService<FlowEngine>();

    public OneFlowServer Server => App.Services.GetRequiredService<OneFlowServer>();

    /// <summary>Everything that was logged, whatever its level.</summary>
    public ConcurrentQueue<string> Logged { get; } = new();

    /// <summary>The ids of users by name.</summary>
    public Dictionary<string, int> Users { get; } = new(StringComparer.Ordinal) { ["oneadmin"] = 0 };

    public int Group { get; private set; }

    public static async Task<FlowServerWorld> CreateAsync(
        Action<OneFlowServerOptions>? server = null,
        Action<FlowEngineOptions>? engine = null,
        EmbeddedCloudDelays? delays = null,
        bool starts = true,
        string prefix = "",
        int vmTemplates = 1)
    {
        var world = new FlowServerWorld(delays ?? new EmbeddedCloudDelays { Hypervisor = TimeSpan.FromSeconds(5) });
        await world.FillAsync(vmTemplates);
        await world.ServeAsync(server, engine, prefix);
        if (starts) await world.Engine.StartAsync(Ct).WaitAsync(HangLimit.Time, Ct);
        return world;
    }

    public IOpenNebulaClient ClientOf(string session) => new OpenNebulaClient(Cloud.Connect(OpenNebulaCredentials.FromSession(session)), time: Time);

    public async Task AddUserAsync(string session)
    {
        string[] parts = session.Split(':', 2);
        Users[parts[0]] = await Client.Users.CreateAsync(parts[0], parts[1], cancellationToken: Ct);
    }

    public static HttpRequestMessage Message(string verb, string path, string? session = null, string? body = null)
    {
        var message = new HttpRequestMessage(new HttpMethod(verb), path);
        if (session is not null) message.Headers.Authorization = Basic(session);
        if (body is not null) message.Content = new StringContent(body, Encoding.UTF8);
        if (message.Content is not null) message.Content.Headers.ContentType = null;
        return message;
    }

    public static AuthenticationHeaderValue Basic(string session) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(session)));

    public async Task<Reply> SendAsync(HttpRequestMessage message)
    {
        using (message)
        {
            using HttpResponseMessage response = await Http.SendAsync(message, Ct);
            return new Reply(response, await response.Content.ReadAsStringAsync(Ct));
        }
    }

    public Task<Reply> SendAsync(string verb, string path, string? session = null, string? body = null) => SendAsync(Message(verb, path, session, body));

    public Task<Reply> ActAsync(string path, string perform, string? parameters = null, string session = Alice) =>
        SendAsync("POST", path, session, $$$"""{"action":{"perform":"{{{perform}}}","params":{{{parameters ?? "{}"}}}}}""");

    /// <summary>A service template of one role, made over HTTP.</summary>
    public async Task<int> CreateTemplateAsync(string? json = null, string session = Alice)
    {
        Reply reply = await SendAsync("POST", "/service_template", session, json ?? Template());
        Assert.True(reply.Status == 201, $"{reply.Status} {reply.Text}");
        return reply.Id;
    }

    public static string Template(int cardinality = 1, string more = "", string name = "t") =>
        $$"""
        {"name":"{{name}}","deployment":"straight",
        "roles":[{"name":"web","vm_template":0,"cardinality":{{cardinality}},"min_vms":0,"max_vms":5,"cooldown":60}]{{more}}}
        """;

    /// <summary>A service, made over HTTP.</summary>
    public async Task<int> InstantiateAsync(int template, string session = Alice, string parameters = "{}")
    {
        Reply reply = await ActAsync($"/service_template/{template}/action", "instantiate", parameters, session);
        Assert.True(reply.Status == 201, $"{reply.Status} {reply.Text}");
        return reply.Id;
    }

    public async Task<int> RunAsync(string session = Alice, int cardinality = 1)
    {
        int id = await InstantiateAsync(await CreateTemplateAsync(Template(cardinality), session), session);
        await ReachAsync(id, ServiceState.Running);
        return id;
    }

    public Task<Service> ReachAsync(int id, ServiceState state) => ElapseAsync(Engine.WaitForAsync(id, state, Ct));

    public async Task<T> ElapseAsync<T>(Task<T> task)
    {
        var clock = Stopwatch.StartNew();
        while (!task.IsCompleted)
        {
            HangLimit.AssertNotReached(clock);
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(2, Ct));
        }

        return await task;
    }

    /// <summary>Waits for something that comes without time going by.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo())
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(2, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        Cloud.Dispose();
    }

    private async Task FillAsync(int vmTemplates)
    {
        string kept = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ServerSecret)));
        await Client.Users.ChangePasswordAsync(1, kept, Ct);
        foreach (string session in (string[])[Alice, Bob, Mallory]) await AddUserAsync(session);
        Group = await Client.Groups.CreateAsync("flows", Ct);
        for (int i = 0; i < vmTemplates; i++)
        {
            int id = await Client.Templates.CreateAsync(FormattableString.Invariant($"NAME = vm{i}\nCPU = 0.01\nMEMORY = 1"), Ct);
            await Client.Templates.ChangePermissionsAsync(id, PermissionChange.ToOctal("604"), cancellationToken: Ct);
        }
    }

    private async Task ServeAsync(Action<OneFlowServerOptions>? server, Action<FlowEngineOptions>? engine, string prefix)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(new QueueLoggerProvider(Logged)).SetMinimumLevel(LogLevel.Trace);
        var owners = new OwnerClients(new OpenNebulaServerCredentials("serveradmin", ServerSecret), c => new OpenNebulaClient(Cloud.Connect(c), time: Time),
            Time);
        var storeOptions = new OpenNebulaDocumentStoreOptions { TimeProvider = Time, LocksUpdates = false };
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(Cloud)
            .AddSingleton<IOpenNebulaClient>(Client)
            .AddSingleton(Cloud.Events)
            .AddSingleton<IDocumentStore>(new OpenNebulaDocumentStore(Cloud.Rpc, "engine", storeOptions))
            .AddOneEdgeFlow(options =>
            {
                options.ActAs = owners.For;
                options.DocumentsOf = owner => new OpenNebulaDocumentStore(options.ActAs(owner).Rpc, "owner", storeOptions);
                options.ReadingDelay = TimeSpan.Zero;
                options.LeaseDuration = TimeSpan.FromDays(1);
                engine?.Invoke(options);
            })
            .AddOneFlowServer(server);
        App = builder.Build();
        App.MapOneFlow(prefix);
        await App.StartAsync(Ct);
        Http.BaseAddress = new Uri(App.Urls.Single());
    }
}

/// <summary>An answer.</summary>
internal sealed record Reply(HttpResponseMessage Response, string Text)
{
    public int Status => (int)Response.StatusCode;

    public string? ContentType => Response.Content.Headers.ContentType?.ToString();

    public JsonElement Json => JsonElement.Parse(Text);

    /// <summary>The id of the document that it shows.</summary>
    public int Id => int.Parse(Json.GetProperty("DOCUMENT").GetProperty("ID").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    public JsonElement Body => Json.GetProperty("DOCUMENT").GetProperty("TEMPLATE").GetProperty("BODY");

    public string? Header(string name) => Response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values)
        : Response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public string? ErrorCode => Header("OneEdge-Error");
}
