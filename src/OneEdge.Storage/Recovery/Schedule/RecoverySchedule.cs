namespace OneEdge.Storage.Recovery;

/// <summary>When snapshots are taken. Pure: the same states and time give the same answer.</summary>
public static class RecoverySchedule
{
    /// <summary>Says what is due.</summary>
    /// <param name="states">The disks with their states.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    public static RecoveryDue Due(IEnumerable<(RecoveryDisk Disk, RecoveryState State)> states, DateTimeOffset now, RecoveryScheduleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        List<RecoveryWork> due = [];
        DateTimeOffset? wake = null;
        foreach ((RecoveryDisk disk, RecoveryState state) in states)
        {
            DateTimeOffset next = NextAt(disk, state, now, options);
            if (next <= now) due.Add(new RecoveryWork(disk, state, next, IsSnapshotDue(disk, state, now, options)));
            else if (wake is null || next < wake) wake = next;
        }

        return new RecoveryDue([.. due.OrderBy(work => work.DueSince).ThenBy(work => work.Disk.VmId).ThenBy(work => work.Disk.DiskId)], wake);
    }

    /// <summary>
    /// When a disk is due. After a success one period later, however many periods a stopped agent or a clock set forward skipped: missed snapshots are not
    /// made up for.
    /// After a failure a retry later, which is never more than a period. A recorded time that lies further in the future than the tolerance is one of a clock
    /// that was set back:
    /// the disk is due now, once.
    /// </summary>
    /// <param name="disk">The disk.</param>
    /// <param name="state">Its state.</param>
    /// <param name="now">The time.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    public static DateTimeOffset NextAt(RecoveryDisk disk, RecoveryState state, DateTimeOffset now, RecoveryScheduleOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(state);
        RecoveryScheduleOptions used = options ?? RecoveryScheduleOptions.Default;
        TimeSpan period = disk.Frequency > TimeSpan.Zero ? disk.Frequency : used.Cycle;
        (DateTimeOffset? from, TimeSpan wait) = state switch
        {
            { Failures: > 0 } => (state.LastAttempt, Retry(state.Failures, period, used)),
            // Nothing failed, and yet the guest writes to the temporary layer: there is nothing to wait for.
            { PendingCommit: true } => (null, TimeSpan.Zero),
            _ => (state.LastSuccess, period),
        };
        if (from is not { } start) return now;
        TimeSpan tolerance = wait < used.ClockTolerance ? wait : used.ClockTolerance;
        if (start - now > tolerance) return now;
        return DateTimeOffset.MaxValue - start > wait ? start + wait : DateTimeOffset.MaxValue;
    }

    // The snapshot of the last attempt arrived, and only the commit behind it failed.
    private static bool IsSnapshotDue(RecoveryDisk disk, RecoveryState state, DateTimeOffset now, RecoveryScheduleOptions? options)
    {
        bool isCommitLeft = state.PendingCommit && state.LastSuccess is { } success && success >= state.LastAttempt;
        return !isCommitLeft || NextAt(disk, state with { PendingCommit = false, Failures = 0 }, now, options) <= now;
    }

    private static TimeSpan Retry(int failures, TimeSpan period, RecoveryScheduleOptions options)
    {
        TimeSpan longest = period < options.LongestRetry ? period : options.LongestRetry;
        // 2^20 first retries are longer than any longest one that makes sense.
        double ticks = options.FirstRetry.Ticks * Math.Pow(2, Math.Min(failures - 1, 20));
        return ticks >= longest.Ticks ? longest : TimeSpan.FromTicks((long)ticks);
    }
}
