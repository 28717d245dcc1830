namespace OneEdge.OpenNebula.Embedded;

/// <summary>A kind of object: how the core calls it in messages, in rights and in XML.</summary>
/// <param name="Word">The word of messages: <c>virtual machine</c>.</param>
/// <param name="Right">The word of rights: <c>VM</c>.</param>
/// <param name="Element">The element of an object.</param>
/// <param name="AclBit">The bit of its kind in an access rule.</param>
/// <param name="IsLockable">Whether it can be locked.</param>
internal sealed record ObjectKind(string Word, string Right, string Element, long AclBit, bool IsLockable = false)
{
    public static readonly ObjectKind Vm = new("virtual machine", "VM", "VM", 0x1000000000, true);
    public static readonly ObjectKind Host = new("host", "HOST", "HOST", 0x2000000000);
    public static readonly ObjectKind Net = new("virtual network", "NET", "VNET", 0x4000000000, true);
    public static readonly ObjectKind Image = new("image", "IMAGE", "IMAGE", 0x8000000000, true);
    public static readonly ObjectKind User = new("user", "USER", "USER", 0x10000000000);
    public static readonly ObjectKind Template = new("virtual machine template", "TEMPLATE", "VMTEMPLATE", 0x20000000000, true);
    public static readonly ObjectKind Group = new("group", "GROUP", "GROUP", 0x40000000000);
    public static readonly ObjectKind Acl = new("ACL", "ACL", "ACL", 0x80000000000);
    public static readonly ObjectKind Datastore = new("datastore", "DATASTORE", "DATASTORE", 0x100000000000);
    public static readonly ObjectKind Cluster = new("cluster", "CLUSTER", "CLUSTER", 0x200000000000);
    public static readonly ObjectKind Document = new("document", "DOCUMENT", "DOCUMENT", 0x400000000000, true);
    public static readonly ObjectKind Zone = new("zone", "ZONE", "ZONE", 0x800000000000);
    public static readonly ObjectKind SecurityGroup = new("security group", "SECGROUP", "SECURITY_GROUP", 0x1000000000000);
    public static readonly ObjectKind Vdc = new("VDC", "VDC", "VDC", 0x2000000000000);
    public static readonly ObjectKind VirtualRouter = new("virtual router", "VROUTER", "VROUTER", 0x4000000000000, true);
    public static readonly ObjectKind Marketplace = new("marketplace", "MARKETPLACE", "MARKETPLACE", 0x8000000000000);
    public static readonly ObjectKind MarketplaceApp = new("marketplaceapp", "MARKETPLACEAPP", "MARKETPLACEAPP", 0x10000000000000, true);
    public static readonly ObjectKind VmGroup = new("vm group", "VMGROUP", "VM_GROUP", 0x20000000000000, true);
    public static readonly ObjectKind VnTemplate = new("virtual network template", "VNTEMPLATE", "VNTEMPLATE", 0x40000000000000, true);
    public static readonly ObjectKind Hook = new("hook", "HOOK", "HOOK", 0x80000000000000, true);
    public static readonly ObjectKind BackupJob = new("backup job", "BACKUPJOB", "BACKUPJOB", 0x100000000000000, true);

    /// <summary>All kinds, in the order of their bits.</summary>
    public static readonly IReadOnlyList<ObjectKind> All =
    [
        Vm, Host, Net, Image, User, Template, Group, Acl, Datastore, Cluster, Document, Zone, SecurityGroup, Vdc, VirtualRouter,
        Marketplace, MarketplaceApp, VmGroup, VnTemplate, Hook, BackupJob,
    ];

    /// <summary>The element around the objects of a pool.</summary>
    public string PoolElement => $"{Element}_POOL";
}
