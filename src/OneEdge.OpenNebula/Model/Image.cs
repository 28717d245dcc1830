namespace OneEdge.OpenNebula;

/// <summary>An image.</summary>
public sealed record Image : OwnedObject, IModel<Image>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Image()
    {
    }

    private Image(ref ModelReader reader)
    {
        int start = reader.Begin();
        bool hasState = false;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("TYPE"u8)) Type = (ImageType)reader.Int32();
            else if (reader.Is("DISK_TYPE"u8)) DiskType = reader.Int32();
            else if (reader.Is("PERSISTENT"u8)) IsPersistent = reader.YesNo();
            else if (reader.Is("REGTIME"u8)) RegistrationTime = reader.Time();
            else if (reader.Is("SOURCE"u8)) Source = reader.Text();
            else if (reader.Is("PATH"u8)) Path = reader.Text();
            else if (reader.Is("FORMAT"u8)) Format = reader.SharedText();
            else if (reader.Is("FS"u8)) FileSystem = reader.SharedText();
            else if (reader.Is("SIZE"u8)) SizeMb = reader.Int64();
            else if (reader.Is("STATE"u8)) (hasState, State) = (true, (ImageState)reader.Int32());
            else if (reader.Is("PREV_STATE"u8)) PreviousState = (ImageState)reader.Int32();
            else if (reader.Is("RUNNING_VMS"u8)) RunningMachines = reader.Int32();
            else if (reader.Is("CLONING_OPS"u8)) CloningOperations = reader.Int32();
            else if (reader.Is("CLONING_ID"u8)) CloningId = reader.Int32();
            else if (reader.Is("TARGET_SNAPSHOT"u8)) TargetSnapshot = reader.Int32();
            else if (reader.Is("DATASTORE_ID"u8)) DatastoreId = reader.Int32();
            else if (reader.Is("DATASTORE"u8)) DatastoreName = reader.SharedText();
            else if (reader.Is("VMS"u8)) VirtualMachineIds = reader.Ids();
            else if (reader.Is("CLONES"u8)) CloneIds = reader.Ids();
            else if (reader.Is("APP_CLONES"u8)) AppCloneIds = reader.Ids();
            else if (reader.Is("SNAPSHOTS"u8)) Snapshots = DiskSnapshots.Read(ref reader);
            else if (reader.Is("BACKUP_INCREMENTS"u8)) BackupIncrements = reader.Items<BackupIncrement>();
            else if (reader.Is("BACKUP_DISK_IDS"u8)) BackupDiskIds = reader.Ids();
            else reader.Skip();
        }

        if (!hasState) throw reader.Invalid("an object without a STATE");
        Raw = Complete(ref reader, start);
    }

    /// <summary>What it is for.</summary>
    public ImageType Type { get; init; }

    /// <summary>How it is kept: 0 a file, 1 a CD, 2 a block device, 3 RBD...</summary>
    public int DiskType { get; init; }

    /// <summary>Whether machines change it, one at a time.</summary>
    public bool IsPersistent { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? RegistrationTime { get; init; }

    /// <summary>Where its datastore keeps it.</summary>
    public string Source { get; init; } = "";

    /// <summary>Where it was made from.</summary>
    public string Path { get; init; } = "";

    /// <summary>The format of its file.</summary>
    public string Format { get; init; } = "";

    /// <summary>The file system of a data block.</summary>
    public string FileSystem { get; init; } = "";

    /// <summary>The size in MiB.</summary>
    public long SizeMb { get; init; }

    /// <summary>The state.</summary>
    public ImageState State { get; init; }

    /// <summary>The state before.</summary>
    public ImageState? PreviousState { get; init; }

    /// <summary>How many machines use it.</summary>
    public int RunningMachines { get; init; }

    /// <summary>How many copies are being made of it.</summary>
    public int CloningOperations { get; init; }

    /// <summary>The image it is copied from, or -1.</summary>
    public int CloningId { get; init; }

    /// <summary>The snapshot that an operation is about, or -1.</summary>
    public int TargetSnapshot { get; init; }

    /// <summary>The id of its datastore.</summary>
    public int DatastoreId { get; init; } = -1;

    /// <summary>The name of its datastore.</summary>
    public string DatastoreName { get; init; } = "";

    /// <summary>The machines that use it.</summary>
    public IReadOnlyList<int> VirtualMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The copies that are being made of it.</summary>
    public IReadOnlyList<int> CloneIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The apps that are being made of it.</summary>
    public IReadOnlyList<int> AppCloneIds { get; init; } = ModelList<int>.Empty;

    /// <summary>Its snapshots.</summary>
    public DiskSnapshots? Snapshots { get; init; }

    /// <summary>For a backup: its increments.</summary>
    public IReadOnlyList<BackupIncrement> BackupIncrements { get; init; } = ModelList<BackupIncrement>.Empty;

    /// <summary>For a backup: the disks in it.</summary>
    public IReadOnlyList<int> BackupDiskIds { get; init; } = ModelList<int>.Empty;

    /// <summary>What went wrong last, as OpenNebula notes it in <c>TEMPLATE/ERROR</c>.</summary>
    public string? Error => TemplateValue("ERROR");

    static ReadOnlySpan<byte> IModel<Image>.ElementName => "IMAGE"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>IMAGE</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Image Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Image>(xml);

    /// <summary>Reads an element of an answer: <c>IMAGE</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Image ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Image IModel<Image>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Image Read(ref ModelReader reader) => new(ref reader);
}
