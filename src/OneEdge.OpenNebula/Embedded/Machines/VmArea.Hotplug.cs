using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What is attached to machines and detached, and how large they are.</summary>
internal sealed partial class VmArea
{
    private const string ContextName = "CONTEXT";

    private static readonly string[] Capacity = ["CPU", "MEMORY", "VCPU"];

    private void RegisterHotplug(MethodTable table)
    {
        table.Add("one.vm.attach", "is", AttachDisk);
        table.Add("one.vm.detach", "ii", DetachDisk);
        table.Add("one.vm.attachnic", "is", AttachNic);
        table.Add("one.vm.detachnic", "ii", DetachNic);
        table.Add("one.vm.updatenic", "iisi", UpdateNic);
        table.Add("one.vm.diskresize", "iis", ResizeDisk);
        table.Add("one.vm.disksaveas", "iissi", SaveDisk);
    }

    private RpcValue AttachDisk(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        CloudVm vm = Pool.Get(id);
        TemplateAttribute? disk = TemplateTexts.Parse(text).Vector("DISK");
        call.Authorize(AccessOperation.Manage, vm);
        if (disk is not null) State.Quotas.Require(call, vm, () => VmUsage.OfDisk(State.VmDisks.Extend(call.Caller, disk)));
        CheckChangeable(vm, $"Could not attach a new disk to VM {id}, wrong state {vm.StateName}.");
        if (disk is null) throw CallRefusal.Action("Internal error parsing DISK attribute.");
        TemplateAttribute added = Reserved(() => VmBuilder.Disk(call, vm, disk, NextDiskId(vm)));
        vm.Add(added);
        Engine.NextStay(vm, VmHistoryAction.DiskAttach, call);
        Engine.Enter(vm, vm.IsRunning ? LcmState.Hotplug : LcmState.HotplugPrologPoweroff, success =>
        {
            if (success)
            {
                vm.Backups.Restart();
                return;
            }

            vm.Change(added, null);
            State.VmDisks.Release(vm, added, isSaved: true);
        });
        return id;
    }

    private RpcValue DetachDisk(CloudCall call)
    {
        (int id, int diskId) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        CheckChangeable(vm, $"Could not detach disk from VM {id}, wrong state {vm.StateName}.");
        TemplateAttribute disk = vm.Disk(diskId)
            ?? throw CallRefusal.Action(string.Create(CultureInfo.InvariantCulture, $"Could not detach disk with DISK_ID {diskId}, it does not exist."));
        Engine.NextStay(vm, VmHistoryAction.DiskDetach, call);
        Engine.Enter(vm, vm.IsRunning ? LcmState.Hotplug : LcmState.HotplugEpilogPoweroff, success =>
        {
            if (!success) return;
            vm.Change(disk, null);
            vm.DiskSnapshots.RemoveAll(s => s.DiskId == diskId);
            State.VmDisks.Release(vm, disk, isSaved: true);
        });
        return id;
    }

    private RpcValue AttachNic(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        CloudVm vm = Pool.Get(id);
        StoredTemplate template = TemplateTexts.Parse(text);
        call.Authorize(AccessOperation.Manage, vm);
        TemplateAttribute? nic = template.Vector("NIC") ?? template.Vector("NIC_ALIAS");
        if (nic is not null) State.Quotas.Require(call, vm, () => NetworkUsage.OfNic(NetworkUsage.Named(call, nic)));
        CheckChangeable(vm, $"Could not add a new NIC to VM {id}, wrong state {vm.StateName}.");
        if (nic is null) throw CallRefusal.Action("Wrong format or missing NIC/NIC_ALIAS attribute");
        TemplateAttribute added = Reserved(() => VmBuilder.Nic(call, vm, nic, NextNicId(vm)));
        vm.Add(added);
        VmContext.Renew(vm, State);
        Engine.NextStay(vm, VmHistoryAction.NicAttach, call);
        Engine.Enter(vm, vm.IsRunning ? LcmState.HotplugNic : LcmState.HotplugNicPoweroff, success =>
        {
            if (success) return;
            RemoveNic(vm, added);
        });
        return id;
    }

    private RpcValue DetachNic(CloudCall call)
    {
        (int id, int nicId) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        CheckChangeable(vm, $"Could not detach NIC from VM {id}, wrong state {vm.StateName}.");
        TemplateAttribute nic = vm.Nic(nicId)
            ?? throw CallRefusal.Action(string.Create(CultureInfo.InvariantCulture, $"Could not detach NIC with NIC_ID {nicId}, it does not exist."));
        Engine.NextStay(vm, VmHistoryAction.NicDetach, call);
        Engine.Enter(vm, vm.IsRunning ? LcmState.HotplugNic : LcmState.HotplugNicPoweroff, success =>
        {
            if (success) RemoveNic(vm, nic);
        });
        return id;
    }

    private void RemoveNic(CloudVm vm, TemplateAttribute nic)
    {
        vm.Change(nic, null);
        State.VmNics.Release(vm, nic);
        VmContext.Renew(vm, State);
    }

    private RpcValue Resize(CloudCall call)
    {
        (int id, string text, bool enforce) = (call.Int(1), call.Text(2), call.Flag(3, false));
        StoredTemplate wanted = TemplateTexts.Parse(text);
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (NumberOf(wanted, "CPU") < 0) throw CallRefusal.Internal("CPU must be a positive float or integer value.");
        if (NumberOf(wanted, "MEMORY") < 0) throw CallRefusal.Internal("MEMORY must be a positive integer value.");
        if (NumberOf(wanted, "VCPU") < 0) throw CallRefusal.Internal("VCPU must be a positive integer value.");
        State.Quotas.Require(call, vm, () => VmUsage.OfResize(vm, NumberOf(wanted, "CPU"), NumberOf(wanted, "MEMORY")));
        if (!vm.IsRunning && vm.State is not (VmState.Init or VmState.Pending or VmState.Hold or VmState.Undeployed or VmState.PowerOff or VmState.Cloning))
            throw CallRefusal.Action($"Cannot resize a VM in state {vm.StateName}");
        (long memory, long cpu) = (vm.Memory, vm.Cpu);
        StoredTemplate before = vm.Template;
        foreach (string name in Capacity)
        {
            if (NumberOf(wanted, name) > 0 && wanted.Get(name) is { } value) vm.Template = TemplateTexts.With(vm.Template, name, value);
        }

        (memory, cpu) = (vm.Memory - memory, vm.Cpu - cpu);
        CheckRoom(vm, before, enforce, memory, cpu);
        Reconsider(vm);
        if (vm.HoldsCapacity) ResizeOnHost(vm, memory, cpu);
        State.Quotas.Settle(vm);
        if (!vm.IsRunning) return id;
        Engine.NextStay(vm, VmHistoryAction.Resize, call);
        Engine.Enter(vm, LcmState.HotplugResize, success =>
        {
            if (success) return;
            foreach (string name in Capacity)
                vm.Template = before.Get(name) is { } value ? TemplateTexts.With(vm.Template, name, value) : TemplateTexts.Without(vm.Template, name);
            ResizeOnHost(vm, -memory, -cpu);
        });
        return id;
    }

    private void ResizeOnHost(CloudVm vm, long memory, long cpu)
    {
        vm.Stay!.Host.Resize(memory, cpu);
        State.Scheduler.ConsiderAll();
    }

    private static void CheckRoom(CloudVm vm, StoredTemplate before, bool enforce, long memory, long cpu)
    {
        if (!vm.HoldsCapacity || !enforce) return;
        CloudHost host = vm.Stay!.Host;
        if (host.HasRoomFor(memory, cpu)) return;
        vm.Template = before;
        throw CallRefusal.Action(string.Create(CultureInfo.InvariantCulture, $"Host {host.Id} does not have enough capacity."));
    }

    // What is no number changes nothing, as zero does.
    private static double NumberOf(StoredTemplate template, string name)
    {
        if (name == "CPU") return template.TryGet(name, out float cpu) && float.IsFinite(cpu) ? cpu : 0;
        return template.TryGet(name, out long number) ? number : 0;
    }

    private RpcValue ResizeDisk(CloudCall call)
    {
        (int id, int diskId, string text) = (call.Int(1), call.Int(2), call.Text(3));
        if (!long.TryParse(text, CultureInfo.InvariantCulture, out long size)) throw CallRefusal.Action("Disk SIZE is not a valid integer");
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        TemplateAttribute disk = vm.Disk(diskId) ?? throw CallRefusal.Action("VM disk does not exist");
        if (!disk.TryGet("SIZE", out long current) || current >= size) throw CallRefusal.Action("New disk size has to be greater than current one");
        RequireGrowth(vm, disk, size - current, asUid: null);
        if (!vm.IsRunning && vm.State is not (VmState.PowerOff or VmState.Undeployed))
            throw CallRefusal.Action($"Could not resize disk for VM {id}, wrong state {vm.StateName}.");
        LcmState phase = vm.State switch
        {
            VmState.PowerOff => LcmState.DiskResizePoweroff,
            VmState.Undeployed => LcmState.DiskResizeUndeployed,
            _ => LcmState.DiskResize,
        };
        Engine.NextStay(vm, VmHistoryAction.DiskResize, call);
        Engine.Enter(vm, phase, success =>
        {
            if (!success) return;
            vm.Change(disk, Vectors.With(disk, ("SIZE", FormattableString.Invariant($"{size}"))));
            SettleImage(disk);
        });
        return id;
    }

    // A persistent disk grows for the owner of the image, too. The refusal names a user, or the one whose limit it is.
    private void RequireGrowth(CloudVm vm, TemplateAttribute disk, long size, int? asUid)
    {
        if (PersistentImage(disk) is { } image)
            State.Quotas.Require(image.Uid, image.Gid, asUid ?? image.Uid, () => DatastoreUsage.OfGrowth(image.DatastoreId, size));
        State.Quotas.Require(vm.Uid, vm.Gid, asUid ?? vm.Uid, () => VmUsage.OfGrowth(disk, size));
    }

    private void SettleImage(TemplateAttribute disk)
    {
        if (PersistentImage(disk) is { } image) State.Quotas.Settle(image);
    }

    private CloudImage? PersistentImage(TemplateAttribute disk) =>
        TemplateTexts.IsYes(disk.Get("PERSISTENT")) && disk.TryGet("IMAGE_ID", out int id) ? State.Images.Pool.Find(id) : null;

    private RpcValue SaveDisk(CloudCall call)
    {
        (int id, int diskId, string name, string type, int snapshot) = (call.Int(1), call.Int(2), call.Text(3), call.Text(4), call.Int(5, -1));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        LcmState phase = vm.State switch
        {
            VmState.PowerOff => LcmState.HotplugSaveasPoweroff,
            VmState.Suspended => LcmState.HotplugSaveasSuspended,
            VmState.Undeployed => LcmState.HotplugSaveasUndeployed,
            VmState.Stopped => LcmState.HotplugSaveasStopped,
            _ when vm.IsRunning => LcmState.HotplugSaveas,
            _ => throw CallRefusal.Internal("VM has to be RUNNING, POWEROFF or SUSPENDED to save disks."),
        };
        TemplateAttribute disk = vm.Disk(diskId)
            ?? throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"Cannot use DISK. Could not find disk with ID: {diskId}"));
        int image = State.VmDisks.BeginSave(call, vm, disk, name, type, snapshot);
        Engine.Enter(vm, phase, success => State.VmDisks.EndSave(image, success));
        return image;
    }

    private RpcValue UpdateConfiguration(CloudCall call)
    {
        (int id, string text, int mode) = (call.Int(1), call.Text(2), call.Int(3, 0));
        if (mode is not (0 or 1)) throw CallRefusal.Argument("Wrong update type");
        StoredTemplate sent = TemplateTexts.Parse(text);
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (!vm.IsRunning && vm.State is not (VmState.Init or VmState.Pending or VmState.Hold or VmState.PowerOff or VmState.Undeployed or VmState.Cloning))
            throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"configuration cannot be updated in state {vm.StateName}"));
        TemplateAttribute? contextBefore = vm.Template.Vector(ContextName);
        if (sent.Vector(ContextName) is { } context) sent = TemplateTexts.Swap(sent, context, new ContextVariables(State, vm, vm.Uid).Replace(context));
        if (sent.Vector(CloudVmBackups.Name) is { } backups && !vm.IsBackingUp) ConfigureBackups(vm, backups, isAppended: mode == 1);
        StoredTemplate changed = VmBuilder.WithConfiguration(vm.Template, sent, isAppended: mode == 1);
        vm.Template = changed;
        VmContext.Renew(vm, State);
        bool isContextChanged = !Equals(contextBefore, vm.Template.Vector(ContextName));
        if (vm.IsRunning && isContextChanged) Engine.Enter(vm, LcmState.Hotplug);
        return id;
    }

    private static void ConfigureBackups(CloudVm vm, TemplateAttribute sent, bool isAppended)
    {
        bool hasSnapshots = vm.Template.Vector("SNAPSHOT") is not null;
        bool allowsIncrements = CloudVmBackups.AllowsIncrements(vm, vm.Backups.HasVolatile) && !hasSnapshots;
        if (!allowsIncrements && string.Equals(sent.Get("MODE"), "INCREMENT", StringComparison.OrdinalIgnoreCase))
        {
            throw CallRefusal.Internal("VM cannot use backup increment mode, "
                + (hasSnapshots ? "it has snapshots." : "it has disks snapshots or disks are not qcow2."));
        }

        vm.Backups.Read(sent, allowsIncrements, isAppended);
    }

    private static void CheckChangeable(CloudVm vm, FormattableString problem)
    {
        if (!vm.IsRunning && vm.State != VmState.PowerOff) throw CallRefusal.Action(FormattableString.Invariant(problem));
    }

    // What cannot be attached is a wrong action, whatever the reason.
    private static TemplateAttribute Reserved(Func<TemplateAttribute> take)
    {
        try
        {
            return take();
        }
        catch (CallRefusal refusal) when (refusal.Error is OpenNebulaErrorKind.Internal)
        {
            throw CallRefusal.Action(refusal.Message);
        }
    }

    private static int NextDiskId(CloudVm vm) => 1 + vm.Template.Vectors("DISK").Concat(vm.Template.Vectors(ContextName))
        .Select(d => d.TryGet("DISK_ID", out int id) ? id : -1).DefaultIfEmpty(-1).Max();

    private static int NextNicId(CloudVm vm) => 1 + vm.Template.Vectors("NIC").Concat(vm.Template.Vectors("NIC_ALIAS"))
        .Select(n => n.TryGet("NIC_ID", out int id) ? id : -1).DefaultIfEmpty(-1).Max();
}
