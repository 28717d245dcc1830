namespace OneEdge.Storage.Recovery;

/// <summary>What is to be done for a disk now.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="State">Its state.</param>
/// <param name="DueSince">Since when it is due.</param>
/// <param name="IsSnapshotDue">Whether a snapshot is due; otherwise only a commit is to be finished: the last snapshot is good and young enough.</param>
public sealed record RecoveryWork(RecoveryDisk Disk, RecoveryState State, DateTimeOffset DueSince, bool IsSnapshotDue);

/// <summary>What is due, and when to look again.</summary>
/// <param name="Due">The work, the longest overdue first.</param>
/// <param name="NextWake">When the next of the other disks is due; <see langword="null"/> when there is no other.</param>
public sealed record RecoveryDue(IReadOnlyList<RecoveryWork> Due, DateTimeOffset? NextWake);
