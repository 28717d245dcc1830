namespace OneEdge.OpenNebula.Embedded;

/// <summary>Disks of machines that are saved as new images.</summary>
internal sealed partial class ImageArea
{
    /// <summary>Begins to save a disk: the new image is locked until <see cref="EndSave"/>.</summary>
    public int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type)
    {
        CloudImage origin = disk.TryGet("IMAGE_ID", out int id) ? Pool.Get(id)
            : throw CallRefusal.Internal("Cannot use DISK. DISK does not have a valid IMAGE_ID.");
        if (!ImageNames.IsDisk(origin.Type)) throw CallRefusal.Internal($"Cannot save_as image of type {ImageNames.Of(origin.Type)}");
        CloudDatastore datastore = State.Datastores.Pool.Get(origin.DatastoreId);
        long size = disk.TryGet("SIZE", out long megabytes) ? megabytes : 0;
        if (datastore.Available is { } available && size > available) throw CallRefusal.Action("Not enough space in datastore");
        List<TemplateAttribute> attributes =
        [
            new("NAME", name),
            new("SIZE", FormattableString.Invariant($"{size}")),
            new("SAVED_IMAGE_ID", FormattableString.Invariant($"{id}")),
            new("SAVED_DISK_ID", disk.Get("DISK_ID") ?? ""),
            new("SAVED_VM_ID", FormattableString.Invariant($"{vm.Id}")),
            new(Saving, "YES"),
            new("TYPE", type.Length > 0 ? type : ImageNames.Of(origin.Type)),
        ];
        foreach (string inherited in (string[])["TARGET", "DEV_PREFIX"])
        {
            if (origin.Template.Get(inherited) is { Length: > 0 } value) attributes.Add(new TemplateAttribute(inherited, value));
        }

        StoredTemplate template = WithPersistence(call, StoredTemplate.Create(attributes), isNew: false);
        call.Authorize((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Use, datastore.Access));
        State.Quotas.Require(call, () => DatastoreUsage.OfImage(datastore.Id, size));
        CloudImage image = Create(call, template, datastore);
        State.Actions.After(State.Options.Delays.Image, () => image.Format = disk.Get("FORMAT") ?? disk.Get("DRIVER") ?? image.Format);
        return image.Id;
    }

    /// <summary>The image of <see cref="BeginSave"/> is there, or failed.</summary>
    public void EndSave(int imageId, bool isSaved)
    {
        if (Pool.Find(imageId) is not { } image || image.State == ImageState.Delete) return;
        image.Template = TemplateTexts.Without(image.Template, Saving);
        if (!isSaved)
        {
            Fail(image, "");
            return;
        }

        // Work of the storage that is planned for later finds nothing to do.
        Unlock(image);
        Save(image);
    }
}
