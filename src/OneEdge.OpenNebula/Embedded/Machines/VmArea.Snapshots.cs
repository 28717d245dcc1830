using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Snapshots of machines and of their disks.</summary>
internal sealed partial class VmArea
{
    private void RegisterSnapshots(MethodTable table)
    {
        table.Add("one.vm.snapshotcreate", "is", CreateSnapshot);
        table.Add("one.vm.snapshotrevert", "ii", RevertSnapshot);
        table.Add("one.vm.snapshotdelete", "ii", DeleteSnapshot);
        table.Add("one.vm.disksnapshotcreate", "iis", CreateDiskSnapshot);
        table.Add("one.vm.disksnapshotrevert", "iii", RevertDiskSnapshot);
        table.Add("one.vm.disksnapshotdelete", "iii", DeleteDiskSnapshot);
        table.Add("one.vm.disksnapshotrename", "iiis", RenameDiskSnapshot);
    }

    private RpcValue CreateSnapshot(CloudCall call)
    {
        (int id, string name) = (call.Int(1), call.Text(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        CheckIncrements(vm, "snapshot-create");
        int snapshot = 1 + vm.Template.Vectors("SNAPSHOT").Select(s => s.TryGet("SNAPSHOT_ID", out int n) ? n : -1).DefaultIfEmpty(-1).Max();
        string number = snapshot.ToString(CultureInfo.InvariantCulture);
        var added = new TemplateAttribute("SNAPSHOT",
        [
            new("HYPERVISOR_ID", "dummy-snap"),
            new("NAME", name.Length > 0 ? name : $"snapshot-{number}"),
            new("SNAPSHOT_ID", number),
            new("SYSTEM_DISK_SIZE", vm.Template.Get("MEMORY") ?? "0"),
            new("TIME", State.Time.ToString(CultureInfo.InvariantCulture)),
        ]);
        State.Quotas.Require(call, vm, () => VmUsage.OfSnapshot(added));
        if (!vm.IsRunning) throw Wrong($"Could not create a new snapshot for VM {id}, wrong state {vm.StateName}.");
        Engine.Enter(vm, LcmState.HotplugSnapshot, success =>
        {
            if (success) vm.Add(added);
        });
        return snapshot;
    }

    private RpcValue RevertSnapshot(CloudCall call)
    {
        (int id, int snapshot) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (!vm.IsRunning) throw Wrong($"Could not revert VM {id} to snapshot {snapshot}, wrong state {vm.StateName}.");
        if (Snapshot(vm, snapshot) is null) throw Wrong($"Could not revert VM {id} to snapshot {snapshot}, it does not exist.");
        Engine.Enter(vm, LcmState.HotplugSnapshot);
        return id;
    }

    private RpcValue DeleteSnapshot(CloudCall call)
    {
        (int id, int snapshot) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (!vm.IsRunning) throw Wrong($"Could not delete snapshot {snapshot} for VM {id}, wrong state {vm.StateName}.");
        TemplateAttribute found = Snapshot(vm, snapshot) ?? throw Wrong($"Could not delete snapshot {snapshot} for VM {id}, it does not exist.");
        Engine.Enter(vm, LcmState.HotplugSnapshot, success =>
        {
            if (success) vm.Change(found, null);
        });
        return id;
    }

    private RpcValue CreateDiskSnapshot(CloudCall call)
    {
        (int id, int diskId, string name) = (call.Int(1), call.Int(2), call.Text(3));
        CloudVm vm = Pool.Get(id);
        CheckIncrements(vm, "disk-snapshot-create");
        TemplateAttribute disk = vm.Disk(diskId) ?? throw CallRefusal.Action("VM disk does not exist");
        if (disk.Get("IMAGE_ID") is null) throw CallRefusal.Action("Cannot make snapshots on volatile disks");
        call.Authorize(AccessOperation.Manage, vm);
        long size = disk.TryGet("SIZE", out long mebibytes) ? mebibytes : 0;
        RequireGrowth(vm, disk, size, call.Caller.Uid);
        LcmState phase = DiskPhase(vm, LcmState.DiskSnapshot, LcmState.DiskSnapshotPoweroff, LcmState.DiskSnapshotSuspended)
            ?? throw Wrong($"Could not create a new snapshot for VM {id}, wrong state {vm.StateName}.");
        if (vm.SnapshotsOf(diskId) is not { } snapshots) vm.DiskSnapshots.Add(snapshots = new CloudDiskSnapshots(diskId));
        int snapshot = snapshots.Create(name, State.Time, size);
        SetSnapshotSize(vm, diskId, snapshots.TotalSize);
        Engine.NextStay(vm, VmHistoryAction.DiskSnapshotCreate, call);
        Engine.Enter(vm, phase, success =>
        {
            if (success) return;
            snapshots.Forget(snapshot);
            SetSnapshotSize(vm, diskId, snapshots.TotalSize);
        });
        return snapshot;
    }

    private RpcValue RevertDiskSnapshot(CloudCall call)
    {
        (int id, int diskId, int snapshot) = (call.Int(1), call.Int(2), call.Int(3));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (vm.State != VmState.PowerOff) throw Wrong($"Could not revert to disk snapshot for VM {id}, wrong state {vm.StateName}.");
        if (vm.SnapshotsOf(diskId) is not { } snapshots || !snapshots.Exists(snapshot))
            throw Wrong($"Disk id ({diskId}) or snapshot id ({snapshot}) is not valid.");
        Engine.Enter(vm, LcmState.DiskSnapshotRevertPoweroff, success =>
        {
            if (success) snapshots.Revert(snapshot);
        });
        return id;
    }

    private RpcValue DeleteDiskSnapshot(CloudCall call)
    {
        (int id, int diskId, int snapshot) = (call.Int(1), call.Int(2), call.Int(3));
        CloudVm vm = Pool.Get(id);
        TemplateAttribute disk = vm.Disk(diskId) ?? throw CallRefusal.Action("VM disk does not exist");
        call.Authorize(AccessOperation.Manage, vm);
        LcmState phase = DiskPhase(vm, LcmState.DiskSnapshotDelete, LcmState.DiskSnapshotDeletePoweroff, LcmState.DiskSnapshotDeleteSuspended)
            ?? throw Wrong($"Could not delete disk snapshot from VM {id}, wrong state {vm.StateName}.");
        CloudDiskSnapshots snapshots = vm.SnapshotsOf(diskId) ?? throw CallRefusal.Action("Snapshot does not exist");
        if (snapshots.DeletionProblem(snapshot, TemplateTexts.IsYes(disk.Get("PERSISTENT"))) is { } problem) throw CallRefusal.Action(problem);
        Engine.NextStay(vm, VmHistoryAction.DiskSnapshotDelete, call);
        Engine.Enter(vm, phase, success =>
        {
            if (!success) return;
            snapshots.Delete(snapshot);
            SetSnapshotSize(vm, diskId, snapshots.TotalSize);
        });
        return id;
    }

    private RpcValue RenameDiskSnapshot(CloudCall call)
    {
        (int id, int diskId, int snapshot, string name) = (call.Int(1), call.Int(2), call.Int(3), call.Text(4));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (vm.Disk(diskId) is null) throw CallRefusal.Action("VM disk does not exist");
        if (vm.SnapshotsOf(diskId)?.Rename(snapshot, name) != true) throw CallRefusal.Action("Snapshot does not exist");
        return id;
    }

    private static void CheckIncrements(CloudVm vm, string action)
    {
        if (vm.Backups.IsIncremental) throw CallRefusal.Action($"Action \"{action}\" is not compatible with incremental backups");
    }

    private static TemplateAttribute? Snapshot(CloudVm vm, int id) =>
        vm.Template.Vectors("SNAPSHOT").FirstOrDefault(s => s.Get("SNAPSHOT_ID") == id.ToString(CultureInfo.InvariantCulture));

    private static LcmState? DiskPhase(CloudVm vm, LcmState running, LcmState poweroff, LcmState suspended) => vm.State switch
    {
        VmState.PowerOff => poweroff,
        VmState.Suspended => suspended,
        _ => vm.IsRunning ? running : null,
    };

    private void SetSnapshotSize(CloudVm vm, int diskId, long size)
    {
        if (vm.Disk(diskId) is not { } disk) return;
        vm.Change(disk, VmBuilder.WithItems(disk, [KeyValuePair.Create("DISK_SNAPSHOT_TOTAL_SIZE", size.ToString(CultureInfo.InvariantCulture))]));
        SettleImage(disk);
    }

    private static CallRefusal Wrong(FormattableString text) => CallRefusal.Action(FormattableString.Invariant(text));
}
