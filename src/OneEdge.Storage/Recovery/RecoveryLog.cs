using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Recovery;

/// <summary>The messages about recovery snapshots and restores.</summary>
internal static partial class RecoveryLog
{
    [LoggerMessage(
        EventId = 41, EventName = "SnapshotStarted", Level = LogLevel.Debug,
        Message = "A recovery snapshot of disk {DiskId} of virtual machine {VmId} begins")]
    public static partial void SnapshotStarted(ILogger logger, int vmId, int diskId);

    [LoggerMessage(
        EventId = 42, EventName = "SnapshotTaken", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId}: recovery snapshot {Generation} is on replica {Replica} after {Milliseconds:0} ms")]
    public static partial void SnapshotTaken(ILogger logger, int vmId, int diskId, long? generation, LogText replica, double milliseconds);

    [LoggerMessage(
        EventId = 43, EventName = "SnapshotFailed", Level = LogLevel.Warning,
        Message = "Disk {DiskId} of virtual machine {VmId}: recovery snapshot failed with {Code}, {Failures} times now, next try at {RetryAt:u}: {Reason}")]
    public static partial void SnapshotFailed(ILogger logger, int vmId, int diskId, string code, int failures, DateTimeOffset retryAt, LogText reason);

    [LoggerMessage(
        EventId = 44, EventName = "CommitFinished", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId}: the guest writes to its own image again after {Milliseconds:0} ms")]
    public static partial void CommitFinished(ILogger logger, int vmId, int diskId, double milliseconds);

    [LoggerMessage(
        EventId = 45, EventName = "GenerationRemoved", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId}: recovery snapshot {Generation} was removed from replica {Replica}")]
    public static partial void GenerationRemoved(ILogger logger, int vmId, int diskId, long generation, LogText replica);

    [LoggerMessage(
        EventId = 46, EventName = "SnapshotStopped", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId}: the recovery snapshot was stopped")]
    public static partial void SnapshotStopped(ILogger logger, int vmId, int diskId);

    [LoggerMessage(
        EventId = 47, EventName = "DeploymentUnusable", Level = LogLevel.Warning,
        Message = "No recovery snapshots are taken of virtual machine {VmId}: {Problem}")]
    public static partial void DeploymentUnusable(ILogger logger, int vmId, LogText problem);

    [LoggerMessage(
        EventId = 61, EventName = "RestoreChosen", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId} can be restored from {Chain}, which is whole; {Passed} newer ones are not")]
    public static partial void RestoreChosen(ILogger logger, int vmId, int diskId, LogText chain, int passed);

    [LoggerMessage(
        EventId = 62, EventName = "ChainPassedOver", Level = LogLevel.Warning,
        Message = "Disk {DiskId} of virtual machine {VmId} cannot be restored from {Chain}: {Problem}")]
    public static partial void ChainPassedOver(ILogger logger, int vmId, int diskId, LogText chain, LogText problem);

    [LoggerMessage(
        EventId = 63, EventName = "RestoreStarted", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId} is restored to {Directory} on {Host} from {Chain}")]
    public static partial void RestoreStarted(ILogger logger, int vmId, int diskId, LogText directory, LogText host, LogText chain);

    [LoggerMessage(
        EventId = 64, EventName = "RestoreFinished", Level = LogLevel.Information,
        Message = "Disk {DiskId} of virtual machine {VmId} is restored on {Host} after {Milliseconds:0} ms")]
    public static partial void RestoreFinished(ILogger logger, int vmId, int diskId, LogText host, double milliseconds);

    [LoggerMessage(
        EventId = 65, EventName = "RestoreFailed", Level = LogLevel.Warning,
        Message = "Disk {DiskId} of virtual machine {VmId} was not restored on {Host}: {Code}: {Reason}")]
    public static partial void RestoreFailed(ILogger logger, int vmId, int diskId, LogText host, string code, LogText reason);
}
