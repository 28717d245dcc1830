namespace OneEdge.OpenNebula;

/// <summary>Huge pages of one size.</summary>
public sealed record HugePage : IModel<HugePage>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HugePage()
    {
    }

    private HugePage(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("SIZE"u8)) SizeKb = reader.Int64();
            else if (reader.Is("PAGES"u8)) Pages = reader.Int64();
            else if (reader.Is("USAGE"u8)) Usage = reader.Int64();
            else if (reader.Is("FREE"u8)) Free = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>The size of a page in KiB.</summary>
    public long SizeKb { get; init; }

    /// <summary>How many there are.</summary>
    public long Pages { get; init; }

    /// <summary>How many are given to machines.</summary>
    public long Usage { get; init; }

    /// <summary>How many are free; in monitoring alone.</summary>
    public long Free { get; init; }

    static ReadOnlySpan<byte> IModel<HugePage>.ElementName => "HUGEPAGE"u8;

    static HugePage IModel<HugePage>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HugePage Read(ref ModelReader reader) => new(ref reader);
}
