namespace OneEdge.OpenNebula.Embedded;

/// <summary>Copies of images, and work with their snapshots.</summary>
internal sealed partial class ImageArea
{
    private const string Saving = "SAVE_AS_HOT";

    /// <summary>Copies an image.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="id">The image.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="datastoreId">Where to; -1 for its own datastore.</param>
    /// <param name="isPersistent">Whether the copy is persistent whatever the image is.</param>
    /// <returns>The id of the copy.</returns>
    public int Clone(CloudCall call, int id, string name, int datastoreId, bool isPersistent)
    {
        CloudImage image = Pool.Get(id);
        if (!ImageNames.IsDisk(image.Type)) throw CallRefusal.Action("KERNEL, RAMDISK, BACKUP and CONTEXT cannot be cloned.");
        if (image.Snapshots.Count > 0) throw CallRefusal.Action("Cannot clone images with snapshots");
        StoredTemplate template = CloneTemplate(image, name);
        template = isPersistent ? TemplateTexts.With(template, "PERSISTENT", "YES") : WithPersistence(call, template, isNew: false);
        CloudDatastore datastore = State.Datastores.Pool.Get(datastoreId == -1 ? image.DatastoreId : datastoreId);
        if (datastore.Type != DatastoreType.Image) throw CallRefusal.Action("Clone only supported for IMAGE_DS Datastores");
        List<(AccessOperation, AccessTarget)> wanted =
            [(AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Use, image.Access), (AccessOperation.Use, datastore.Access)];
        if (datastore.Id != image.DatastoreId) wanted.Add((AccessOperation.Use, Origin(image, datastore).Access));
        if (datastore.Available is { } available && image.Size > available) throw CallRefusal.Action("Not enough space in datastore");
        call.Authorize([.. wanted]);
        State.Quotas.Require(call, () => DatastoreUsage.OfImage(datastore.Id, image.Size));
        return Create(call, template, datastore, id).Id;
    }

    /// <summary>An application is made of an image: it is used while that goes on.</summary>
    public void BeginExport(CloudImage image, int app) => Occupy(image, i => i.AppClones.Add(app));

    public void EndExport(int imageId, int app) => ReleaseClone(imageId, i => i.AppClones.Remove(app));

    private CloudDatastore Origin(CloudImage image, CloudDatastore target)
    {
        CloudDatastore origin = State.Datastores.Pool.Get(image.DatastoreId);
        if (origin.Type != DatastoreType.Image) throw CallRefusal.Action("Clone only supported for IMAGE_DS Datastores");
        return origin.ImageDriver == target.ImageDriver ? origin : throw CallRefusal.Action("Clone only supported to same DS_MAD Datastores");
    }

    private static StoredTemplate CloneTemplate(CloudImage image, string name)
    {
        StoredTemplate template = TemplateTexts.With(TemplateTexts.Without(image.Template, "VCENTER_IMPORTED"), "NAME", name);
        template = TemplateTexts.With(template, "TYPE", ImageNames.Of(image.Type));
        template = TemplateTexts.With(template, "PATH", image.Source);
        template = TemplateTexts.With(template, "FORMAT", image.Format);
        template = TemplateTexts.With(template, "SIZE", FormattableString.Invariant($"{image.Size}"));
        return TemplateTexts.With(template, "PERSISTENT", image.IsPersistent ? "YES" : "NO");
    }

    private void CheckClone(int id)
    {
        CloudImage image = Pool.Find(id) ?? throw CallRefusal.Internal("Cannot clone image, it does not exist");
        if (!CanCopy(image)) throw CallRefusal.Internal($"Cannot clone image in state: {image.StateName}");
    }

    private static bool CanCopy(CloudImage image) => image.State is ImageState.Ready or ImageState.Used or ImageState.Clone;

    private void Occupy(CloudImage image, Action<CloudImage> add)
    {
        if (!CanCopy(image)) throw CallRefusal.Internal("Cannot clone image in current state");
        add(image);
        if (image.State == ImageState.Ready) image.Set(image.IsPersistent ? ImageState.Clone : ImageState.Used);
        Save(image);
    }

    private void ReleaseClone(int id, Action<CloudImage> remove)
    {
        if (Pool.Find(id) is not { } image || image.State is not (ImageState.Used or ImageState.Clone)) return;
        remove(image);
        if (image.CloningCount == 0 && image.Vms.Count == 0) image.Set(ImageState.Ready);
        Save(image);
    }

    private void BeginClone(CloudImage copy, CloudDatastore datastore)
    {
        int id = copy.CloningId;
        Occupy(Pool.Get(id), i => i.Clones.Add(copy.Id));
        State.Work(EmbeddedWork.ImageCreate, copy.Id, success =>
        {
            if (Pool.Find(copy.Id) != copy || copy.CloningId < 0) return;
            copy.CloningId = -1;
            if (success)
            {
                copy.Source = SimulatedStorage.NewSource(State, datastore);
                Unlock(copy);
                Save(copy);
            }
            else
            {
                Fail(copy, FormattableString.Invariant($"Error cloning from Image {id}"));
            }

            ReleaseClone(id, i => i.Clones.Remove(copy.Id));
            State.Datastores.Monitor(datastore);
        });
    }

    private RpcValue DeleteSnapshot(CloudCall call) =>
        WorkOnSnapshot(call, "Cannot delete snapshot in state ", (i, s) => i.Snapshots.DeletionProblem(s), (i, s) => i.Snapshots.Delete(s));

    private RpcValue RevertSnapshot(CloudCall call) => WorkOnSnapshot(call, "Cannot revert to snapshot in state ", Missing, (image, snapshot) =>
    {
        if (image.Snapshots.SizeOf(snapshot) is > 0 and long size) image.Size = size;
        image.Snapshots.Revert(snapshot);
    });

    private RpcValue FlattenSnapshot(CloudCall call) =>
        WorkOnSnapshot(call, "Cannot flatten snapshot in state ", Missing, (i, _) => i.Snapshots.Clear());

    private static string? Missing(CloudImage image, int snapshot) => image.Snapshots.Exists(snapshot) ? null : "Snapshot does not exist";

    private RpcValue WorkOnSnapshot(CloudCall call, string wrongState, Func<CloudImage, int, string?> problem, Action<CloudImage, int> work)
    {
        (int id, int snapshot) = (call.Int(1), call.Int(2));
        CloudImage image = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, image);
        if (image.Type is not (ImageType.Os or ImageType.DataBlock))
            throw CallRefusal.Action("IMAGES of type KERNEL, RAMDISK, BACKUP and CONTEXT does not have snapshots.");
        if (image.State != ImageState.Ready) throw CallRefusal.Action(wrongState + image.StateName);
        if (problem(image, snapshot) is { } why) throw CallRefusal.Action(why);
        image.TargetSnapshot = snapshot;
        image.Set(ImageState.Locked);
        Save(image);
        State.Actions.After(State.Options.Delays.Image, () =>
        {
            if (Pool.Find(id) != image) return;
            work(image, snapshot);
            Unlock(image);
            image.TargetSnapshot = -1;
            Save(image);
        });
        return snapshot;
    }
}
