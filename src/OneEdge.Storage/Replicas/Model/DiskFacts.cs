namespace OneEdge.Storage.Replicas;

/// <summary>What actions read from a <c>DISK</c> of a virtual machine.</summary>
/// <param name="Id"><c>DISK_ID</c>.</param>
public sealed record DiskFacts(int Id)
{
    /// <summary><c>SIZE</c>, in MiB.</summary>
    public long? SizeMb { get; init; }

    /// <summary><c>ORIGINAL_SIZE</c>, in MiB: that of the image.</summary>
    public long? OriginalSizeMb { get; init; }

    /// <summary><c>RECOVERY_SNAPSHOT_FREQ</c>: the time between recovery snapshots. Any value, 0 too, gives the disk an overlay; <see langword="null"/>
    /// when the attribute is absent or empty.</summary>
    public TimeSpan? RecoverySnapshotFrequency { get; init; }

    /// <summary><c>SPARSE</c>: holes stay holes.</summary>
    /// <value><see langword="true"/> unless the attribute is <c>no</c> or <c>NO</c>.</value>
    public bool Sparse { get; init; } = true;

    /// <summary><c>FORMAT</c> or <c>DRIVER</c>: <c>raw</c> or <c>qcow2</c>; <see langword="null"/> when it is not known.</summary>
    public string? Format { get; init; }

    /// <summary><c>TARGET</c>: the device in the guest, for example <c>vda</c>.</summary>
    public string? Target { get; init; }

    /// <summary><c>TM_MAD</c>: the transfer driver of the disk's image; <see langword="null"/> for the driver of the action itself.</summary>
    public string? TransferDriver { get; init; }

    /// <summary><c>FS</c>: the file system of a volatile disk; <see langword="null"/> for none.</summary>
    public string? FileSystem { get; init; }
}
