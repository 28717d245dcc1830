using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Replicas;

internal static partial class ReplicaLog
{
    [LoggerMessage(1, LogLevel.Debug, "Virtual machine {VmId}: {Step}")]
    internal static partial void StepStarted(ILogger logger, int vmId, TransferStep step);

    [LoggerMessage(2, LogLevel.Information, "{Note}")]
    internal static partial void Note(ILogger logger, string note);
}
