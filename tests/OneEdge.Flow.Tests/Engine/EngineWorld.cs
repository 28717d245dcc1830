using System.Globalization;
using System.Text.Json;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>A cloud in this process with a user, templates, and engines that work on it.</summary>
internal sealed partial class EngineWorld : IAsyncDisposable
{
    private readonly List<FlowEngine> _engines = [];
    private int _writers;

    private EngineWorld(EmbeddedCloudDelays? delays, int hosts)
    {
        Cloud = new EmbeddedCloud(new EmbeddedCloudOptions
        {
            Hosts = hosts,
            HostCpus = 100_000,
            HostMemory = 1_000_000_000,
            TimeProvider = Time,
            Delays = delays ?? new EmbeddedCloudDelays(),
        });
        Client = new OpenNebulaClient(Cloud.Rpc, time: Time);
        Alice = new OpenNebulaClient(Cloud.Connect("alice", "secret"), time: Time);
    }

    /// <summary>Ends when the test is cancelled.</summary>
    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public CountedTime Time { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public EmbeddedCloud Cloud { get; }

    public OpenNebulaClient Client { get; }

    public OpenNebulaClient Alice { get; }

    public ServiceOwner Owner { get; private set; } = null!;

    public int VmTemplate { get; private set; }

    public int NetworkTemplate { get; private set; }

    public FlowEngine Engine => _engines[^1];

    /// <summary>What engines get to hear; set to lose things.</summary>
    public IEventSource? Events { get; set; }

    /// <summary>The cloud as engines see it; set to let it answer otherwise.</summary>
    public IOpenNebulaClient? EngineClient { get; set; }

    public static async Task<EngineWorld> CreateAsync(
        EmbeddedCloudDelays? delays = null, Action<FlowEngineOptions>? configure = null, bool starts = true, int hosts = 2)
    {
        var world = new EngineWorld(delays, hosts);
        int user = await world.Client.Users.CreateAsync("alice", "secret");
        world.Owner = new ServiceOwner(user, 1, "alice", "users");
        world.VmTemplate = await world.Alice.Templates.CreateAsync("NAME = vm\nCPU = 0.01\nMEMORY = 1");
        world.NetworkTemplate = await world.Client.VirtualNetworkTemplates.CreateAsync(
            "NAME = vn\nVN_MAD = dummy\nBRIDGE = b\nAR = [ TYPE = IP4, IP = 10.0.0.1, SIZE = 100 ]");
        await world.Client.VirtualNetworkTemplates.ChangePermissionsAsync(world.NetworkTemplate, PermissionChange.ToOctal("604"));
        if (starts) await world.StartAsync(configure);
        return world;
    }

    public FlowEngine NewEngine(Action<FlowEngineOptions>? configure = null)
    {
        var options = new FlowEngineOptions
        {
            ActAs = owner => owner.UserId == Owner.UserId ? Alice : Client,
            ReadingDelay = TimeSpan.Zero,
            WriteInterval = TimeSpan.Zero,
            Name = $"engine-{++_writers}",
        };
        configure?.Invoke(options);
        var store = new OpenNebulaDocumentStore(Cloud.Rpc, options.Name, new OpenNebulaDocumentStoreOptions { TimeProvider = Time });
        var engine = new FlowEngine(EngineClient ?? Client, Events ?? Cloud.Events, store, options, Time);
        _engines.Add(engine);
        return engine;
    }

    public async Task<FlowEngine> StartAsync(Action<FlowEngineOptions>? configure = null)
    {
        FlowEngine engine = NewEngine(configure);
        await engine.StartAsync().WaitAsync(HangLimit.Time);
        return engine;
    }

    /// <summary>The engine dies, and another one starts once its lease is over.</summary>
    public async Task RestartAsync()
    {
        await Engine.AbandonAsync();
        FlowEngine next = NewEngine();
        await ElapseAsync(next.StartAsync());
    }

    public static string Role(string name, int cardinality, params string[] parents) => Role(name, cardinality, "", parents);

    public static string Role(string name, int cardinality, string more, string[] parents) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"name":"{{name}}","cardinality":{{cardinality}},"vm_template":0,"cooldown":0,"parents":{{JsonSerializer.Serialize(parents)}}{{more}}}""");

    public static ServiceTemplate Template(string more, params string[] roles) => ServiceTemplate.Parse(
        $$"""{"name":"svc","deployment":"straight","roles":[{{string.Join(",", roles)}}]{{more}}}""");

    public Task<int> InstantiateAsync(params string[] roles) => InstantiateAsync(Template("", roles));

    public Task<int> InstantiateAsync(ServiceTemplate template) => Engine.InstantiateAsync(template, owner: Owner).WaitAsync(HangLimit.Time);

    public async Task<Service> ReachAsync(int id, params ServiceState[] states)
    {
        try
        {
            return await Engine.WaitForAsync(id, states).WaitAsync(HangLimit.Time);
        }
        catch (TimeoutException)
        {
            Service service = await Engine.GetAsync(id);
            Assert.Fail($"Service {id} is {service.State}: {string.Join("; ", service.Roles.SelectMany(r => r.Nodes))} {string.Join("; ", service.Log)}");
            throw;
        }
    }

    /// <summary>Waits until a service is gone; it may be gone already.</summary>
    public async Task GoneAsync(int id)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while ((await Engine.ListAsync()).Any(s => s.Id == id))
        {
            HangLimit.AssertNotReached(clock);
            await Task.Delay(2);
        }
    }

    /// <summary>Waits until a service is as it should be, of which not everything is told.</summary>
    public async Task<Service> ReachAsync(int id, Func<Service, bool> isReached)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Service service;
        while (!isReached(service = await Engine.GetAsync(id)))
        {
            if (clock.Elapsed > HangLimit.Time) Assert.Fail($"Service {id} is {service.State}: {string.Join("; ", service.Roles.Select(r => r.ToString()))}");
            await Task.Delay(2);
        }

        return service;
    }

    /// <summary>Waits until the document of a service has a state too.</summary>
    public async Task<Document> WrittenAsync(int id, ServiceState state)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            Document document = await Client.Documents.GetAsync(id);
            using var body = JsonDocument.Parse(document.Template.Get("BODY")!);
            if (body.RootElement.GetProperty("state").GetInt32() == (int)state) return document;
            HangLimit.AssertNotReached(clock);
            await Task.Delay(2);
        }
    }

    /// <summary>Lets time go by until something is done.</summary>
    public async Task<T> ElapseAsync<T>(Task<T> task)
    {
        await ElapseAsync((Task)task);
        return await task;
    }

    /// <inheritdoc cref="ElapseAsync{T}"/>
    public async Task ElapseAsync(Task task)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (!task.IsCompleted)
        {
            HangLimit.AssertNotReached(clock);
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, Task.Delay(1));
        }

        await task;
    }

    public Task<Service> ReachInTimeAsync(int id, params ServiceState[] states) => ElapseAsync(Engine.WaitForAsync(id, states));

    public async Task<List<VirtualMachine>> MachinesAsync()
    {
        List<VirtualMachine> all = [];
        await foreach (VirtualMachine vm in Client.VirtualMachines.ListAsync(new VmQuery { IsExtended = true })) all.Add(vm);
        return [.. all.OrderBy(vm => vm.Id)];
    }

    public async Task<int> NetworksAsync()
    {
        int count = 0;
        await foreach (VirtualNetwork _ in Client.VirtualNetworks.ListAsync()) count++;
        return count;
    }

    public async Task<int> ServicesAsync()
    {
        int count = 0;
        await foreach (Document _ in Client.Documents.ListAsync(DocumentType.Service)) count++;
        return count;
    }

    public async Task AssertNothingLeftAsync()
    {
        Assert.Empty(await MachinesAsync());
        Assert.Equal(0, await NetworksAsync());
        Assert.Equal(0, await ServicesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FlowEngine engine in _engines) await engine.DisposeAsync();
        Cloud.Dispose();
    }
}
