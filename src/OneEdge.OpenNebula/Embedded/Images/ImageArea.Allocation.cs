namespace OneEdge.OpenNebula.Embedded;

/// <summary>How images come to be, and go.</summary>
internal sealed partial class ImageArea
{
    /// <summary>Makes an image in a datastore, locked until the storage is done.</summary>
    /// <returns>The image, which is in the pool.</returns>
    /// <exception cref="CallRefusal">The text of an allocation that failed (16384).</exception>
    internal CloudImage Create(CloudCall call, StoredTemplate template, CloudDatastore datastore, int cloningId = -1) =>
        CallRefusal.WhileAllocating(Kind, () => Enroll(call, template, datastore, cloningId));

    /// <summary>Whether an image is persistent: as its template says, or as its owner or the group has it by default.</summary>
    internal StoredTemplate WithPersistence(CloudCall call, StoredTemplate template, bool isNew)
    {
        bool persistent = TemplateTexts.IsYes(template.Get("PERSISTENT"));
        string setting = isNew ? "DEFAULT_IMAGE_PERSISTENT_NEW" : "DEFAULT_IMAGE_PERSISTENT";
        string? byDefault = State.Users.Pool.Find(call.Caller.Uid)?.Template.Get(setting) ?? State.Groups.Pool.Find(call.Caller.Gid)?.Template.Get(setting);
        if (!string.IsNullOrEmpty(byDefault) && !(isNew && template.Get("PERSISTENT") is not null)) persistent = TemplateTexts.IsYes(byDefault);
        template = TemplateTexts.With(template, "PERSISTENT", persistent ? "YES" : "NO");
        bool isShared = string.Equals(template.Get("PERSISTENT_TYPE"), "SHAREABLE", StringComparison.OrdinalIgnoreCase);
        return !persistent && isShared ? TemplateTexts.Without(template, "PERSISTENT_TYPE") : template;
    }

    /// <summary>Deletes an image where that can be done.</summary>
    internal void TryDelete(CloudCall call, CloudImage image)
    {
        try
        {
            if (image.IsLocked) return;
            call.Authorize(AccessOperation.Manage, image);
            Drop(call, image);
        }
        catch (CallRefusal)
        {
            // A template goes without its images, too.
        }
    }

    /// <summary>Changes the permissions of an image where that can be done.</summary>
    internal static void TryChmod(CloudCall call, CloudImage image, ReadOnlySpan<int> wanted)
    {
        try
        {
            Chmod(call, image, wanted);
        }
        catch (CallRefusal)
        {
            // The same.
        }
    }

    protected override RpcValue Delete(CloudCall call)
    {
        (int id, bool force) = (call.Int(1), call.Flag(2, false));
        CloudImage image = Pool.Get(id);
        if (image.IsLocked && !force)
        {
            const string hint = "Image locked, use --force flag to remove the image. Force delete may leave some files on Datastore";
            throw new CallRefusal(OpenNebulaErrorKind.Internal, hint, id);
        }

        if (force && State.Access.Allows(call.Caller, image.IsLocked ? AccessOperation.Admin : AccessOperation.Manage, image.Access))
            image.Template = TemplateTexts.With(image.Template, "FORCE_DELETE", "YES");
        string? before = State.Events.IsObserved ? image.ToXml(State.SealedView) : null;
        call.Extra = () => before ?? "";
        call.Authorize(image.IsLocked ? AccessOperation.Admin : AccessOperation.Manage, image);
        Drop(call, image);
        State.Access.RemoveRulesOf(Kind, id);
        return id;
    }

    protected override void Drop(CloudCall call, CloudImage item) => Discard(item);

    private void Discard(CloudImage item)
    {
        CheckBackup(item);
        if (item.State == ImageState.Clone) throw CannotDelete(FormattableString.Invariant($"There are {item.CloningCount} active clone operations."));
        bool isUsed = item.State is ImageState.Used or ImageState.UsedPersistent or ImageState.LockedUsed or ImageState.LockedUsedPersistent
            || (item.State == ImageState.Ready && item.Vms.Count > 0 && item.Type != ImageType.Backup);
        if (isUsed) throw CannotDelete(FormattableString.Invariant($"There are {item.Vms.Count} VMs using it."));
        int cloning = item.State == ImageState.Locked ? item.CloningId : -1;
        if (item.Source.Length == 0)
        {
            Remove(item);
        }
        else
        {
            item.Set(ImageState.Delete);
            item.CloningId = -1;
            Save(item);
            State.Work(EmbeddedWork.ImageDelete, item.Id, success => EndDelete(item, success));
        }

        if (cloning >= 0) ReleaseClone(cloning, i => i.Clones.Remove(item.Id));
    }

    private void EndDelete(CloudImage image, bool success)
    {
        if (Pool.Find(image.Id) != image) return;
        if (success || TemplateTexts.IsYes(image.Template.Get("FORCE_DELETE")))
        {
            Remove(image);
            return;
        }

        Fail(
            image,
            "Error removing image from datastore. Retry the operation or manually remove image source  and run the delete --force operation "
            + "to completely delete the image");
    }

    private void Remove(CloudImage image)
    {
        State.Quotas.Forget(image);
        if (!Pool.Remove(image) || State.Datastores.Pool.Find(image.DatastoreId) is not { } datastore) return;
        datastore.Images.Remove(image.Id);
        ForgetBackup(image);
        State.Datastores.Monitor(datastore);
    }

    private RpcValue Allocate(CloudCall call)
    {
        (string text, int datastoreId) = (call.Text(1), call.Int(2));
        bool ignoresCapacity = call.Count > 3 && call.Caller.IsAdmin && call.Flag(3);
        StoredTemplate template = TemplateTexts.Parse(text);
        CloudDatastore datastore = State.Datastores.Pool.Get(datastoreId);
        if (datastore.Type is DatastoreType.System or DatastoreType.Backup)
            throw CallRefusal.Allocate(Kind, "New images can only be allocated in a files or image datastore.");
        (template, long size) = Sized(template, datastore);
        if (!ignoresCapacity && datastore.Available is { } available && size > available) throw CallRefusal.Action("Not enough space in datastore");
        if (!call.Caller.IsAdmin && RestrictedNames.OfImages.First(template) is { } restricted)
            throw CallRefusal.Authorization(call.Caller, $"Template includes a restricted attribute {restricted}");
        call.Authorize((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Use, datastore.Access));
        State.Quotas.Require(call, () => DatastoreUsage.OfImage(datastoreId, size));
        template = WithPersistence(call, template, isNew: true);
        if (datastore.IsPersistentOnly && !TemplateTexts.IsYes(template.Get("PERSISTENT")))
            throw CallRefusal.Allocate(Kind, "This Datastore only accepts persistent images.");
        CloudImage image = Create(call, template, datastore);
        call.Extra = () => image.ToXml(State.SealedView);
        return image.Id;
    }

    // The size comes from an application of a marketplace, from the template, or from the storage that looks at the file.
    private (StoredTemplate Template, long Size) Sized(StoredTemplate template, CloudDatastore datastore)
    {
        if (template.TryGet("FROM_APP", out int app))
        {
            CloudApp source = State.Apps.Pool.Find(app) ?? throw CallRefusal.Internal("Cannot determine image SIZE.");
            template = source.Describe(template);
            if (!string.IsNullOrEmpty(datastore.Template.Get("DRIVER"))) template = TemplateTexts.Without(template, "DRIVER");
            return (TemplateTexts.With(template, "SIZE", FormattableString.Invariant($"{source.Size}")), source.Size);
        }

        if (template.TryGet("FROM_BACKUP_DS", out int backups))
            datastore = State.Datastores.Pool.Find(backups) ?? throw CallRefusal.Internal("Could not get associated backup datastore.");
        long size = SizeOf(template, datastore);
        return (TemplateTexts.With(template, "SIZE", FormattableString.Invariant($"{size}")), size);
    }

    private long SizeOf(StoredTemplate template, CloudDatastore datastore)
    {
        const string failure = "Cannot parse image SIZE: ";
        const string wrong = $"{failure}Wrong number or missing SIZE attribute.";
        string sent = template.Get("TYPE") ?? "";
        ImageType type = ImageNames.TypeOf(sent) ?? ImageType.Os;
        bool hasSize = template.TryGet("SIZE", out long size);
        if (type == ImageType.Backup) return hasSize ? size : throw CallRefusal.Internal(failure);
        if (!string.IsNullOrEmpty(template.Get("SOURCE"))) return hasSize ? size : throw CallRefusal.Internal(wrong);
        if (template.Get("PATH") is { Length: > 0 } path)
            return SimulatedStorage.TryStat(State, datastore, path, out size, out string? problem) ? size : throw CallRefusal.Internal(failure + problem);
        if (type is not (ImageType.Os or ImageType.DataBlock)) throw CallRefusal.Internal($"{failure}Either PATH or SOURCE are required for {sent}");
        return hasSize ? size : throw CallRefusal.Internal(wrong);
    }

    private CloudImage Enroll(CloudCall call, StoredTemplate template, CloudDatastore datastore, int cloningId)
    {
        string name = template.Get("NAME") ?? "";
        if (NameRules.Problem(name) is { } problem) throw CallRefusal.Internal(problem);
        ImageType? type = ImageNames.TypeOf(template.Get("TYPE"));
        CheckPlace(type ?? ImageType.Os, datastore.Type);
        if (NameOwner(name, call.Caller.Uid) is { } owner) throw CallRefusal.Internal(NameRules.Taken(owner));
        if (cloningId >= 0) CheckClone(cloningId);
        string format = FormatOf(template, type ?? throw CallRefusal.Internal("Unknown type "), datastore, cloningId >= 0);
        bool isDisk = ImageNames.IsDisk(type.Value);
        var image = new CloudImage(Pool.TakeId(), name)
        {
            Type = type.Value,
            DiskType = datastore.DiskType,
            IsPersistent = type == ImageType.Backup || (isDisk && TemplateTexts.IsYes(template.Get("PERSISTENT"))),
            Registered = State.Time,
            Source = template.Get("SOURCE") ?? "",
            Path = template.Get("PATH") ?? "",
            Format = format,
            FileSystem = template.Get("FS") ?? "",
            Size = template.TryGet("SIZE", out long size) ? size : 0,
            CloningId = cloningId,
            DatastoreId = datastore.Id,
            DatastoreName = datastore.Name,
            Template = Kept(template, type.Value, datastore),
        };
        Own(call, image);
        Pool.Add(image);
        datastore.Images.Add(image.Id);
        State.Quotas.Settle(image);
        Begin(image, datastore);
        return image;
    }

    private static void CheckPlace(ImageType type, DatastoreType place)
    {
        if (ImageNames.IsDisk(type) && place != DatastoreType.Image)
            throw CallRefusal.Internal("Only IMAGES of type KERNEL, RAMDISK and CONTEXT can be registered in a FILE_DS datastore");
        if (type is ImageType.Kernel or ImageType.RamDisk or ImageType.Context && place != DatastoreType.File)
            throw CallRefusal.Internal("IMAGES of type KERNEL, RAMDISK and CONTEXT cannot be registered in an IMAGE_DS datastore");
        if (type == ImageType.Backup && place != DatastoreType.Backup)
            throw CallRefusal.Internal("IMAGES of type BACKUP can only be registered in an BACKUP_DS datastore");
    }

    private static string FormatOf(StoredTemplate template, ImageType type, CloudDatastore datastore, bool isClone)
    {
        string format = template.Get("FORMAT") ?? "";
        if (TemplateTexts.IsYes(template.Get(Saving))) return "save_as";
        if (isClone) return format;
        bool hasPath = !string.IsNullOrEmpty(template.Get("PATH"));
        if (!string.IsNullOrEmpty(template.Get("SOURCE")))
        {
            if (hasPath) throw CallRefusal.Internal("PATH and SOURCE cannot be both set.");
            return format.Length > 0 ? format : throw CallRefusal.Internal("SOURCE needs FORMAT to be set.");
        }

        if (type == ImageType.Backup) throw CallRefusal.Internal("SOURCE cannot be empty for BACKUP images");
        if (hasPath) return "";
        if (type is not (ImageType.DataBlock or ImageType.Os)) throw CallRefusal.Internal("No PATH nor SOURCE in template.");
        return datastore.Format ?? (format.Length > 0 ? format : "raw");
    }

    private static StoredTemplate Kept(StoredTemplate template, ImageType type, CloudDatastore datastore)
    {
        bool isEmpty = string.IsNullOrEmpty(template.Get("PATH")) && string.IsNullOrEmpty(template.Get("SOURCE"));
        StoredTemplate kept = TemplateTexts.Without(
            template, "NAME", "TYPE", "PERSISTENT", "SIZE", "FS", "DRIVER", "PATH", "SOURCE", "FORMAT", "TM_MAD");
        if (isEmpty && !TemplateTexts.IsYes(template.Get(Saving)) && datastore.Format is { } driver) kept = TemplateTexts.With(kept, "DRIVER", driver);
        if (!ImageNames.IsDisk(type)) return TemplateTexts.Without(kept, "DEV_PREFIX");
        return !string.IsNullOrEmpty(kept.Get("DEV_PREFIX")) ? kept : TemplateTexts.With(kept, "DEV_PREFIX", type == ImageType.CdRom ? "hd" : "sd");
    }

    // What the storage does with a new image; with a source of its own there is nothing to do.
    private void Begin(CloudImage image, CloudDatastore datastore)
    {
        if (image.CloningId >= 0)
        {
            BeginClone(image, datastore);
            return;
        }

        if (image.Path.Length == 0 && image.Source.Length > 0)
        {
            Unlock(image);
            Save(image);
            return;
        }

        bool isSaved = TemplateTexts.IsYes(image.Template.Get(Saving));
        State.Work(EmbeddedWork.ImageCreate, image.Id, success =>
        {
            if (Pool.Find(image.Id) != image || image.State == ImageState.Delete) return;
            if (!success)
            {
                Fail(image, image.Path.Length > 0 ? "Error copying image in the datastore" : "Error creating datablock");
                return;
            }

            image.Source = SimulatedStorage.NewSource(State, datastore);
            if (image.Path.Length > 0) image.Format = SimulatedStorage.FormatOf(datastore, image.Path);
            if (!isSaved) Unlock(image);
            Save(image);
            State.Datastores.Monitor(datastore);
        });
    }
}
