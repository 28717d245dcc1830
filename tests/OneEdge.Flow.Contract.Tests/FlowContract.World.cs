using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Contract.Tests;

namespace OneEdge.Flow.Contract.Tests;

// The user, his template and his engines; at the end all that is his is taken away.
public abstract partial class FlowContract
{
    private readonly DocumentType _leaseType = (DocumentType)Random.Shared.Next(100_000, int.MaxValue);
    private readonly List<FlowEngine> _engines = [];
    private IOpenNebulaRpc? _rpc;
    private OpenNebulaClient? _own;

    private int User { get; set; }

    private int VmTemplate { get; set; }

    private OpenNebulaClient Own => _own!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();

        // An administrator, who may recover machines, and whose documents are his alone.
        (string name, string secret) = (Names.New("user"), Names.New("secret"));
        User = Later("user", await One.Users.CreateAsync(name, secret, groupIds: [0], cancellationToken: Token), (id, ct) => One.Users.DeleteAsync(id, ct));
        _rpc = Cloud.Connect(name, secret);
        _own = new OpenNebulaClient(_rpc);
        Later("things of user", User, CleanAsync);
        VmTemplate = await NewTemplateAsync(Stage.Requirements, Own);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (FlowEngine engine in _engines) await engine.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<FlowEngine> StartAsync()
    {
        var documents = new OpenNebulaDocumentStore(_rpc!, Names.New("engine"), new OpenNebulaDocumentStoreOptions { ListFilter = PoolFilter.Mine });
        var engine = new FlowEngine(Own, Cloud.Events, documents, new FlowEngineOptions
        {
            LeaseDocumentType = _leaseType,
            ResyncInterval = TimeSpan.FromSeconds(5),
        });
        _engines.Add(engine);
        await engine.StartAsync(Token).WaitAsync(Poll.Patience, Token);
        return engine;
    }

    private static Task<int> InstantiateAsync(FlowEngine engine, string more, params string[] roles) => engine.InstantiateAsync(
        ServiceTemplate.Parse($$"""{"name":"{{Names.New("service")}}","deployment":"straight","roles":[{{string.Join(',', roles)}}]{{more}}}"""),
        cancellationToken: Token);

    private static Task<Service> ReachAsync(FlowEngine engine, int id, ServiceState state) => ReachAsync(engine, id, s => s.State == state);

    private static Task<Service> ReachAsync(FlowEngine engine, int id, Func<Service, bool> isReached) => Poll.UntilAsync(
        _ => engine.GetAsync(id), s => s.IsSynchronized && isReached(s), "such state of the service");

    private async Task RemoveAsync(FlowEngine engine, int id)
    {
        await engine.UndeployAsync(id, Token);
        await GoneAsync(engine, id);
    }

    private async Task GoneAsync(FlowEngine engine, int id)
    {
        await Poll.UntilAsync(async _ => (await engine.ListAsync()).Count, count => count == 0, $"end of service {id}");
        Assert.Empty(await MachinesAsync());
        Assert.False(await ExistsAsync(() => One.Documents.GetAsync(id, cancellationToken: Token)));
    }

    private Task<List<VirtualMachine>> MachinesAsync() =>
        AllAsync(One.VirtualMachines.ListAsync(new VmQuery { Filter = PoolFilter.User(User), IsExtended = true }, Token));

    private async Task CleanAsync(int user, CancellationToken cancellationToken)
    {
        var mine = new VmQuery { Filter = PoolFilter.User(user) };
        await foreach (VirtualMachine vm in One.VirtualMachines.ListAsync(mine, cancellationToken))
            await One.VirtualMachines.RecoverAsync(vm.Id, VmRecovery.Delete, cancellationToken);
        foreach (DocumentType type in new[] { DocumentType.Service, _leaseType })
        {
            await foreach (Document document in One.Documents.ListAsync(type, PoolFilter.User(user), cancellationToken))
            {
                await One.Documents.UnlockAsync(document.Id, cancellationToken);
                await One.Documents.DeleteAsync(document.Id, cancellationToken);
            }
        }

        await foreach (VirtualNetwork network in One.VirtualNetworks.ListAsync(PoolFilter.User(user), cancellationToken))
            await One.VirtualNetworks.DeleteAsync(network.Id, cancellationToken);
    }
}
