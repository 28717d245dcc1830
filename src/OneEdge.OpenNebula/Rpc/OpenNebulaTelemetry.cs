using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OneEdge.OpenNebula;

/// <summary>What OneEdge.OpenNebula tells OpenTelemetry: spans and meters under the name of the package.</summary>
public static class OpenNebulaTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "OneEdge.OpenNebula";

    internal static readonly ActivitySource Activities = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    /// <summary>How long calls took, retries and waiting included.</summary>
    internal static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>(
        "oneedge.opennebula.call.duration", "s", "How long calls took, with retries and waiting for their turn.");

    /// <summary>The sizes of answers.</summary>
    internal static readonly Histogram<long> AnswerSize = Meter.CreateHistogram<long>(
        "oneedge.opennebula.answer.size", "By", "The sizes of answers as they came over the wire.");

    /// <summary>Calls that wait for their turn.</summary>
    internal static readonly UpDownCounter<int> WaitingCalls = Meter.CreateUpDownCounter<int>(
        "oneedge.opennebula.calls.waiting", "{call}", "Calls that wait because the server is asked enough at once.");

    /// <summary>Retries of reads.</summary>
    internal static readonly Counter<int> Retries = Meter.CreateCounter<int>(
        "oneedge.opennebula.call.retries", "{retry}", "Reads that were sent again.");
}
