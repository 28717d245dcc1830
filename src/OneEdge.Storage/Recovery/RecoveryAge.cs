namespace OneEdge.Storage.Recovery;

/// <summary>Tells meters how old the snapshots of a hypervisor are.</summary>
internal static class RecoveryAge
{
    public static void Tell(IReadOnlyList<(RecoveryDisk Disk, RecoveryState State)> states, DateTimeOffset now)
    {
        (TimeSpan oldest, int missing) = Of(states.Select(item => item.State), now);
        StorageTelemetry.RecoveryAge.Record(oldest.TotalSeconds);
        StorageTelemetry.RecoveryMissing.Record(missing);
    }

    /// <summary>The age of the newest snapshot of the disk for which that is greatest, zero without any, and how many disks have none.</summary>
    public static (TimeSpan Oldest, int Missing) Of(IEnumerable<RecoveryState> states, DateTimeOffset now)
    {
        (TimeSpan oldest, int missing) = (TimeSpan.Zero, 0);
        foreach (RecoveryState state in states)
        {
            if (state.LastSuccess is not { } success) missing++;
            else if (now - success > oldest) oldest = now - success;
        }

        return (oldest, missing);
    }
}
