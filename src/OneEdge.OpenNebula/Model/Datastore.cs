namespace OneEdge.OpenNebula;

/// <summary>A datastore.</summary>
public sealed record Datastore : OwnedObject, IModel<Datastore>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Datastore()
    {
    }

    private Datastore(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("DS_MAD"u8)) DatastoreDriver = reader.SharedText();
            else if (reader.Is("TM_MAD"u8)) TransferDriver = reader.SharedText();
            else if (reader.Is("BASE_PATH"u8)) BasePath = reader.Text();
            else if (reader.Is("TYPE"u8)) Type = (DatastoreType)reader.Int32();
            else if (reader.Is("DISK_TYPE"u8)) DiskType = reader.Int32();
            else if (reader.Is("STATE"u8)) State = (DatastoreState)reader.Int32();
            else if (reader.Is("CLUSTERS"u8)) ClusterIds = reader.Ids();
            else if (reader.Is("TOTAL_MB"u8)) TotalMb = reader.Int64();
            else if (reader.Is("FREE_MB"u8)) FreeMb = reader.Int64();
            else if (reader.Is("USED_MB"u8)) UsedMb = reader.Int64();
            else if (reader.Is("IMAGES"u8)) ImageIds = reader.Ids();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>The driver that keeps images.</summary>
    public string DatastoreDriver { get; init; } = "";

    /// <summary>The driver that moves disks.</summary>
    public string TransferDriver { get; init; } = "";

    /// <summary>Where it is.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>What it keeps.</summary>
    public DatastoreType Type { get; init; }

    /// <summary>How it keeps images: 0 files, 2 block devices, 3 RBD...</summary>
    public int DiskType { get; init; }

    /// <summary>The state.</summary>
    public DatastoreState State { get; init; }

    /// <summary>The clusters it is in.</summary>
    public IReadOnlyList<int> ClusterIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The space in MiB; 0 before it was first monitored.</summary>
    public long TotalMb { get; init; }

    /// <summary>The free space in MiB.</summary>
    public long FreeMb { get; init; }

    /// <summary>The used space in MiB.</summary>
    public long UsedMb { get; init; }

    /// <summary>The images in it.</summary>
    public IReadOnlyList<int> ImageIds { get; init; } = ModelList<int>.Empty;

    static ReadOnlySpan<byte> IModel<Datastore>.ElementName => "DATASTORE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>DATASTORE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Datastore Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Datastore>(xml);

    /// <summary>Reads an element of an answer: <c>DATASTORE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Datastore ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Datastore IModel<Datastore>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Datastore Read(ref ModelReader reader) => new(ref reader);
}
