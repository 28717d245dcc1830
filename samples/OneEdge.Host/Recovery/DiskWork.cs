using OneEdge.Storage.Recovery;

namespace OneEdge.Host.Recovery;

/// <summary>When a disk has its turn.</summary>
/// <param name="Disk">The disk.</param>
/// <param name="State">What is known of its snapshots.</param>
/// <param name="Next">When it is due.</param>
/// <param name="Due">What is to be done now; <see langword="null"/> when nothing is.</param>
internal sealed record DiskWork(RecoveryDisk Disk, RecoveryState State, DateTimeOffset Next, RecoveryWork? Due)
{
    /// <summary>What is to be done now, in a word.</summary>
    public string Word => Due switch
    {
        null when State.Failures > 0 => "retry",
        null => "waits",
        { IsSnapshotDue: false } => "commit",
        _ => "snapshot",
    };

    /// <summary>Reads the states of disks and decides; touches nothing.</summary>
    public static async Task<IReadOnlyList<DiskWork>> ReadAsync(
        IReadOnlyList<RecoveryDisk> disks, DateTimeOffset now, RecoveryScheduleOptions options, CancellationToken cancellationToken)
    {
        List<(RecoveryDisk Disk, RecoveryState State)> states = [];
        foreach (RecoveryDisk disk in disks) states.Add((disk, await RecoverySnapshots.ReadStateAsync(disk, cancellationToken)));
        RecoveryDue due = RecoverySchedule.Due(states, now, options);
        return [.. states.Select(item => new DiskWork(
            item.Disk, item.State, RecoverySchedule.NextAt(item.Disk, item.State, now, options), due.Due.FirstOrDefault(work => work.Disk == item.Disk)))];
    }
}
