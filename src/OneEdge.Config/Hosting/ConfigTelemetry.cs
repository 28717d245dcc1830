using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OneEdge.Config;

/// <summary>What OneEdge.Config tells OpenTelemetry: spans and meters under the name of the package.</summary>
public static class ConfigTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "OneEdge.Config";

    internal static readonly ActivitySource Activities = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    /// <summary>Files that transactions wrote, created or removed.</summary>
    internal static readonly Counter<int> FilesWritten = Meter.CreateCounter<int>(
        "oneedge.config.files.written", "{file}", "Files that transactions wrote, created or removed.");

    /// <summary>Transactions that a crash had interrupted and that were finished or undone.</summary>
    internal static readonly Counter<int> Recoveries = Meter.CreateCounter<int>(
        "oneedge.config.recoveries", "{recovery}", "Interrupted transactions that were finished or undone.");
}
