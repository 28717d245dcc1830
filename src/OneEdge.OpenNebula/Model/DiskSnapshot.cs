namespace OneEdge.OpenNebula;

/// <summary>A snapshot of a disk or an image.</summary>
public sealed record DiskSnapshot : IModel<DiskSnapshot>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public DiskSnapshot()
    {
    }

    private DiskSnapshot(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) Id = reader.Int32();
            else if (reader.Is("NAME"u8)) Name = reader.Text();
            else if (reader.Is("PARENT"u8)) Parent = reader.Int32();
            else if (reader.Is("CHILDREN"u8)) Children = reader.Text();
            else if (reader.Is("ACTIVE"u8)) IsActive = reader.YesNo();
            else if (reader.Is("DATE"u8)) Time = reader.Time();
            else if (reader.Is("SIZE"u8)) SizeMb = reader.Int64();
            else reader.Skip();
        }
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The snapshot it was made from; -1 for none.</summary>
    public int Parent { get; init; }

    /// <summary>The snapshots made from it, with commas between.</summary>
    public string Children { get; init; } = "";

    /// <summary>Whether the disk is at this snapshot.</summary>
    public bool IsActive { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The size of the disk in MiB.</summary>
    public long SizeMb { get; init; }

    static ReadOnlySpan<byte> IModel<DiskSnapshot>.ElementName => "SNAPSHOT"u8;

    static DiskSnapshot IModel<DiskSnapshot>.Read(ref ModelReader reader) => Read(ref reader);

    internal static DiskSnapshot Read(ref ModelReader reader) => new(ref reader);
}
