namespace OneEdge.OpenNebula;

/// <summary>The use of a host.</summary>
public sealed record HostMeasuredCapacity : IModel<HostMeasuredCapacity>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostMeasuredCapacity()
    {
    }

    private HostMeasuredCapacity(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("FREE_CPU"u8)) FreeCpu = reader.Double();
            else if (reader.Is("FREE_MEMORY"u8)) FreeMemoryKb = reader.Double();
            else if (reader.Is("USED_CPU"u8)) UsedCpu = reader.Double();
            else if (reader.Is("USED_MEMORY"u8)) UsedMemoryKb = reader.Double();
            else reader.Skip();
        }
    }

    /// <summary>Free processors in percent of one.</summary>
    public double FreeCpu { get; init; }

    /// <summary>Free memory in KiB.</summary>
    public double FreeMemoryKb { get; init; }

    /// <summary>Used processors in percent of one.</summary>
    public double UsedCpu { get; init; }

    /// <summary>Used memory in KiB.</summary>
    public double UsedMemoryKb { get; init; }

    static ReadOnlySpan<byte> IModel<HostMeasuredCapacity>.ElementName => "CAPACITY"u8;

    static HostMeasuredCapacity IModel<HostMeasuredCapacity>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostMeasuredCapacity Read(ref ModelReader reader) => new(ref reader);
}
