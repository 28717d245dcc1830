namespace OneEdge.OpenNebula;

/// <summary>A disk of a virtual machine.</summary>
/// <param name="Attribute">The attribute <c>DISK</c>, with all that OpenNebula and its drivers know of the disk.</param>
public sealed record VmDisk(TemplateAttribute Attribute)
{
    /// <summary>The number of the disk in its machine.</summary>
    public int? DiskId => Number("DISK_ID");

    /// <summary>The image; <see langword="null"/> for a volatile disk.</summary>
    public int? ImageId => Number("IMAGE_ID");

    /// <summary>The name of the image.</summary>
    public string? ImageName => Attribute.Get("IMAGE");

    /// <summary>The datastore of the image.</summary>
    public int? DatastoreId => Number("DATASTORE_ID");

    /// <summary>The size in MiB.</summary>
    public long? SizeMb => Attribute.TryGet("SIZE", out long size) ? size : null;

    /// <summary>The device in the machine, such as <c>vda</c>.</summary>
    public string? Target => Attribute.Get("TARGET");

    /// <summary>How the disk is kept: <c>FILE</c>, <c>BLOCK</c>, <c>RBD</c>..., or for a volatile disk <c>fs</c> or <c>swap</c>.</summary>
    public string? Type => Attribute.Get("TYPE");

    /// <summary>The format of the disk, such as <c>qcow2</c>.</summary>
    public string? Format => Attribute.Get("FORMAT");

    /// <summary>Whether changes stay in the image.</summary>
    public bool IsPersistent => string.Equals(Attribute.Get("PERSISTENT"), "YES", StringComparison.OrdinalIgnoreCase);

    private int? Number(string name) => Attribute.TryGet(name, out int value) ? value : null;
}
