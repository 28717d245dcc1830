namespace OneEdge.OpenNebula;

/// <summary>The snapshots of a disk or an image.</summary>
public sealed record DiskSnapshots : IModel<DiskSnapshots>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public DiskSnapshots()
    {
    }

    private DiskSnapshots(ref ModelReader reader)
    {
        List<DiskSnapshot>? snapshots = null;
        while (reader.Next())
        {
            if (reader.Is("DISK_ID"u8)) DiskId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("ALLOW_ORPHANS"u8)) AllowsOrphans = reader.SharedText();
            else if (reader.Is("CURRENT_BASE"u8)) CurrentBase = reader.Int32();
            else if (reader.Is("NEXT_SNAPSHOT"u8)) NextId = reader.Int32();
            else if (reader.Is("SNAPSHOT"u8)) reader.Collect(ref snapshots);
            else reader.Skip();
        }

        Snapshots = ModelList<DiskSnapshot>.Of(snapshots);
    }

    /// <summary>The number of the disk in its machine; none for an image.</summary>
    public int? DiskId { get; init; }

    /// <summary>Whether a snapshot may outlive the one it was made from: <c>NO</c>, <c>YES</c>, <c>MIXED</c> or <c>FORMAT</c>.</summary>
    public string AllowsOrphans { get; init; } = "";

    /// <summary>The snapshot that the disk goes on from; -1 for none.</summary>
    public int CurrentBase { get; init; }

    /// <summary>The number of the next snapshot.</summary>
    public int NextId { get; init; }

    /// <summary>The snapshots.</summary>
    public IReadOnlyList<DiskSnapshot> Snapshots { get; init; } = ModelList<DiskSnapshot>.Empty;

    static ReadOnlySpan<byte> IModel<DiskSnapshots>.ElementName => "SNAPSHOTS"u8;

    static DiskSnapshots IModel<DiskSnapshots>.Read(ref ModelReader reader) => Read(ref reader);

    internal static DiskSnapshots Read(ref ModelReader reader) => new(ref reader);
}
