namespace OneEdge.Storage.Recovery;

/// <summary>What is known of the snapshots of one disk. It is kept in a file beside the disk and survives the process and the machine.</summary>
public sealed record RecoveryState
{
    /// <summary>The state of a disk that has no snapshot yet.</summary>
    public static RecoveryState None { get; } = new();

    /// <summary>The moment that the last complete snapshot on the replica shows; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>When the last attempt began.</summary>
    public DateTimeOffset? LastAttempt { get; init; }

    /// <summary>
    /// How many attempts failed since the last success. An attempt counts from its beginning, so that one that died with its process is a failed one.
    /// </summary>
    public int Failures { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? LastError { get; init; }

    /// <summary>The number of the newest generation on the replica; <see langword="null"/> when not known.</summary>
    public long? Generation { get; init; }

    /// <summary>Whether the guest may still write to the temporary layer, which must be committed before anything else.</summary>
    public bool PendingCommit { get; init; }

    /// <summary>The digest of the base image on the hypervisor, to know it again on the replica.</summary>
    public FileDigest? Base { get; init; }

    internal RecoveryState Begin(DateTimeOffset now) => this with { LastAttempt = now, Failures = Failures + 1, LastError = "The attempt did not end." };

    internal RecoveryState Succeed(DateTimeOffset taken, long generation) =>
        this with { LastSuccess = taken, Failures = 0, LastError = null, Generation = generation };

    internal RecoveryState Fail(string error) => this with { LastError = error };
}
