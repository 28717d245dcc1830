using OneEdge.OpenNebula;
using CloudHost = OneEdge.OpenNebula.Host;

namespace OneEdge.Host.One;

/// <summary>Where virtual machines run.</summary>
internal static class HostKinds
{
    private const int Mebibyte = 1024;

    public static ObjectKind<CloudHost> Host { get; } = new()
    {
        Name = "host",
        Plural = "hosts",
        Element = "HOST",
        List = (one, _, ct) => one.Hosts.ListAsync(ct),
        Get = (one, id, ct) => one.Hosts.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            new("CLUSTER", h => h.ClusterName), new("VMS", h => Text.Of(h.VirtualMachineIds.Count)),
            new("CPU", h => h.Capacity is { } c ? $"{Text.Of(c.CpuUsage)}/{Text.Of(c.MaxCpu)}" : ""),
            new("MEMORY", h => h.Capacity is { } c ? $"{Text.Megabytes(c.MemoryUsageKb / Mebibyte)}/{Text.Megabytes(c.MaxMemoryKb / Mebibyte)}" : ""),
            new("STATE", h => Text.Of(h.State)),
        ],
    };

    public static ObjectKind<Cluster> Cluster { get; } = new()
    {
        Name = "cluster",
        Plural = "clusters of hosts",
        Element = "CLUSTER",
        List = (one, _, ct) => one.Clusters.ListAsync(ct),
        Get = (one, id, ct) => one.Clusters.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            new("HOSTS", c => Text.Of(c.HostIds)), new("NETWORKS", c => Text.Of(c.NetworkIds)), new("DATASTORES", c => Text.Of(c.DatastoreIds)),
        ],
    };

    public static ObjectKind<Zone> Zone { get; } = new()
    {
        Name = "zone",
        Plural = "zones",
        Element = "ZONE",
        List = (one, _, ct) => one.Zones.ListAsync(ct),
        Get = (one, id, ct) => one.Zones.GetAsync(id, cancellationToken: ct),
        Columns = [new("SERVERS", z => Text.Of(z.Servers.Count)), new("STATE", z => Text.Of(z.State))],
    };

    public static ObjectKind<VirtualDataCenter> VirtualDataCenter { get; } = new()
    {
        Name = "vdc",
        Plural = "virtual data centres",
        Element = "VDC",
        List = (one, _, ct) => one.VirtualDataCenters.ListAsync(ct),
        Get = (one, id, ct) => one.VirtualDataCenters.GetAsync(id, cancellationToken: ct),
        Columns =
        [
            new("GROUPS", v => Text.Of(v.GroupIds)), new("CLUSTERS", v => Text.Of(v.Clusters.Count)), new("HOSTS", v => Text.Of(v.Hosts.Count)),
        ],
    };
}
