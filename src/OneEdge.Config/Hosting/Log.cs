using Microsoft.Extensions.Logging;

namespace OneEdge.Config;

/// <summary>The messages of OneEdge.Config.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "FilesWritten", Level = LogLevel.Information, Message = "{Count} files below {Root} written; backup {Backup}")]
    public static partial void FilesWritten(ILogger logger, int count, string root, string backup);

    [LoggerMessage(
        EventId = 2, EventName = "Recovered", Level = LogLevel.Warning,
        Message = "An interrupted change below {Root} was recovered: {Finished} files finished, {RolledBack} files rolled back")]
    public static partial void Recovered(ILogger logger, string root, int finished, int rolledBack);
}
