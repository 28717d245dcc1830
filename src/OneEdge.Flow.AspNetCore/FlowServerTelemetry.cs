using System.Diagnostics.Metrics;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What the server tells OpenTelemetry: a meter under the name of the package.</summary>
public static class FlowServerTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "OneEdge.Flow.AspNetCore";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Requests that were answered, by <c>http.request.method</c>, <c>http.route</c> and <c>http.response.status_code</c>.</summary>
    internal static readonly Counter<long> Requests = Meter.CreateCounter<long>("oneedge.flow.server.requests", "{request}", "Requests that were answered.");

    /// <summary>How long answers took, by the same tags; streams of events are not in it.</summary>
    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "oneedge.flow.server.request.duration", "s", "How long it took to answer requests, streams of events left out.");

    /// <summary>Streams of events that are open.</summary>
    internal static readonly UpDownCounter<int> EventStreams = Meter.CreateUpDownCounter<int>(
        "oneedge.flow.server.event_streams", "{stream}", "Streams of events that are open.");

    /// <summary>Credentials that were looked at, by <c>result</c>: <c>known</c>, <c>asked</c> or <c>refused</c>.</summary>
    internal static readonly Counter<long> Authentications = Meter.CreateCounter<long>(
        "oneedge.flow.server.authentications", "{authentication}", "Credentials that were looked at.");
}
