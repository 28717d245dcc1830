namespace OneEdge.OpenNebula.Embedded;

/// <summary>Backups of machines, and disks that are restored from them (OpenNebula 6.10 source, src/rm/RequestManagerVirtualMachine.cc and src/lcm).</summary>
internal sealed partial class VmArea
{
    /// <summary>Begins to back a machine up; refused where that cannot be.</summary>
    public void BeginBackup(CloudCall call, CloudVm vm, int datastoreId, bool resets)
    {
        if (vm.Backups.IsIncremental && !resets && vm.Backups.LastIncrement != -1)
            datastoreId = State.Images.Pool.Get(vm.Backups.IncrementalImage).DatastoreId;
        CloudDatastore datastore = State.Datastores.Pool.Get(datastoreId);
        if (datastore.Type != DatastoreType.Backup) throw CallRefusal.Action("Datastore needs to be of type BACKUP");
        long size = Sizes.Sum(CloudVmBackups.Disks(vm, vm.Backups.HasVolatile).Select(d => d.TryGet("SIZE", out long megabytes) ? megabytes : 0));
        if (datastore.Available is { } free && free < size) throw CallRefusal.Action("Not enough free space on target datastore");
        call.Authorize((AccessOperation.Admin, vm.Access), (AccessOperation.Use, datastore.Access));
        bool isNew = !vm.Backups.IsIncremental || resets || vm.Backups.LastIncrement == -1;
        State.Quotas.Require(call, vm, () => VmUsage.OfBackup(vm, datastoreId, isNew));
        string failure = FormattableString.Invariant($"Could not create a new backup for VM {vm.Id}, ");
        if (vm.Backups.IsFlattening) throw CallRefusal.Internal($"{failure}consolidating backup increments");
        LcmState phase = vm.State == VmState.PowerOff ? LcmState.BackupPoweroff
            : vm.IsRunning ? LcmState.Backup : throw CallRefusal.Internal($"{failure}wrong state {vm.StateName}.");
        vm.Backups.Begin(datastoreId, resets);
        vm.IsReschedulable = false;
        Engine.NextStay(vm, VmHistoryAction.Backup, call);
        Engine.Enter(vm, phase, success => EndBackup(vm, success));
    }

    private void RegisterBackups(MethodTable table)
    {
        table.Add("one.vm.backup", "iib", Backup);
        table.Add("one.vm.backupcancel", "i", CancelBackup);
        table.Add("one.vm.restore", "iiii", RestoreDisks);
    }

    private RpcValue Backup(CloudCall call)
    {
        (int id, int datastore, bool resets) = (call.Int(1), call.Int(2, -1), call.Flag(3, false));
        CloudVm vm = Pool.Get(id);
        if (vm.Backups.JobId is var job and >= 0)
        {
            throw CallRefusal.Internal(FormattableString.Invariant(
                $"Unable to start an individual backup for the Virtual Machine, it is part of Backup Job ID {job}"));
        }

        BeginBackup(call, vm, datastore, resets);
        return id;
    }

    private RpcValue CancelBackup(CloudCall call)
    {
        CloudVm vm = Wanted(call, call.Int(1), AccessOperation.Admin);
        return TryCancelBackup(vm) ? vm.Id
            : throw CallRefusal.Internal(FormattableString.Invariant($"Could not cancel backup for VM {vm.Id}, no backup in progress"));
    }

    /// <summary>Stops the backup of a machine, which fails for it.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryCancelBackup(CloudVm vm)
    {
        if (!vm.IsBackingUp) return false;
        int turn = vm.Turn;
        State.Actions.After(TimeSpan.Zero, () =>
        {
            if (vm.Turn == turn) Engine.Recover(vm, success: false);
        });
        return true;
    }

    private void EndBackup(CloudVm vm, bool success)
    {
        int job = vm.Backups.JobId;
        if (success) success = TryKeepBackup(vm);
        vm.Backups.End();
        // The machine is back in its state before others hear of it.
        State.Actions.After(TimeSpan.Zero, () => State.BackupJobs.Finished(job, vm.Id, success));
    }

    private bool TryKeepBackup(CloudVm vm)
    {
        CloudVmBackups backups = vm.Backups;
        bool isNew = backups.NeedsImage;
        CloudImage? image = isNew ? State.Images.AddBackup(vm, backups.Datastore) : State.Images.Pool.Find(backups.IncrementalImage);
        if (image is null) return false;
        if (isNew) backups.Images.Add(image.Id);
        if (!backups.IsIncremental)
        {
            int[] superfluous = backups.Superfluous();
            State.Actions.After(TimeSpan.Zero, () => State.Images.TryDiscard(superfluous));
            return true;
        }

        image.Increments.Add(SimulatedStorage.BackupSource, SimulatedStorage.BackupSize, State.Time);
        image.Size = image.Increments.Size;
        State.Quotas.Settle(image);
        backups.Follow(image.Id, image.Increments.Last);
        if (isNew || backups.KeepLast == 0 || image.Increments.Count <= backups.KeepLast || image.State != ImageState.Ready) return true;
        backups.IsFlattening = true;
        State.Images.Flatten(image, backups.KeepLast, () => backups.IsFlattening = false);
        return true;
    }

    private RpcValue RestoreDisks(CloudCall call)
    {
        (int id, int imageId, int increment, int diskId) = (call.Int(1), call.Int(2), call.Int(3), call.Int(4));
        CloudVm vm = Pool.Get(id);
        if (diskId != -1 && vm.Disk(diskId) is null) throw CallRefusal.Action("VM disk does not exist");
        CloudImage image = State.Images.Pool.Get(imageId);
        if (image.Type != ImageType.Backup) throw CallRefusal.Action("Image has to be of type BACKUP");
        if (increment > image.Increments.Last) throw CallRefusal.Action("Wrong increment");
        call.Authorize((AccessOperation.Admin, vm.Access), (AccessOperation.Use, image.Access));
        if (vm.State != VmState.PowerOff) throw CallRefusal.Action("Could not restore VM, it must be in poweroff");
        Engine.NextStay(vm, VmHistoryAction.Restore, call);
        Engine.Enter(vm, LcmState.Restore, success =>
        {
            if (success) Restored(vm);
        });
        return id;
    }

    // The disks are others now: their snapshots are gone, and increments would not fit.
    private void Restored(CloudVm vm)
    {
        vm.Template = TemplateTexts.Without(vm.Template, "SNAPSHOT");
        foreach (TemplateAttribute disk in vm.Template.Vectors("DISK").Where(d => !TemplateTexts.IsYes(d.Get("PERSISTENT"))).ToArray())
        {
            if (!disk.TryGet("DISK_ID", out int diskId) || vm.DiskSnapshots.RemoveAll(s => s.DiskId == diskId) == 0) continue;
            SetSnapshotSize(vm, diskId, 0);
        }

        vm.Backups.Restart();
    }
}
