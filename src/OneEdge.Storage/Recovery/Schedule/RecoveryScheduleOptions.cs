namespace OneEdge.Storage.Recovery;

/// <summary>How snapshots are scheduled.</summary>
public sealed record RecoveryScheduleOptions
{
    /// <summary>The options that apply unless others are given.</summary>
    public static RecoveryScheduleOptions Default { get; } = new();

    /// <summary>The time between two snapshots of a disk whose frequency is zero, and the longest time between two looks at the virtual machines.</summary>
    /// <value>60 seconds unless set, as in OpenNebula. Zero when the caller is the cycle: then such a disk is always due.</value>
    public TimeSpan Cycle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long after the beginning of a failed attempt the next one is made; it doubles with each failure, up to the time between two snapshots of the disk.
    /// </summary>
    /// <value>15 seconds unless set.</value>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest time between two attempts of which the first failed.</summary>
    /// <value>10 minutes unless set.</value>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How far in the future a recorded time may lie before it is taken for one of a clock that was set back since, which makes a snapshot due.
    /// </summary>
    /// <value>60 seconds unless set.</value>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromSeconds(60);
}
