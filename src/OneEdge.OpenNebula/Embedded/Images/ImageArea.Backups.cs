using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Images that hold backups of machines.</summary>
internal sealed partial class ImageArea
{
    /// <summary>Makes the image of a new backup, which belongs to the owner of the machine.</summary>
    /// <returns><see langword="null"/> when there can be none: the datastore is gone, or the name is taken.</returns>
    public CloudImage? AddBackup(CloudVm vm, int datastoreId)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"{vm.Id} {State.Actions.Now:dd-MMM HH.mm.ss}");
        if (State.Datastores.Pool.Find(datastoreId) is not { Type: DatastoreType.Backup } datastore || NameOwner(name, vm.Uid) is not null) return null;
        int job = vm.Backups.JobId;
        var image = new CloudImage(Pool.TakeId(), name)
        {
            Type = ImageType.Backup,
            DiskType = datastore.DiskType,
            IsPersistent = true,
            Registered = State.Time,
            Source = SimulatedStorage.BackupSource,
            Format = "raw",
            Size = SimulatedStorage.BackupSize,
            DatastoreId = datastore.Id,
            DatastoreName = datastore.Name,
            Template = job < 0 ? CloudObject.EmptyTemplate
                : StoredTemplate.Create([new TemplateAttribute("BACKUP_JOB_ID", job.ToString(CultureInfo.InvariantCulture))]),
        };
        image.SetUser(vm.Uid, vm.UserName);
        image.SetGroup(vm.Gid, vm.GroupName);
        image.Set(ImageState.Ready);
        image.Vms.Add(vm.Id);
        foreach (TemplateAttribute disk in CloudVmBackups.Disks(vm, vm.Backups.HasVolatile))
        {
            if (disk.TryGet("DISK_ID", out int diskId)) image.BackupDisks.Add(diskId);
        }

        Pool.Add(image);
        datastore.Images.Add(image.Id);
        Save(image);
        State.Datastores.Monitor(datastore);
        return image;
    }

    /// <summary>Deletes images that are not to be kept; one that cannot be deleted stays.</summary>
    public void TryDiscard(IEnumerable<int> ids)
    {
        foreach (CloudImage image in ids.Select(Pool.Find).OfType<CloudImage>())
        {
            try
            {
                Discard(image);
            }
            catch (CallRefusal)
            {
                // A backup is tried again with the next one.
            }
        }
    }

    /// <summary>Joins the oldest increments of a backup, which is locked meanwhile.</summary>
    public void Flatten(CloudImage image, int keep, Action done)
    {
        image.Set(ImageState.Locked);
        Save(image);
        State.Actions.After(State.Options.Delays.Image, () =>
        {
            done();
            if (Pool.Find(image.Id) != image) return;
            image.Increments.Flatten(keep);
            image.Size = image.Increments.Size;
            Unlock(image);
            Save(image);
        });
    }

    private void CheckBackup(CloudImage image)
    {
        if (image.Type != ImageType.Backup || image.Vms.Count == 0 || State.Vms.Pool.Find(image.Vms.Min) is not { } vm) return;
        if (vm.Backups.IsFlattening || vm.IsBackingUp)
            throw CannotDelete("Active backup on the associated VM. Wait till it finish to delete the backup Image");
    }

    private void ForgetBackup(CloudImage image)
    {
        if (image.Type != ImageType.Backup || image.Vms.Count == 0 || State.Vms.Pool.Find(image.Vms.Min) is not { } vm) return;
        vm.Backups.Images.Remove(image.Id);
        if (vm.Backups.IncrementalImage == image.Id) vm.Backups.ForgetIncrements();
    }
}
