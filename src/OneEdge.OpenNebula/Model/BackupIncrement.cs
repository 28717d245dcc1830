namespace OneEdge.OpenNebula;

/// <summary>An increment of a backup.</summary>
public sealed record BackupIncrement : IModel<BackupIncrement>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public BackupIncrement()
    {
    }

    private BackupIncrement(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) Id = reader.Int32();
            else if (reader.Is("PARENT_ID"u8)) ParentId = reader.Int32();
            else if (reader.Is("TYPE"u8)) Type = reader.SharedText();
            else if (reader.Is("DATE"u8)) Time = reader.Time();
            else if (reader.Is("SIZE"u8)) SizeMb = reader.Int64();
            else if (reader.Is("SOURCE"u8)) Source = reader.Text();
            else reader.Skip();
        }
    }

    /// <summary>Its number.</summary>
    public int Id { get; init; } = -1;

    /// <summary>The increment before it; -1 for a full backup.</summary>
    public int ParentId { get; init; }

    /// <summary><c>FULL</c> or <c>INCREMENT</c>.</summary>
    public string Type { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The size in MiB.</summary>
    public long SizeMb { get; init; }

    /// <summary>Where its datastore keeps it.</summary>
    public string Source { get; init; } = "";

    static ReadOnlySpan<byte> IModel<BackupIncrement>.ElementName => "INCREMENT"u8;

    static BackupIncrement IModel<BackupIncrement>.Read(ref ModelReader reader) => Read(ref reader);

    internal static BackupIncrement Read(ref ModelReader reader) => new(ref reader);
}
