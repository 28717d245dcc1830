using OneEdge.Flow;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Sqlite;

namespace OneEdge.Comparison.Flow;

/// <summary>The engine on a cloud in this process, with its documents in that cloud or in a SQLite file.</summary>
internal sealed class EmbeddedFlow : IAsyncDisposable
{
    private readonly EmbeddedCloud _cloud;
    private readonly string? _folder;
    private readonly SqliteDocumentStore? _sqlite;

    private EmbeddedFlow(EmbeddedCloud cloud, string? folder, SqliteDocumentStore? sqlite)
    {
        (_cloud, _folder, _sqlite) = (cloud, folder, sqlite);
        Rpc = new CountingRpc(cloud.Rpc);
        Client = new OpenNebulaClient(Rpc);
        IDocumentStore documents = (IDocumentStore?)sqlite ?? new OpenNebulaDocumentStore(Rpc, "flow-figures");
        Engine = new FlowEngine(Client, cloud.Events, documents, Options());
    }

    public CountingRpc Rpc { get; }

    public OpenNebulaClient Client { get; }

    public FlowEngine Engine { get; }

    /// <summary>A cloud with room for everything, and an engine that works.</summary>
    /// <param name="isSqlite">Whether documents are in a file.</param>
    public static async Task<EmbeddedFlow> StartAsync(bool isSqlite)
    {
        var cloud = new EmbeddedCloud(new EmbeddedCloudOptions { Hosts = 2, HostCpus = 1_000_000, HostMemory = 1_000_000_000 });
        string? folder = isSqlite ? Directory.CreateTempSubdirectory("oneedge-flow-").FullName : null;
        SqliteDocumentStore? sqlite = folder is null ? null : await SqliteDocumentStore.OpenAsync(Path.Combine(folder, "flow.db"));
        var flow = new EmbeddedFlow(cloud, folder, sqlite);
        await flow.Client.Templates.CreateAsync("NAME = vm\nCPU = 0.01\nMEMORY = 1");
        await flow.Engine.StartAsync();
        return flow;
    }

    public static ServiceTemplate Template(int machines) => Template($$"""{"name":"role","cardinality":{{machines}},"vm_template":0}""");

    public static ServiceTemplate Template(params string[] roles) =>
        ServiceTemplate.Parse($$"""{"name":"svc","deployment":"straight","roles":[{{string.Join(',', roles)}}]}""");

    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        _sqlite?.Dispose();
        _cloud.Dispose();
        if (_folder is not null) Directory.Delete(_folder, recursive: true);
    }

    private static FlowEngineOptions Options() => new() { Machine = new MachineSettings { DefaultCooldown = TimeSpan.Zero } };
}
