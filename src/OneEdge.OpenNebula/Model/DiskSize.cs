namespace OneEdge.OpenNebula;

/// <summary>How large a disk was when it was measured.</summary>
public sealed record DiskSize : IModel<DiskSize>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public DiskSize()
    {
    }

    private DiskSize(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) DiskId = reader.Int32();
            else if (reader.Is("SIZE"u8)) SizeMb = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>The number of the disk in its machine.</summary>
    public int DiskId { get; init; } = -1;

    /// <summary>The size in MiB.</summary>
    public long SizeMb { get; init; }

    static ReadOnlySpan<byte> IModel<DiskSize>.ElementName => "DISK_SIZE"u8;

    static DiskSize IModel<DiskSize>.Read(ref ModelReader reader) => Read(ref reader);

    internal static DiskSize Read(ref ModelReader reader) => new(ref reader);
}
