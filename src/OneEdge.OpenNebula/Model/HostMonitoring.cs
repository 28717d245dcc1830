namespace OneEdge.OpenNebula;

/// <summary>What was measured of a host.</summary>
public sealed record HostMonitoring : IModel<HostMonitoring>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostMonitoring()
    {
    }

    private HostMonitoring(ref ModelReader reader)
    {
        List<HostMeasuredNumaNode>? numaNodes = null;
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) HostId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("TIMESTAMP"u8)) Time = reader.Time();
            else if (reader.Is("CAPACITY"u8)) Capacity = HostMeasuredCapacity.Read(ref reader);
            else if (reader.Is("SYSTEM"u8)) System = HostMeasuredTraffic.Read(ref reader);
            else if (reader.Is("NUMA_NODE"u8)) reader.Collect(ref numaNodes);
            else reader.Skip();
        }

        NumaNodes = ModelList<HostMeasuredNumaNode>.Of(numaNodes);
    }

    /// <summary>The id of the host.</summary>
    public int? HostId { get; init; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Processors and memory.</summary>
    public HostMeasuredCapacity? Capacity { get; init; }

    /// <summary>The network.</summary>
    public HostMeasuredTraffic? System { get; init; }

    /// <summary>The NUMA nodes.</summary>
    public IReadOnlyList<HostMeasuredNumaNode> NumaNodes { get; init; } = ModelList<HostMeasuredNumaNode>.Empty;

    static ReadOnlySpan<byte> IModel<HostMonitoring>.ElementName => "MONITORING"u8;

    static HostMonitoring IModel<HostMonitoring>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostMonitoring Read(ref ModelReader reader) => new(ref reader);
}
