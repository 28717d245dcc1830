namespace OneEdge.OpenNebula.Embedded;

/// <summary>The images behind the disks of machines (OpenNebula 6.10 source, src/image/ImageManagerActions.cc and Image.cc).</summary>
internal sealed class ImageDisks(CloudState state) : IVmDisks
{
    // What disks get from the template of their image and their datastore (OpenNebula 6.10, share/etc/oned.conf).
    private static readonly string[] OfImages = ["DISK_TYPE", "ISCSI_HOST", "ISCSI_IQN", "ISCSI_USAGE", "ISCSI_USER", "LUKS_SECRET"];

    private static readonly string[] OfDatastores =
    [
        "ALLOW_ORPHANS", "CEPH_CONF", "CEPH_HOST", "CEPH_KEY", "CEPH_SECRET", "CEPH_TRASH", "CEPH_USER", "DISK_TYPE", "GLUSTER_HOST", "GLUSTER_VOLUME",
        "ISCSI_HOST", "ISCSI_USAGE", "ISCSI_USER", "POOL_NAME", "QCOW2_STANDALONE", "SPARSE",
    ];

    public TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute disk)
    {
        if (Find(caller, disk) is not { } image) return disk;
        state.Access.Authorize(caller, (AccessOperation.Use, image.Access));
        CheckSize(image, disk);
        Acquire(image, vm.Id, isAttached: vm.State != VmState.Init);
        return Complete(image, disk);
    }

    public void Release(CloudVm vm, TemplateAttribute disk, bool isSaved)
    {
        if (!disk.TryGet("IMAGE_ID", out int id) || state.Images.Pool.Find(id) is not { } image || !ImageNames.IsDisk(image.Type)) return;
        bool isPersistent = image.State is ImageState.UsedPersistent or ImageState.LockedUsedPersistent;
        if (!isPersistent && image.State is not (ImageState.Used or ImageState.LockedUsed)) return;
        if (image.State == ImageState.UsedPersistent) Keep(image, vm, disk);
        image.Vms.Remove(vm.Id);
        bool isLocked = image.State is ImageState.LockedUsed or ImageState.LockedUsedPersistent;
        if (isPersistent && !isSaved) image.Set(ImageState.Error);
        else if (image.Vms.Count == 0 && image.CloningCount == 0) image.Set(isLocked ? ImageState.Locked : ImageState.Ready);
        state.Images.Save(image);
    }

    public int BeginSave(CloudCall call, CloudVm vm, TemplateAttribute disk, string name, string type, int snapshot) =>
        state.Images.BeginSave(call, vm, disk, name, type);

    public void EndSave(int imageId, bool isSaved) => state.Images.EndSave(imageId, isSaved);

    public TemplateAttribute Extend(Caller caller, TemplateAttribute disk) => Wanted(caller, disk) is { } image ? Complete(image, disk) : disk;

    public TemplateAttribute Clone(CloudCall call, TemplateAttribute disk, string name, bool isPersistent)
    {
        if (Wanted(call.Caller, disk) is not { } image) return disk;
        try
        {
            int copy = state.Images.Clone(call, image.Id, name, -1, isPersistent);
            SortedDictionary<string, string> items = Vectors.Items(disk);
            foreach (string of in (string[])["IMAGE", "IMAGE_UNAME", "IMAGE_UID", "OPENNEBULA_MANAGED"]) items.Remove(of);
            items["IMAGE_ID"] = FormattableString.Invariant($"{copy}");
            return Vectors.Of(disk.Name, items);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action($"Failed to clone images: {refusal.Message}");
        }
    }

    public void DropClone(TemplateAttribute disk)
    {
        if (disk.TryGet("IMAGE_ID", out int id)) state.Images.TryDiscard([id]);
    }

    public void Delete(CloudCall call, TemplateAttribute disk)
    {
        if (Wanted(call.Caller, disk) is { } image) state.Images.TryDelete(call, image);
    }

    public void Chmod(CloudCall call, TemplateAttribute disk, ReadOnlySpan<int> wanted)
    {
        if (Wanted(call.Caller, disk) is { } image) ImageArea.TryChmod(call, image, wanted);
    }

    // What a machine did to a persistent image stays with it.
    private static void Keep(CloudImage image, CloudVm vm, TemplateAttribute disk)
    {
        if (disk.TryGet("SIZE", out long size)) image.Size = size;
        if (disk.TryGet("DISK_ID", out int id) && vm.SnapshotsOf(id) is { IsEmpty: false } snapshots) image.Snapshots.Load(XmlText.Of(snapshots.Write));
        else image.Snapshots.Clear();
    }

    private CloudImage? Wanted(Caller caller, TemplateAttribute disk)
    {
        try
        {
            return Find(caller, disk);
        }
        catch (CallRefusal)
        {
            return null;
        }
    }

    private CloudImage? Find(Caller caller, TemplateAttribute disk)
    {
        if (Vectors.Value(disk, "IMAGE_ID") is { } text)
        {
            return disk.TryGet("IMAGE_ID", out int id) && state.Images.Pool.Find(id) is { } byId ? byId
                : throw Refused($"Image with ID: {text} does not exist");
        }

        if (Vectors.Value(disk, "IMAGE") is not { } name) return null;
        int uid = OwnerOf(caller, disk);
        return state.Images.Pool.Find(name, uid) ?? throw Refused(FormattableString.Invariant(
            $"User {uid} does not own an image with name: {name} . Set IMAGE_UNAME or IMAGE_UID of owner in DISK."));
    }

    private int OwnerOf(Caller caller, TemplateAttribute disk)
    {
        if (disk.TryGet("IMAGE_UID", out int uid)) return uid;
        return Vectors.Value(disk, "IMAGE_UNAME") is { } name ? state.Users.Pool.Find(name)?.Id ?? -1 : caller.Uid;
    }

    private static void CheckSize(CloudImage image, TemplateAttribute disk)
    {
        if (!disk.TryGet("SIZE", out long size)) return;
        if (image.IsPersistent && size != image.Size)
            throw Refused(FormattableString.Invariant($"SIZE attribute is not supported for persistent image [{image.Id}]."));
        if (image.Type == ImageType.CdRom && size != image.Size)
            throw Refused(FormattableString.Invariant($"SIZE attribute is not supported for CDROM image [{image.Id}]."));
        if (size < image.Size)
            throw Refused(FormattableString.Invariant($"SIZE of {size}MB is less than the image [{image.Id}] size of {image.Size}MB."));
    }

    private void Acquire(CloudImage image, int vm, bool isAttached)
    {
        if (!ImageNames.IsDisk(image.Type))
            throw Refused(FormattableString.Invariant($"Image {image.Id} ({image.Name}) of type {ImageNames.Of(image.Type)} cannot be used as DISK."));
        bool isShared = string.Equals(image.Template.Get("PERSISTENT_TYPE"), "SHAREABLE", StringComparison.OrdinalIgnoreCase);
        string cannot = FormattableString.Invariant($"Cannot acquire image {image.Id}, ");
        switch (image.State)
        {
            case ImageState.Ready:
                image.Set(image.IsPersistent ? ImageState.UsedPersistent : ImageState.Used);
                break;
            case ImageState.UsedPersistent or ImageState.LockedUsedPersistent when !isShared:
                throw Refused($"{cannot}it is persistent and already in use");
            case ImageState.Locked or ImageState.LockedUsed or ImageState.LockedUsedPersistent when isAttached:
                throw Refused($"{cannot}it is locked");
            case ImageState.Locked:
                image.Set(image.IsPersistent ? ImageState.LockedUsedPersistent : ImageState.LockedUsed);
                break;
            case ImageState.Used or ImageState.UsedPersistent or ImageState.LockedUsed or ImageState.LockedUsedPersistent:
                break;
            default:
                throw Refused($"{cannot}it is in state: {image.StateName}");
        }

        image.Vms.Add(vm);
        state.Images.Save(image);
    }

    private TemplateAttribute Complete(CloudImage image, TemplateAttribute disk)
    {
        SortedDictionary<string, string> items = Vectors.Items(disk);
        items.TryAdd("DEV_PREFIX", image.Template.Get("DEV_PREFIX") ?? (image.Type == ImageType.CdRom ? "hd" : "sd"));
        items["IMAGE"] = image.Name;
        items["IMAGE_ID"] = FormattableString.Invariant($"{image.Id}");
        items["SOURCE"] = image.Source;
        items["ORIGINAL_SIZE"] = FormattableString.Invariant($"{image.Size}");
        items.TryAdd("SIZE", FormattableString.Invariant($"{image.Size}"));
        items["DISK_SNAPSHOT_TOTAL_SIZE"] = FormattableString.Invariant($"{image.Snapshots.TotalSize}");
        items["IMAGE_STATE"] = FormattableString.Invariant($"{(int)image.State}");
        SetFormat(image, items);
        SetUse(image, items);
        items["TYPE"] = DiskTypes.NameOf(image.Type == ImageType.CdRom ? DiskTypes.OfCd(image.DiskType) : image.DiskType);
        if (image.Template.Get("TARGET") is { Length: > 0 } target) items.TryAdd("TARGET", target);
        Inherit(items, image.Template, OfImages);
        if (state.Datastores.Pool.Find(image.DatastoreId) is { } datastore) SetPlace(datastore, items);
        return Vectors.Of(disk.Name, items);
    }

    private static void SetFormat(CloudImage image, SortedDictionary<string, string> items)
    {
        items.Remove("DRIVER");
        items.Remove("FORMAT");
        if (image.Format.Length == 0) return;
        items["DRIVER"] = items["FORMAT"] = image.Format.ToLowerInvariant();
    }

    private static void SetUse(CloudImage image, SortedDictionary<string, string> items)
    {
        string persistence = (image.Template.Get("PERSISTENT_TYPE") ?? "").ToUpperInvariant();
        items.Remove("CLONING");
        if (image.IsLocked) items["CLONING"] = "YES";
        if (image.Type == ImageType.CdRom || persistence == "IMMUTABLE")
        {
            (items["SAVE"], items["CLONE"], items["READONLY"]) = ("NO", "NO", "YES");
            return;
        }

        items.TryAdd("READONLY", TemplateTexts.IsYes(image.Template.Get("READONLY")) ? "YES" : "NO");
        (items["CLONE"], items["SAVE"]) = image.IsPersistent ? ("NO", "YES") : ("YES", "NO");
        if (!image.IsPersistent) return;
        items["PERSISTENT"] = "YES";
        if (persistence == "SHAREABLE" && image.Format == "raw") items["SHAREABLE"] = "YES";
    }

    private static void SetPlace(CloudDatastore datastore, SortedDictionary<string, string> items)
    {
        items["DATASTORE"] = datastore.Name;
        items["DATASTORE_ID"] = FormattableString.Invariant($"{datastore.Id}");
        items["TM_MAD"] = datastore.TransferDriver;
        items["CLUSTER_ID"] = IdList.Join(datastore.Clusters);
        string system = items.TryGetValue("TM_MAD_SYSTEM", out string? named) ? named.Trim().ToUpperInvariant() : "";
        foreach (string target in (string[])["CLONE_TARGET", "LN_TARGET"])
        {
            string? value = system.Length > 0 ? datastore.Template.Get($"{target}_{system}") : null;
            if ((value ?? datastore.Template.Get(target)) is { Length: > 0 } found) items.TryAdd(target, found);
        }

        Inherit(items, datastore.Template, OfDatastores);
        if (system.Length > 0 && datastore.Template.Get($"DISK_TYPE_{system}") is { Length: > 0 } type) items["DISK_TYPE"] = items["TYPE"] = type;
    }

    private static void Inherit(SortedDictionary<string, string> items, StoredTemplate from, string[] names)
    {
        foreach (string name in names)
        {
            if (from.Get(name) is { Length: > 0 } value && string.IsNullOrEmpty(items.GetValueOrDefault(name))) items[name] = value;
        }
    }

    private static CallRefusal Refused(string text) => CallRefusal.Internal(text);
}
