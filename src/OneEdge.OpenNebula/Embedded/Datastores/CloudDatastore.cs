using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A datastore.</summary>
internal sealed class CloudDatastore(int id, string name) : CloudObject(ObjectKind.Datastore, id, name)
{
    // The slash that is one too many is in the configuration that OpenNebula comes with.
    private const string Location = "/var/lib/one//datastores/";

    public DatastoreType Type { get; set; }

    public int DiskType { get; set; }

    public string ImageDriver { get; set; } = "";

    public string TransferDriver { get; set; } = "";

    public bool IsEnabled { get; set; } = true;

    public SortedSet<int> Clusters { get; } = [];

    public SortedSet<int> Images { get; } = [];

    public long TotalMegabytes { get; private set; }

    public long FreeMegabytes { get; private set; }

    public long UsedMegabytes { get; private set; }

    public string BasePath { get; } = string.Create(CultureInfo.InvariantCulture, $"{Location}{id}");

    public bool IsPersistentOnly => StorageDrivers.Images(ImageDriver)?.IsPersistentOnly == true;

    /// <summary>The format that its images must have; <see langword="null"/> when they may have any.</summary>
    public string? Format => StorageDrivers.Transfer(TransferDriver)?.Driver ?? Vacant(Template.Get("DRIVER"));

    /// <summary>The room for images; <see langword="null"/> when it is not looked at.</summary>
    public long? Available
    {
        get
        {
            if (Template.Get("DATASTORE_CAPACITY_CHECK") is { } check && !TemplateTexts.IsYes(check)) return null;
            return Template.TryGet("LIMIT_MB", out long limit) ? Sizes.Left(limit, UsedMegabytes) : FreeMegabytes;
        }
    }

    public override IEnumerable<int> ClusterIds => Clusters;

    protected override IReadOnlyList<string> EncryptedNames { get; } = ["RESTIC_PASSWORD"];

    public void SetCapacity(long total, long free, long used) => (TotalMegabytes, FreeMegabytes, UsedMegabytes) = (total, free, used);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("DATASTORE");
        WriteHead(xml);
        Permissions.Write(xml);
        xml.CData("DS_MAD", ImageDriver);
        xml.CData("TM_MAD", TransferDriver);
        xml.CData("BASE_PATH", BasePath);
        xml.Element("TYPE", (int)Type);
        xml.Element("DISK_TYPE", DiskType);
        xml.Element("STATE", IsEnabled ? 0 : 1);
        xml.Ids("CLUSTERS", Clusters);
        xml.Element("TOTAL_MB", TotalMegabytes);
        xml.Element("FREE_MB", FreeMegabytes);
        xml.Element("USED_MB", UsedMegabytes);
        xml.Ids("IMAGES", Images);
        WriteTemplate(xml, view);
        xml.Close("DATASTORE");
    }

    private static string? Vacant(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
