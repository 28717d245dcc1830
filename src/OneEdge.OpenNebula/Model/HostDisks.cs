namespace OneEdge.OpenNebula;

/// <summary>The disk space of a host for running machines, in MiB.</summary>
public sealed record HostDisks : IModel<HostDisks>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostDisks()
    {
    }

    private HostDisks(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("DISK_USAGE"u8)) UsageMb = reader.Int64();
            else if (reader.Is("FREE_DISK"u8)) FreeMb = reader.Int64();
            else if (reader.Is("MAX_DISK"u8)) MaxMb = reader.Int64();
            else if (reader.Is("USED_DISK"u8)) UsedMb = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>Given to machines.</summary>
    public long UsageMb { get; init; }

    /// <summary>Free.</summary>
    public long FreeMb { get; init; }

    /// <summary>All there is.</summary>
    public long MaxMb { get; init; }

    /// <summary>Used.</summary>
    public long UsedMb { get; init; }

    static ReadOnlySpan<byte> IModel<HostDisks>.ElementName => "DATASTORES"u8;

    static HostDisks IModel<HostDisks>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostDisks Read(ref ModelReader reader) => new(ref reader);
}
