namespace OneEdge.OpenNebula.Embedded;

/// <summary>An image.</summary>
internal sealed class CloudImage(int id, string name) : CloudObject(ObjectKind.Image, id, name)
{
    public ImageType Type { get; set; }

    public int DiskType { get; init; }

    public bool IsPersistent { get; set; }

    public long Registered { get; init; }

    public string Source { get; set; } = "";

    public string Path { get; init; } = "";

    public string Format { get; set; } = "";

    public string FileSystem { get; init; } = "";

    /// <summary>The size in MiB.</summary>
    public long Size { get; set; }

    public ImageState State { get; private set; } = ImageState.Locked;

    /// <summary>The state when the image was last published.</summary>
    public ImageState PreviousState { get; private set; }

    /// <summary>The image that it is copied from; -1 when it is not.</summary>
    public int CloningId { get; set; } = -1;

    /// <summary>The snapshot that work is done with; -1 without.</summary>
    public int TargetSnapshot { get; set; } = -1;

    public int DatastoreId { get; init; }

    public string DatastoreName { get; set; } = "";

    /// <summary>The machines that use it.</summary>
    public SortedSet<int> Vms { get; } = [];

    /// <summary>The images that are copied from it now.</summary>
    public SortedSet<int> Clones { get; } = [];

    /// <summary>The applications that are made of it now.</summary>
    public SortedSet<int> AppClones { get; } = [];

    public ImageSnapshots Snapshots { get; } = new();

    public BackupIncrements Increments { get; } = new();

    /// <summary>The disks of the machine that a backup has.</summary>
    public SortedSet<int> BackupDisks { get; } = [];

    public bool IsLocked => State is ImageState.Locked or ImageState.LockedUsed or ImageState.LockedUsedPersistent;

    public int CloningCount => Clones.Count + AppClones.Count;

    public string StateName => StateNames.Of(State);

    /// <summary>Whether its state was not published yet.</summary>
    public bool HasNews => State != PreviousState;

    /// <summary>Changes the state, which takes away any lock, as the core does.</summary>
    public void Set(ImageState state)
    {
        if (state != ImageState.Locked) Lock = null;
        State = state;
    }

    public void Settle() => PreviousState = State;

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("IMAGE");
        WriteHead(xml);
        WriteLock(xml);
        Permissions.Write(xml);
        WriteContent(xml);
        WriteState(xml);
        xml.Ids("VMS", Vms);
        xml.Ids("CLONES", Clones);
        xml.Ids("APP_CLONES", AppClones);
        WriteTemplate(xml, view);
        Snapshots.Write(xml);
        Increments.Write(xml);
        xml.Ids("BACKUP_DISK_IDS", BackupDisks);
        xml.Close("IMAGE");
    }

    private void WriteContent(XmlText xml)
    {
        xml.Element("TYPE", (int)Type);
        xml.Element("DISK_TYPE", DiskType);
        xml.Element("PERSISTENT", IsPersistent ? 1 : 0);
        xml.Element("REGTIME", Registered);
        xml.CData("SOURCE", Source);
        xml.CData("PATH", Path);
        xml.CData("FORMAT", Format);
        xml.CData("FS", FileSystem);
        xml.Element("SIZE", Size);
    }

    private void WriteState(XmlText xml)
    {
        xml.Element("STATE", (int)State);
        xml.Element("PREV_STATE", (int)PreviousState);
        xml.Element("RUNNING_VMS", Vms.Count);
        xml.Element("CLONING_OPS", CloningCount);
        xml.Element("CLONING_ID", CloningId);
        xml.Element("TARGET_SNAPSHOT", TargetSnapshot);
        xml.Element("DATASTORE_ID", DatastoreId);
        xml.Element("DATASTORE", DatastoreName);
    }
}
