namespace OneEdge.Storage.Replicas;

/// <summary>What has to be looked up on hosts before an action can be planned.</summary>
public sealed record TransferObservations
{
    /// <summary>Whether the replica host answers.</summary>
    /// <value><see langword="true"/> unless set.</value>
    public bool IsReplicaReachable { get; init; } = true;

    /// <summary>Whether the cache of the replica is to be gone round, although the replica answers: it has no room.</summary>
    public bool IsCacheUnusable { get; init; }

    /// <summary>Whether the replica has base and overlay of the disk, of the very image that the disk is to be made of.</summary>
    public bool HasRecoverySnapshot { get; init; }

    /// <summary>Whether the replica has recovery snapshots under the number of the disk that are not of the image that it is to be made of: of a disk that
    /// had the number before.</summary>
    public bool HasFormerRecovery { get; init; }

    /// <summary>The format in which an image begins, for a disk with recovery snapshots: <c>raw</c> or <c>qcow2</c>; <see langword="null"/> when it was not
    /// looked at.</summary>
    public string? ImageFormat { get; init; }

    /// <summary>Whether the disk is a link to an overlay.</summary>
    public bool IsChain { get; init; }

    /// <summary>The word in <c>.monitor</c> of the datastore directory that a virtual machine leaves; <see langword="null"/> without the file.</summary>
    public string? MonitorWord { get; init; }

    /// <summary>Whether both hosts see the same directory: a shared file system.</summary>
    public bool IsSharedDirectory { get; init; }
}
