using System.Diagnostics.Metrics;

namespace OneEdge.Flow.Client;

/// <summary>What clients tell OpenTelemetry, under the name of the package.</summary>
internal static class ClientTelemetry
{
    private static readonly Meter Meter = new(FlowTelemetry.SourceName);

    /// <summary>How long calls took, retries and waiting included.</summary>
    internal static readonly Histogram<double> CallDuration = Meter.CreateHistogram<double>(
        "oneedge.flow.client.call.duration", "s", "How long calls of OneFlow servers took, with retries and waiting for their turn.");
}
