namespace OneEdge.OpenNebula;

/// <summary>The use of a NUMA node.</summary>
public sealed record HostMeasuredNumaNode : IModel<HostMeasuredNumaNode>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostMeasuredNumaNode()
    {
    }

    private HostMeasuredNumaNode(ref ModelReader reader)
    {
        List<HugePage>? hugePages = null;
        while (reader.Next())
        {
            if (reader.Is("NODE_ID"u8)) Id = reader.Int32();
            else if (reader.Is("HUGEPAGE"u8)) reader.Collect(ref hugePages);
            else if (reader.Is("MEMORY"u8)) Memory = NumaMemory.Read(ref reader);
            else reader.Skip();
        }

        HugePages = ModelList<HugePage>.Of(hugePages);
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>The huge pages.</summary>
    public IReadOnlyList<HugePage> HugePages { get; init; } = ModelList<HugePage>.Empty;

    /// <summary>The memory.</summary>
    public NumaMemory? Memory { get; init; }

    static ReadOnlySpan<byte> IModel<HostMeasuredNumaNode>.ElementName => "NUMA_NODE"u8;

    static HostMeasuredNumaNode IModel<HostMeasuredNumaNode>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostMeasuredNumaNode Read(ref ModelReader reader) => new(ref reader);
}
