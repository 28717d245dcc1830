namespace OneEdge.OpenNebula.Embedded;

/// <summary>The drivers of storage that the cloud knows, as OpenNebula 6.10 is delivered (share/etc/oned.conf).</summary>
internal static class StorageDrivers
{
    /// <summary>A driver for the images of a datastore.</summary>
    /// <param name="Required">The attributes that its datastores need.</param>
    /// <param name="IsPersistentOnly">Whether it keeps persistent images only.</param>
    internal sealed record ImageDriver(string[] Required, bool IsPersistentOnly = false);

    /// <summary>A driver that brings images to hosts.</summary>
    /// <param name="LinkTarget">Where persistent images are used.</param>
    /// <param name="CloneTarget">Where copies are made.</param>
    /// <param name="IsShared">Whether all hosts share a system datastore.</param>
    /// <param name="Migrates">Whether machines move between system datastores; by default they do.</param>
    /// <param name="Driver">The format that it needs.</param>
    /// <param name="DiskType">The kind of disks that it makes.</param>
    /// <param name="Orphans">Whether snapshots may outlive their parents.</param>
    /// <param name="Systems">What differs with system datastores of other drivers: driver, link target, clone target, kind of disks.</param>
    internal sealed record TransferDriver(
        string LinkTarget,
        string CloneTarget,
        bool IsShared = true,
        bool Migrates = true,
        string? Driver = null,
        string? DiskType = null,
        string Orphans = "NO",
        params (string Name, string LinkTarget, string CloneTarget, string DiskType)[] Systems);

    private static readonly Dictionary<string, ImageDriver> ImageDrivers = new(StringComparer.Ordinal)
    {
        ["dummy"] = new([]),
        ["fs"] = new([]),
        ["ceph"] = new(["DISK_TYPE", "BRIDGE_LIST"]),
        ["dev"] = new(["DISK_TYPE"], IsPersistentOnly: true),
        ["iscsi_libvirt"] = new(["DISK_TYPE", "ISCSI_HOST"], IsPersistentOnly: true),
        ["lvm"] = new(["DISK_TYPE", "BRIDGE_LIST"]),
        ["vcenter"] = new(["VCENTER_INSTANCE_ID", "VCENTER_DS_REF", "VCENTER_DC_REF"]),
        ["restic"] = new(["RESTIC_PASSWORD"], IsPersistentOnly: true),
        ["rsync"] = new(["RSYNC_HOST", "RSYNC_USER"], IsPersistentOnly: true),
    };

    private static readonly (string, string, string, string) OverSsh = ("SSH", "SYSTEM", "SYSTEM", "FILE");

    private static readonly Dictionary<string, TransferDriver> TransferDrivers = new(StringComparer.Ordinal)
    {
        ["dummy"] = new("NONE", "SYSTEM"),
        ["lvm"] = new("NONE", "SELF", Driver: "raw"),
        ["shared"] = new("NONE", "SYSTEM", Orphans: "FORMAT", Systems: [OverSsh]),
        ["fs_lvm"] = new("SYSTEM", "SYSTEM", Driver: "raw", DiskType: "BLOCK"),
        ["fs_lvm_ssh"] = new("SYSTEM", "SYSTEM", Driver: "raw", DiskType: "BLOCK"),
        ["qcow2"] = new("NONE", "SYSTEM", Driver: "qcow2", Orphans: "FORMAT", Systems: [OverSsh]),
        ["ssh"] = new("SYSTEM", "SYSTEM", IsShared: false, Orphans: "YES"),
        ["ceph"] = new("NONE", "SELF", Migrates: false, Driver: "raw", Orphans: "mixed", Systems: [OverSsh, ("SHARED", "NONE", "SELF", "RBD")]),
        ["iscsi_libvirt"] = new("NONE", "SELF", Migrates: false, Driver: "raw"),
        ["dev"] = new("NONE", "NONE", Driver: "raw", Systems: [OverSsh, ("SHARED", "NONE", "SELF", "FILE")]),
        ["vcenter"] = new("NONE", "SYSTEM"),
    };

    public static ImageDriver? Images(string name) => ImageDrivers.GetValueOrDefault(name);

    public static TransferDriver? Transfer(string name) => TransferDrivers.GetValueOrDefault(name);
}
