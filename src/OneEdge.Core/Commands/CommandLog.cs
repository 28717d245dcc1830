using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OneEdge.Commands;

internal static partial class CommandLog
{
    internal static readonly ActivitySource Activities = new("OneEdge.Core");

    [LoggerMessage(1, LogLevel.Debug, "Process {ProcessId} started in {Directory}: {Command}")]
    internal static partial void Started(ILogger logger, int processId, string directory, CommandSpec command);

    [LoggerMessage(2, LogLevel.Debug, "Process {ProcessId} ended with exit code {ExitCode} after {Milliseconds} ms: {Command}")]
    internal static partial void Ended(ILogger logger, int processId, int exitCode, long milliseconds, CommandSpec command);

    [LoggerMessage(3, LogLevel.Debug, "Process {ProcessId} is asked to stop and has {GracePeriod}: {Command}")]
    internal static partial void Stopping(ILogger logger, int processId, TimeSpan gracePeriod, CommandSpec command);

    [LoggerMessage(4, LogLevel.Warning, "Process {ProcessId} did not stop within {GracePeriod} and is killed with its descendants: {Command}")]
    internal static partial void Killing(ILogger logger, int processId, TimeSpan gracePeriod, CommandSpec command);
}
