namespace OneEdge.OpenNebula;

/// <summary>A client for OpenNebula, its calls grouped by what they are about.</summary>
/// <remarks>
/// To stand in for a cloud in tests, implement <see cref="IOpenNebulaRpc"/> and give it to <see cref="OpenNebulaClient"/>: every call goes through it.
/// </remarks>
public interface IOpenNebulaClient
{
    /// <summary>What answers the calls.</summary>
    IOpenNebulaRpc Rpc { get; }

    /// <summary>Virtual machines.</summary>
    VirtualMachineClient VirtualMachines { get; }

    /// <summary>Hosts.</summary>
    HostClient Hosts { get; }

    /// <summary>Images.</summary>
    ImageClient Images { get; }

    /// <summary>Virtual networks.</summary>
    VirtualNetworkClient VirtualNetworks { get; }

    /// <summary>Templates of virtual machines.</summary>
    VmTemplateClient Templates { get; }

    /// <summary>Templates of virtual networks.</summary>
    VirtualNetworkTemplateClient VirtualNetworkTemplates { get; }

    /// <summary>Documents: texts that programs keep in OpenNebula.</summary>
    DocumentClient Documents { get; }

    /// <summary>Users.</summary>
    UserClient Users { get; }

    /// <summary>Groups of users.</summary>
    GroupClient Groups { get; }

    /// <summary>Clusters of hosts.</summary>
    ClusterClient Clusters { get; }

    /// <summary>Datastores.</summary>
    DatastoreClient Datastores { get; }

    /// <summary>Marketplaces.</summary>
    MarketplaceClient Marketplaces { get; }

    /// <summary>Apps of marketplaces.</summary>
    MarketplaceAppClient MarketplaceApps { get; }

    /// <summary>Hooks.</summary>
    HookClient Hooks { get; }

    /// <summary>Zones of a federation.</summary>
    ZoneClient Zones { get; }

    /// <summary>Security groups.</summary>
    SecurityGroupClient SecurityGroups { get; }

    /// <summary>Rules of access control.</summary>
    AccessRuleClient AccessRules { get; }

    /// <summary>Virtual routers.</summary>
    VirtualRouterClient VirtualRouters { get; }

    /// <summary>Virtual data centres.</summary>
    VirtualDataCenterClient VirtualDataCenters { get; }

    /// <summary>Groups of virtual machines.</summary>
    VmGroupClient VmGroups { get; }

    /// <summary>Backup jobs.</summary>
    BackupJobClient BackupJobs { get; }

    /// <summary>The server itself.</summary>
    SystemClient System { get; }

    /// <summary>Calls any method, also one that no member has.</summary>
    /// <param name="method">The method, such as <c>one.vm.info</c>.</param>
    /// <param name="parameters">Its parameters after the session.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The value of the answer.</returns>
    /// <exception cref="OpenNebulaCallException">The server refused the call.</exception>
    /// <exception cref="OpenNebulaTransportException">The call did not reach the server, or no usable answer came back.</exception>
    Task<RpcValue> CallAsync(string method, IReadOnlyList<RpcValue> parameters, CancellationToken cancellationToken = default);
}
