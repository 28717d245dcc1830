using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>Virtual networks.</summary>
internal static class NetworkKinds
{
    public static ObjectKind<VirtualNetwork> VirtualNetwork { get; } = new()
    {
        Name = "vnet",
        Plural = "virtual networks",
        Element = "VNET",
        List = (one, query, ct) => one.VirtualNetworks.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.VirtualNetworks.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns =
        [
            .. ObjectKinds.Owner<VirtualNetwork>(), new("CLUSTERS", n => Text.Of(n.ClusterIds)), new("BRIDGE", n => n.Bridge), new("DRIVER", n => n.Driver),
            new("LEASES", n => Text.Of(n.UsedLeases)), new("STATE", n => Text.Of(n.State)),
        ],
    };

    public static ObjectKind<VirtualNetworkTemplate> VirtualNetworkTemplate { get; } = new()
    {
        Name = "vntemplate",
        Plural = "templates of virtual networks",
        Element = "VNTEMPLATE",
        List = (one, query, ct) => one.VirtualNetworkTemplates.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.VirtualNetworkTemplates.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = ObjectKinds.Owner<VirtualNetworkTemplate>(),
    };

    public static ObjectKind<SecurityGroup> SecurityGroup { get; } = new()
    {
        Name = "secgroup",
        Plural = "security groups",
        Element = "SECURITY_GROUP",
        List = (one, query, ct) => one.SecurityGroups.ListAsync(query.Filter, ct),
        Get = (one, id, ct) => one.SecurityGroups.GetAsync(id, cancellationToken: ct),
        Options = static () => new OwnedListOptions(),
        Columns = [.. ObjectKinds.Owner<SecurityGroup>(), new("RULES", s => Text.Of(s.Rules.Count))],
    };
}
