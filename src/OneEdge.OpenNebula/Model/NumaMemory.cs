namespace OneEdge.OpenNebula;

/// <summary>The memory of a NUMA node in KiB.</summary>
public sealed record NumaMemory : IModel<NumaMemory>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public NumaMemory()
    {
    }

    private NumaMemory(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("TOTAL"u8)) TotalKb = reader.Int64();
            else if (reader.Is("USAGE"u8)) UsageKb = reader.Int64();
            else if (reader.Is("FREE"u8)) FreeKb = reader.Int64();
            else if (reader.Is("USED"u8)) UsedKb = reader.Int64();
            else if (reader.Is("DISTANCE"u8)) Distance = reader.Text();
            else reader.Skip();
        }
    }

    /// <summary>What it has.</summary>
    public long TotalKb { get; init; }

    /// <summary>What is given to machines.</summary>
    public long UsageKb { get; init; }

    /// <summary>What is free; in monitoring alone.</summary>
    public long FreeKb { get; init; }

    /// <summary>What is used; in monitoring alone.</summary>
    public long UsedKb { get; init; }

    /// <summary>The other nodes, the nearest first.</summary>
    public string Distance { get; init; } = "";

    static ReadOnlySpan<byte> IModel<NumaMemory>.ElementName => "MEMORY"u8;

    static NumaMemory IModel<NumaMemory>.Read(ref ModelReader reader) => Read(ref reader);

    internal static NumaMemory Read(ref ModelReader reader) => new(ref reader);
}
