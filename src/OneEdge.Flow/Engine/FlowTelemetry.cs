using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OneEdge.Flow;

/// <summary>What OneEdge.Flow tells OpenTelemetry: spans and meters under the name of the package.</summary>
public static class FlowTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string SourceName = "OneEdge.Flow";

    internal static readonly ActivitySource Activities = new(SourceName);
    private static readonly Meter Meter = new(SourceName);

    /// <summary>Services that engines of this process look after.</summary>
    internal static readonly UpDownCounter<int> Services = Meter.CreateUpDownCounter<int>(
        "oneedge.flow.services", "{service}", "Services that are looked after.");

    /// <summary>What services were told.</summary>
    internal static readonly Counter<long> Events = Meter.CreateCounter<long>("oneedge.flow.events", "{event}", "What services were told.");

    /// <summary>Requests that were refused.</summary>
    internal static readonly Counter<long> Refusals = Meter.CreateCounter<long>("oneedge.flow.refusals", "{request}", "Requests that were refused.");

    /// <summary>Commands that were carried out.</summary>
    internal static readonly Counter<long> Commands = Meter.CreateCounter<long>(
        "oneedge.flow.commands", "{command}", "Commands of services that were carried out.");

    /// <summary>Documents that were written.</summary>
    internal static readonly Counter<long> Writes = Meter.CreateCounter<long>("oneedge.flow.writes", "{write}", "Documents of services that were written.");

    /// <summary>How long readings of the cloud took.</summary>
    internal static readonly Histogram<double> ReadingDuration = Meter.CreateHistogram<double>(
        "oneedge.flow.reading.duration", "s", "How long it took to read virtual machines and networks of services.");

    /// <summary>Roles that policies scaled.</summary>
    internal static readonly Counter<long> Scalings = Meter.CreateCounter<long>("oneedge.flow.scalings", "{scaling}", "Scalings that policies decided.");
}
