using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>How a machine is backed up, and the images that hold its backups (OpenNebula 6.10 source, src/vm/Backups.cc).</summary>
internal sealed class CloudVmBackups
{
    public const string Name = "BACKUP_CONFIG";

    private const string Full = "FULL";
    private const string Increment = "INCREMENT";

    public StoredTemplate Configuration { get; private set; } = CloudObject.EmptyTemplate;

    public SortedSet<int> Images { get; } = [];

    public bool IsConfigured => Configuration.Count > 0;

    public bool HasVolatile => TemplateTexts.IsYes(Configuration.Get("BACKUP_VOLATILE"));

    public bool IsIncremental => Configuration.Get("MODE") == Increment;

    public int KeepLast => Number("KEEP_LAST", 0);

    /// <summary>The datastore of the backup that is made now.</summary>
    public int Datastore => Number("LAST_DATASTORE_ID", -1);

    /// <summary>The image that increments are added to; -1 when the next backup is a whole one.</summary>
    public int IncrementalImage => Number("INCREMENTAL_BACKUP_ID", -1);

    public int LastIncrement => Number("LAST_INCREMENT_ID", -1);

    /// <summary>The job that the machine is of; -1 when it is of none.</summary>
    public int JobId
    {
        get => Number("BACKUP_JOB_ID", -1);
        set => Configuration = value < 0 ? TemplateTexts.Without(Configuration, "BACKUP_JOB_ID") : With("BACKUP_JOB_ID", value);
    }

    /// <summary>Whether increments are being joined, so that nothing can be backed up.</summary>
    public bool IsFlattening
    {
        get => TemplateTexts.IsYes(Configuration.Get("ACTIVE_FLATTEN"));
        set => Set("ACTIVE_FLATTEN", value ? "YES" : "NO");
    }

    /// <summary>Whether the next backup needs an image of its own.</summary>
    public bool NeedsImage => !IsIncremental || IncrementalImage == -1;

    /// <summary>The disks that are backed up.</summary>
    public static IEnumerable<TemplateAttribute> Disks(CloudVm vm, bool withVolatile) => vm.Template.Vectors("DISK").Where(d =>
        Upper(d, "TYPE") is not ("SWAP" or "CDROM" or "RBD_CDROM") && (withVolatile || Upper(d, "TYPE") != "FS"));

    /// <summary>Whether the disks of a machine can be backed up in increments.</summary>
    public static bool AllowsIncrements(CloudVm vm, bool withVolatile) => vm.Template.Vectors("DISK").All(d =>
        Upper(d, "TYPE") is "RBD" or "SWAP" || (Upper(d, "TYPE") == "FS" && !withVolatile)
        || (Upper(d, "FORMAT") == "QCOW2" && (!d.TryGet("DISK_ID", out int id) || vm.SnapshotsOf(id)?.IsEmpty != false)));

    /// <summary>Takes what a template says.</summary>
    /// <param name="sent">The <c>BACKUP_CONFIG</c>.</param>
    /// <param name="allowsIncrements">Whether the machine can be backed up in increments.</param>
    /// <param name="isAppended">Whether what is not sent stays as it is.</param>
    public void Read(TemplateAttribute sent, bool allowsIncrements, bool isAppended)
    {
        if (sent.TryGet("KEEP_LAST", out int keep)) Set("KEEP_LAST", Math.Max(0, keep));
        else if (!isAppended) Configuration = TemplateTexts.Without(Configuration, "KEEP_LAST");
        if (sent.Get("BACKUP_VOLATILE") is { Length: > 0 } hasVolatile) Set("BACKUP_VOLATILE", TemplateTexts.IsYes(hasVolatile) ? "YES" : "NO");
        else if (!isAppended) Set("BACKUP_VOLATILE", "NO");
        if (Upper(sent, "FS_FREEZE") is { Length: > 0 } freeze) Set("FS_FREEZE", freeze is "AGENT" or "SUSPEND" ? freeze : "NONE");
        else if (!isAppended) Set("FS_FREEZE", "NONE");
        if (allowsIncrements)
        {
            ReadMode(sent, isAppended);
            return;
        }

        ForgetIncrements();
        Set("MODE", Full);
        Configuration = TemplateTexts.Without(Configuration, "INCREMENT_MODE");
    }

    public void Begin(int datastore, bool resets)
    {
        Set("LAST_DATASTORE_ID", datastore);
        if (resets) ForgetIncrements();
    }

    /// <summary>A backup came to an end: what was noted for it is not needed any more.</summary>
    public void End() =>
        Configuration = TemplateTexts.Without(Configuration, "LAST_DATASTORE_ID", "LAST_BACKUP_ID", "LAST_BACKUP_SIZE", "LAST_BACKUP_FORMAT");

    public void Follow(int image, int increment)
    {
        Set("INCREMENTAL_BACKUP_ID", image);
        Set("LAST_INCREMENT_ID", increment);
    }

    /// <summary>The next backup is a whole one.</summary>
    public void ForgetIncrements() => Follow(-1, -1);

    /// <summary>What changes the disks ends a row of increments.</summary>
    public void Restart()
    {
        if (IsConfigured) ForgetIncrements();
    }

    /// <summary>The oldest images beyond those that are to be kept.</summary>
    public int[] Superfluous() => KeepLast == 0 ? [] : [.. Images.Take(Images.Count - KeepLast)];

    public void Write(XmlText xml, bool isShort = false)
    {
        xml.Open("BACKUPS");
        if (IsConfigured) xml.Template(Name, Configuration);
        else xml.Nothing(Name);
        if (isShort && Images.Count == 0) xml.Nothing("BACKUP_IDS");
        else xml.Ids("BACKUP_IDS", Images);
        xml.Close("BACKUPS");
    }

    /// <summary>A copy that does not change any more.</summary>
    public CloudVmBackups Copy()
    {
        var copy = new CloudVmBackups { Configuration = Configuration };
        copy.Images.UnionWith(Images);
        return copy;
    }

    private void ReadMode(TemplateAttribute sent, bool isAppended)
    {
        string mode = Upper(sent, "MODE");
        if (mode.Length == 0 && isAppended) return;
        if (mode != Increment || !IsIncremental) ForgetIncrements();
        Set("MODE", mode == Increment ? Increment : Full);
        if (Upper(sent, "INCREMENT_MODE") is { Length: > 0 } way) Set("INCREMENT_MODE", way == "SNAPSHOT" ? way : "CBT");
        else if (!isAppended) Set("INCREMENT_MODE", "CBT");
    }

    private static string Upper(TemplateAttribute vector, string name) => (vector.Get(name) ?? "").ToUpperInvariant();

    private int Number(string name, int orElse) => Configuration.TryGet(name, out int number) ? number : orElse;

    private void Set(string name, int value) => Configuration = With(name, value);

    private void Set(string name, string value) => Configuration = TemplateTexts.With(Configuration, name, value);

    private StoredTemplate With(string name, int value) => TemplateTexts.With(Configuration, name, value.ToString(CultureInfo.InvariantCulture));
}
