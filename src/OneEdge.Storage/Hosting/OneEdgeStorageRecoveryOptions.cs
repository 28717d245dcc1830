using System.ComponentModel.DataAnnotations;
using OneEdge.Storage.Recovery;

namespace OneEdge.Storage;

/// <summary>How recovery snapshots are taken, in <see cref="OneEdgeStorageOptions"/>: what one sets of <see cref="RecoveryOptions"/>.</summary>
public sealed class OneEdgeStorageRecoveryOptions
{
    /// <inheritdoc cref="RecoveryOptions.KeepGenerations"/>
    [Range(1, 1000)]
    public int KeepGenerations { get; set; } = 1;

    /// <inheritdoc cref="RecoveryOptions.MaxParallel"/>
    [Range(1, 1000)]
    public int MaxParallel { get; set; } = 2;

    /// <inheritdoc cref="RecoveryOptions.StallTimeout"/>
    [SecondsRange(1, 86400)]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc cref="RecoveryScheduleOptions.Cycle"/>
    [SecondsRange(0, 86400)]
    public TimeSpan Cycle { get; set; } = TimeSpan.FromSeconds(60);

    /// <inheritdoc cref="RecoveryScheduleOptions.FirstRetry"/>
    [SecondsRange(1, 86400)]
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc cref="RecoveryScheduleOptions.LongestRetry"/>
    [SecondsRange(1, 86400)]
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(10);

    /// <inheritdoc cref="VirshOptions.Connection"/>
    [Required]
    public string LibvirtConnection { get; set; } = "qemu:///system";

    internal RecoveryOptions Over(RecoveryOptions options) => options with
    {
        KeepGenerations = KeepGenerations,
        MaxParallel = MaxParallel,
        StallTimeout = StallTimeout,
        Schedule = options.Schedule with { Cycle = Cycle, FirstRetry = FirstRetry, LongestRetry = LongestRetry },
    };
}
