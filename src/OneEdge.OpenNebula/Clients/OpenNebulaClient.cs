namespace OneEdge.OpenNebula;

/// <summary>A client for OpenNebula. It is safe to share: use one for a whole program.</summary>
public sealed class OpenNebulaClient : IOpenNebulaClient
{
    /// <summary>Creates a client.</summary>
    /// <param name="rpc">What answers the calls: a connection, several front-ends, a cloud in this process. It is not disposed of.</param>
    /// <param name="options">How the client works; they are not looked at again later.</param>
    /// <param name="time">The clock of waits.</param>
    public OpenNebulaClient(IOpenNebulaRpc rpc, OpenNebulaClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        Rpc = rpc;
        ClientContext context = OpenNebulaClientOptions.ContextOf(options ?? new OpenNebulaClientOptions(), rpc, time);
        VirtualMachines = new VirtualMachineClient(context);
        Hosts = new HostClient(context);
        Images = new ImageClient(context);
        VirtualNetworks = new VirtualNetworkClient(context);
        Templates = new VmTemplateClient(context);
        VirtualNetworkTemplates = new VirtualNetworkTemplateClient(context);
        Documents = new DocumentClient(context);
        Users = new UserClient(context);
        Groups = new GroupClient(context);
        Clusters = new ClusterClient(context);
        Datastores = new DatastoreClient(context);
        Marketplaces = new MarketplaceClient(context);
        MarketplaceApps = new MarketplaceAppClient(context);
        Hooks = new HookClient(context);
        Zones = new ZoneClient(context);
        SecurityGroups = new SecurityGroupClient(context);
        AccessRules = new AccessRuleClient(context);
        VirtualRouters = new VirtualRouterClient(context);
        VirtualDataCenters = new VirtualDataCenterClient(context);
        VmGroups = new VmGroupClient(context);
        BackupJobs = new BackupJobClient(context);
        System = new SystemClient(context);
    }

    /// <inheritdoc/>
    public IOpenNebulaRpc Rpc { get; }

    /// <inheritdoc/>
    public VirtualMachineClient VirtualMachines { get; }

    /// <inheritdoc/>
    public HostClient Hosts { get; }

    /// <inheritdoc/>
    public ImageClient Images { get; }

    /// <inheritdoc/>
    public VirtualNetworkClient VirtualNetworks { get; }

    /// <inheritdoc/>
    public VmTemplateClient Templates { get; }

    /// <inheritdoc/>
    public VirtualNetworkTemplateClient VirtualNetworkTemplates { get; }

    /// <inheritdoc/>
    public DocumentClient Documents { get; }

    /// <inheritdoc/>
    public UserClient Users { get; }

    /// <inheritdoc/>
    public GroupClient Groups { get; }

    /// <inheritdoc/>
    public ClusterClient Clusters { get; }

    /// <inheritdoc/>
    public DatastoreClient Datastores { get; }

    /// <inheritdoc/>
    public MarketplaceClient Marketplaces { get; }

    /// <inheritdoc/>
    public MarketplaceAppClient MarketplaceApps { get; }

    /// <inheritdoc/>
    public HookClient Hooks { get; }

    /// <inheritdoc/>
    public ZoneClient Zones { get; }

    /// <inheritdoc/>
    public SecurityGroupClient SecurityGroups { get; }

    /// <inheritdoc/>
    public AccessRuleClient AccessRules { get; }

    /// <inheritdoc/>
    public VirtualRouterClient VirtualRouters { get; }

    /// <inheritdoc/>
    public VirtualDataCenterClient VirtualDataCenters { get; }

    /// <inheritdoc/>
    public VmGroupClient VmGroups { get; }

    /// <inheritdoc/>
    public BackupJobClient BackupJobs { get; }

    /// <inheritdoc/>
    public SystemClient System { get; }

    /// <inheritdoc/>
    public Task<RpcValue> CallAsync(string method, IReadOnlyList<RpcValue> parameters, CancellationToken cancellationToken = default) =>
        Rpc.CallAsync(new OpenNebulaCall(method, parameters), cancellationToken);
}
