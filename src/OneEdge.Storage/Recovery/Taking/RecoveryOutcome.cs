namespace OneEdge.Storage.Recovery;

/// <summary>What came of the work for one disk.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="State">Its state now.</param>
/// <param name="Error">Why no new snapshot is on the replica, or why the guest still writes to the temporary layer; <see langword="null"/> after a
/// success.</param>
public sealed record RecoveryOutcome(RecoveryDisk Disk, RecoveryState State, Exception? Error)
{
    /// <summary>Whether all is well.</summary>
    public bool IsSuccess => Error is null;
}
