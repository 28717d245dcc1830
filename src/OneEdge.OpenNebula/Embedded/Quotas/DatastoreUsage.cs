namespace OneEdge.OpenNebula.Embedded;

/// <summary>What images use.</summary>
internal static class DatastoreUsage
{
    /// <summary>What an image uses: while a machine writes into it, as much as the disk.</summary>
    /// <param name="image">The image.</param>
    /// <param name="vm">The machine whose persistent disk it is.</param>
    public static QuotaUsage Of(CloudImage image, CloudVm? vm)
    {
        string id = FormattableString.Invariant($"{image.Id}");
        TemplateAttribute? disk = vm?.Template.Vectors("DISK").FirstOrDefault(d => d.Get("IMAGE_ID") == id);
        return OfImage(image.DatastoreId, disk is null ? (decimal)image.Size + image.Snapshots.TotalSize : VmUsage.SizeOf(disk));
    }

    /// <summary>What an image of a size uses.</summary>
    public static QuotaUsage OfImage(int datastore, decimal size)
    {
        var usage = new QuotaUsage();
        Add(usage, datastore, size, images: 1);
        return usage;
    }

    /// <summary>What is used more when an image grows.</summary>
    public static QuotaUsage OfGrowth(int datastore, decimal size)
    {
        var usage = new QuotaUsage();
        Add(usage, datastore, size, images: 0);
        return usage;
    }

    public static void Add(QuotaUsage usage, int datastore, decimal size, int images)
    {
        usage.Add(QuotaKind.Datastore, datastore, QuotaKind.Size, size);
        usage.Add(QuotaKind.Datastore, datastore, QuotaKind.Images, images);
    }
}
