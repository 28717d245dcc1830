namespace OneEdge.OpenNebula.Embedded;

/// <summary>Images: allocated, then made ready by the storage, used by machines and copied (OpenNebula 6.10 source, src/image).</summary>
internal sealed partial class ImageArea : ObjectArea<CloudImage>
{
    public ImageArea(CloudState state)
        : base(state, ObjectKind.Image, "one.image", firstId: 0)
    {
    }

    public override void Register(MethodTable table)
    {
        table.Add("one.image.allocate", "sib", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        table.Add("one.image.delete", "ib", Delete);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.image.enable", "ib", Enable);
        table.Add("one.image.persistent", "ib", SetPersistent);
        table.Add("one.image.chtype", "is", ChangeType);
        table.Add("one.image.clone", "isi", call => Clone(call, call.Int(1), call.Text(2), call.Int(3, -1), isPersistent: false));
        table.Add("one.image.snapshotdelete", "ii", DeleteSnapshot);
        table.Add("one.image.snapshotrevert", "ii", RevertSnapshot);
        table.Add("one.image.snapshotflatten", "ii", FlattenSnapshot);
        table.Add("one.image.restore", "iis", Restore);
    }

    /// <summary>Publishes the state of an image when it changed.</summary>
    public void Save(CloudImage image)
    {
        if (image.HasNews) State.PublishChange(image, image.StateName);
        image.Settle();
        if (Pool.Find(image.Id) == image) State.Quotas.Settle(image);
    }

    /// <summary>The work of the storage is done: a locked image, or one in error, is ready or used again.</summary>
    public void Unlock(CloudImage image)
    {
        ImageState state = image.State switch
        {
            ImageState.Locked => ImageState.Ready,
            ImageState.LockedUsed => ImageState.Used,
            ImageState.LockedUsedPersistent => ImageState.UsedPersistent,
            ImageState.Error when image.Vms.Count == 0 => ImageState.Ready,
            ImageState.Error => image.IsPersistent ? ImageState.UsedPersistent : ImageState.Used,
            ImageState other => other,
        };
        if (state == image.State) return;
        image.Set(state);
        TellMachines(image);
    }

    /// <summary>The image is of no use.</summary>
    public void Fail(CloudImage image, string message)
    {
        bool waited = image.State is ImageState.LockedUsed or ImageState.LockedUsedPersistent;
        if (message.Length > 0) image.Template = TemplateTexts.With(image.Template, "ERROR", State.ErrorText(message));
        image.Set(ImageState.Error);
        if (waited) TellMachines(image);
        Save(image);
    }

    // Machines may wait for their images.
    private void TellMachines(CloudImage image)
    {
        foreach (int vm in image.Vms) State.Actions.After(TimeSpan.Zero, () => State.Vms.ImageChanged(vm));
    }

    protected override StoredTemplate Accept(CloudCall call, CloudImage item, StoredTemplate template) =>
        RestrictedNames.OfImages.Keep(call, item.Template, TemplateTexts.Without(template, "NAME"));

    private RpcValue Enable(CloudCall call)
    {
        (int id, bool enable) = (call.Int(1), call.Flag(2));
        CloudImage image = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, image);
        string failure = enable ? "Could not enable image: " : "Could not disable image: ";
        if (image.Type == ImageType.Backup) throw CallRefusal.Internal($"{failure}Backup images cannot be enabled or disabled.");
        if (image.State is not (ImageState.Ready or ImageState.Error or ImageState.Disabled))
            throw CallRefusal.Internal($"{failure}Image cannot be in state {image.StateName}.");
        if (!enable) image.Set(ImageState.Disabled);
        else if (image.State == ImageState.Disabled) image.Set(ImageState.Ready);
        else Unlock(image);
        Save(image);
        return id;
    }

    private RpcValue SetPersistent(CloudCall call)
    {
        (int id, bool persistent) = (call.Int(1), call.Flag(2));
        CloudImage image = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, image);
        if (image.Type == ImageType.Backup) throw CallRefusal.Action("BACKUP images must be persistent");
        if (!ImageNames.IsDisk(image.Type)) throw CallRefusal.Action("KERNEL, RAMDISK and CONTEXT must be non-persistent");
        if (!persistent && State.Datastores.Pool.Find(image.DatastoreId)?.IsPersistentOnly == true)
            throw CallRefusal.Internal("This Datastore only accepts persistent images.");
        string failure = persistent ? "Could not make image persistent: " : "Could not make image non-persistent: ";
        if (image.Snapshots.Count > 0 && !persistent) throw CallRefusal.Internal($"{failure}Image has snapshots.");
        if (image.State is ImageState.Used or ImageState.Clone or ImageState.UsedPersistent or ImageState.LockedUsed or ImageState.LockedUsedPersistent)
            throw CallRefusal.Internal($"{failure}Image cannot be in state {image.StateName}.");
        image.IsPersistent = persistent;
        return id;
    }

    private RpcValue ChangeType(CloudCall call)
    {
        (int id, string name) = (call.Int(1), call.Text(2));
        CloudImage image = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, image);
        if (image.Type == ImageType.Backup) throw CallRefusal.Action("Cannot change type for BACKUP images.");
        ImageType? wanted = ImageNames.TypeOf(name);
        if (ImageNames.IsDisk(image.Type) != ImageNames.IsDisk(wanted ?? ImageType.Os) || wanted == ImageType.Backup)
            throw CallRefusal.Action("Cannot change image type to an incompatible type for the current datastore.");
        if (image.Snapshots.Count > 0 && wanted is not (ImageType.Os or ImageType.DataBlock))
            throw CallRefusal.Internal("Image with snapshots can be only of type OS or DATABLOCK");
        image.Type = wanted ?? throw CallRefusal.Internal("Unknown type ");
        return id;
    }

    private RpcValue Restore(CloudCall call)
    {
        (int id, int datastore, string options) = (call.Int(1), call.Int(2), call.Text(3));
        CloudImage image = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, image);
        call.Authorize(AccessOperation.Manage, State.Datastores.Pool.Get(datastore));
        TemplateTexts.Parse(options);
        throw CallRefusal.Action(image.Type == ImageType.Backup
            ? "Backups have no data in a cloud of this process" : "Can only restore images of type BACKUP");
    }
}
