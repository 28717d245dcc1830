using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Replicas;

/// <summary>The messages about transfers.</summary>
internal static partial class ReplicaLog
{
    [LoggerMessage(EventId = 1, EventName = "StepStarted", Level = LogLevel.Debug, Message = "Virtual machine {VmId}: {Step}")]
    public static partial void StepStarted(ILogger logger, int vmId, TransferStep step);

    [LoggerMessage(EventId = 2, EventName = "Note", Level = LogLevel.Information, Message = "Virtual machine {VmId}: {Note}")]
    public static partial void Note(ILogger logger, int vmId, LogText note);

    [LoggerMessage(
        EventId = 3, EventName = "TransferStarted", Level = LogLevel.Debug,
        Message = "{Action} of virtual machine {VmId} begins: {Steps} steps, of which {Done} are done")]
    public static partial void TransferStarted(ILogger logger, TransferAction action, int vmId, int steps, int done);

    [LoggerMessage(
        EventId = 4, EventName = "TransferFinished", Level = LogLevel.Information,
        Message = "{Action} of virtual machine {VmId} done in {Milliseconds:0} ms")]
    public static partial void TransferFinished(ILogger logger, TransferAction action, int vmId, double milliseconds);

    [LoggerMessage(
        EventId = 5, EventName = "TransferFailed", Level = LogLevel.Warning,
        Message = "{Action} of virtual machine {VmId} failed with {Code} after {Milliseconds:0} ms: {Reason}")]
    public static partial void TransferFailed(ILogger logger, TransferAction action, int vmId, string code, double milliseconds, LogText reason);

    [LoggerMessage(
        EventId = 6, EventName = "TransferStopped", Level = LogLevel.Information,
        Message = "{Action} of virtual machine {VmId} was stopped after {Milliseconds:0} ms; what is done of it is remembered")]
    public static partial void TransferStopped(ILogger logger, TransferAction action, int vmId, double milliseconds);

    [LoggerMessage(
        EventId = 7, EventName = "ReplicaGoneRound", Level = LogLevel.Warning,
        Message = "{Action} of virtual machine {VmId} copies directly, without replica {Replica}: {Reason}")]
    public static partial void ReplicaGoneRound(ILogger logger, TransferAction action, int vmId, LogText replica, string reason);
}
