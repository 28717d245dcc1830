using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>The kinds of objects that can be listed.</summary>
internal static class ObjectKinds
{
    public static IReadOnlyList<ObjectKind> All { get; } =
    [
        MachineKinds.VirtualMachine, MachineKinds.Template, MachineKinds.VmGroup, MachineKinds.VirtualRouter, MachineKinds.BackupJob,
        HostKinds.Host, HostKinds.Cluster, HostKinds.Zone, HostKinds.VirtualDataCenter,
        StorageKinds.Image, StorageKinds.Datastore, StorageKinds.Marketplace, StorageKinds.MarketplaceApp,
        NetworkKinds.VirtualNetwork, NetworkKinds.VirtualNetworkTemplate, NetworkKinds.SecurityGroup,
        PeopleKinds.User, PeopleKinds.Group, PeopleKinds.AccessRule, PeopleKinds.Document, PeopleKinds.Hook,
    ];

    /// <summary>The columns of what belongs to somebody.</summary>
    internal static Column<T>[] Owner<T>()
        where T : OwnedObject => [new("USER", o => o.OwnerName), new("GROUP", o => o.GroupName)];
}
