namespace OneEdge.Storage.Recovery;

/// <summary>A disk of a virtual machine of which recovery snapshots are taken.</summary>
public sealed record RecoveryDisk
{
    /// <summary>The number of the virtual machine.</summary>
    public required int VmId { get; init; }

    /// <summary>The number of the disk in the virtual machine: <c>DISK_ID</c>.</summary>
    public required int DiskId { get; init; }

    /// <summary>How much time lies between two snapshots: <c>RECOVERY_SNAPSHOT_FREQ</c>. Zero: a snapshot every cycle.</summary>
    public required TimeSpan Frequency { get; init; }

    /// <summary>The host that keeps the snapshots: <c>REPLICA_HOST</c>.</summary>
    public required string ReplicaHost { get; init; }

    /// <summary>The directory of the virtual machine on its hypervisor, absolute.</summary>
    public required string VmDirectory { get; init; }

    /// <summary>The name of the disk: <c>disk.0</c>.</summary>
    public string Name => DiskFiles.NameOf(DiskId);

    /// <summary>The disk as the hypervisor opens it: a link to the image that the guest writes.</summary>
    public string File => Files.Disk;

    /// <summary>The image below, which never changes: the copy of what the disk was made from.</summary>
    public string BaseFile => Files.Base;

    /// <summary>The image that the guest writes, and that a snapshot copies.</summary>
    public string OverlayFile => Files.Overlay;

    /// <summary>
    /// The image that the guest writes while a snapshot is taken. Between two snapshots an empty file whose time is that of the last one, as the original has
    /// it.
    /// </summary>
    public string TemporaryFile => Files.RecoveryTemporary;

    internal DiskFiles Files => DiskFiles.In(VmDirectory, DiskId);

    /// <summary>The disk for people.</summary>
    public override string ToString() => FormattableString.Invariant($"disk {DiskId} of VM {VmId}");
}
