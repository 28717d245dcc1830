namespace OneEdge.OpenNebula;

/// <summary>A NUMA node of a host.</summary>
public sealed record NumaNode : IModel<NumaNode>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public NumaNode()
    {
    }

    private NumaNode(ref ModelReader reader)
    {
        List<NumaCore>? cores = null;
        List<HugePage>? hugePages = null;
        while (reader.Next())
        {
            if (reader.Is("NODE_ID"u8)) Id = reader.Int32();
            else if (reader.Is("CORE"u8)) reader.Collect(ref cores);
            else if (reader.Is("HUGEPAGE"u8)) reader.Collect(ref hugePages);
            else if (reader.Is("MEMORY"u8)) Memory = NumaMemory.Read(ref reader);
            else reader.Skip();
        }

        Cores = ModelList<NumaCore>.Of(cores);
        HugePages = ModelList<HugePage>.Of(hugePages);
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>The cores.</summary>
    public IReadOnlyList<NumaCore> Cores { get; init; } = ModelList<NumaCore>.Empty;

    /// <summary>The huge pages.</summary>
    public IReadOnlyList<HugePage> HugePages { get; init; } = ModelList<HugePage>.Empty;

    /// <summary>The memory.</summary>
    public NumaMemory? Memory { get; init; }

    static ReadOnlySpan<byte> IModel<NumaNode>.ElementName => "NODE"u8;

    static NumaNode IModel<NumaNode>.Read(ref ModelReader reader) => Read(ref reader);

    internal static NumaNode Read(ref ModelReader reader) => new(ref reader);
}
