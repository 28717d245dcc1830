namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class VmDeviceContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Volatile_disk_is_attached_and_detached(bool isOff)
    {
        int id = await NewMachineAsync(isOff);
        await Vms.AttachDiskAsync(id, "DISK = [ TYPE = fs, SIZE = 12, FORMAT = raw ]", Token);
        VirtualMachine attached = await SettledAsync(id, isOff);
        VmDisk disk = Assert.Single(attached.Disks);
        Assert.Equal((0, 12L), (disk.DiskId, disk.SizeMb));
        await Vms.AttachDiskAsync(id, "DISK = [ TYPE = swap, SIZE = 7 ]", Token);
        Assert.Equal([0, 1], (await SettledAsync(id, isOff)).Disks.Select(d => d.DiskId));
        await Vms.DetachDiskAsync(id, 0, Token);
        Assert.Equal([1], (await SettledAsync(id, isOff)).Disks.Select(d => d.DiskId));
    }

    [Fact]
    public async Task Image_of_an_attached_disk_is_used_until_it_is_detached()
    {
        int image = await NewImageAsync();
        int id = await NewMachineAsync(isOff: false);
        await Vms.AttachDiskAsync(id, Text($"DISK = [ IMAGE_ID = {image} ]"), Token);
        VirtualMachine attached = await SettledAsync(id);
        Assert.Equal((image, Stage.ImageDatastoreId, 10L), (attached.Disks[0].ImageId, attached.Disks[0].DatastoreId, attached.Disks[0].SizeMb));
        Image used = await One.Images.GetAsync(image, cancellationToken: Token);
        Assert.Equal((ImageState.Used, 1), (used.State, used.RunningMachines));
        Assert.Equal([id], used.VirtualMachineIds);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.Images.DeleteAsync(image, cancellationToken: Token));
        await Vms.DetachDiskAsync(id, 0, Token);
        Assert.Empty((await SettledAsync(id)).Disks);
        Image free = await One.Images.WaitForStateAsync(image, ImageState.Ready, Poll.Options, Token);
        Assert.Equal(0, free.RunningMachines);
        Assert.Empty(free.VirtualMachineIds);
    }

    [Fact]
    public async Task Persistent_image_is_one_machines_at_a_time()
    {
        int image = await NewImageAsync();
        await One.Images.SetPersistentAsync(image, cancellationToken: Token);
        string disk = Text($"DISK = [ IMAGE_ID = {image} ]");
        int id = await NewRunningMachineAsync(disk);
        Assert.Equal(ImageState.UsedPersistent, (await One.Images.GetAsync(image, cancellationToken: Token)).State);
        Assert.True((await MachineAsync(id)).Disks[0].IsPersistent);
        await RefusedAsync(
            OpenNebulaErrorKind.Internal,
            () => Vms.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 0.1\nMEMORY = 32\n{disk}", onHold: true, Token),
            Text($"DISK 0: Cannot acquire image {image}, it is persistent and already in use"));
        await Vms.TerminateAsync(id, hard: true, Token);
        await StateAsync(id, VmState.Done);
        await One.Images.WaitForStateAsync(image, ImageState.Ready, Poll.Options, Token);
    }

    [Fact]
    public async Task Nic_is_attached_with_a_lease_and_gives_it_back()
    {
        int network = await NewNetworkAsync();
        int id = await NewMachineAsync(isOff: false);
        await Vms.AttachNicAsync(id, Text($"NIC = [ NETWORK_ID = {network}, IP = 10.77.0.12 ]"), Token);
        VirtualMachine attached = await SettledAsync(id);
        VmNic nic = Assert.Single(attached.Nics);
        Assert.Equal((0, network, "10.77.0.12", "02:00:0a:4d:00:0c", "br-contract"), (nic.NicId, nic.NetworkId, nic.Ip, nic.Mac, nic.Bridge));
        VirtualNetwork leased = await One.VirtualNetworks.GetAsync(network, cancellationToken: Token);
        AddressLease lease = Assert.Single(leased.AddressRanges[0].Leases);
        Assert.Equal((id, "10.77.0.12", 1), (lease.MachineId, lease.Ip, leased.UsedLeases));
        await Vms.DetachNicAsync(id, 0, Token);
        Assert.Empty((await SettledAsync(id)).Nics);
        Assert.Equal(0, (await One.VirtualNetworks.GetAsync(network, cancellationToken: Token)).UsedLeases);
    }

    [Fact]
    public async Task Security_group_is_attached_to_a_nic_and_detached()
    {
        int network = await NewNetworkAsync();
        int group = Later(
            "security group",
            await One.SecurityGroups.CreateAsync($"NAME = {Names.New("rules")}\nRULE = [ PROTOCOL = TCP, RULE_TYPE = inbound, RANGE = 22 ]", Token),
            (g, ct) => One.SecurityGroups.DeleteAsync(g, ct));
        int id = await NewRunningMachineAsync(Text($"NIC = [ NETWORK_ID = {network} ]"));
        await Vms.AttachSecurityGroupAsync(id, 0, group, Token);
        Assert.Contains(group, (await SettledAsync(id)).Nics[0].SecurityGroupIds);
        await Vms.DetachSecurityGroupAsync(id, 0, group, Token);
        Assert.DoesNotContain(group, (await SettledAsync(id)).Nics[0].SecurityGroupIds);
    }

    [Fact]
    public async Task Snapshot_of_a_machine_is_made_reverted_to_and_deleted()
    {
        int id = await NewMachineAsync(isOff: false);
        Assert.Equal(0, await Vms.CreateSnapshotAsync(id, "first", Token));
        VirtualMachine with = await SettledAsync(id);
        VmSnapshot snapshot = Assert.Single(with.Snapshots);
        Assert.Equal((0, "first"), (snapshot.Id, snapshot.Name));
        Assert.Equal(1, await Vms.CreateSnapshotAsync(id, "second", Token));
        await SettledAsync(id);
        await Vms.RevertSnapshotAsync(id, 0, Token);
        await SettledAsync(id);
        await Vms.DeleteSnapshotAsync(id, 0, Token);
        Assert.Equal(["second"], (await SettledAsync(id)).Snapshots.Select(s => s.Name));
    }

    [Fact]
    public async Task Snapshots_of_a_disk_are_made_renamed_reverted_to_and_deleted()
    {
        int image = await NewImageAsync();
        int id = await NewRunningMachineAsync(Text($"DISK = [ IMAGE_ID = {image} ]"));
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        Assert.Equal(0, await Vms.CreateDiskSnapshotAsync(id, 0, "first", Token));
        await SettledAsync(id, isOff: true);
        Assert.Equal(1, await Vms.CreateDiskSnapshotAsync(id, 0, "second", Token));
        await SettledAsync(id, isOff: true);
        await Vms.RenameDiskSnapshotAsync(id, 0, 1, "renamed", Token);
        DiskSnapshots snapshots = Assert.Single((await MachineAsync(id)).DiskSnapshots);
        Assert.Equal(0, snapshots.DiskId);
        Assert.Equal([(0, "first", false), (1, "renamed", true)], snapshots.Snapshots.Select(s => (s.Id, s.Name, s.IsActive)));
        await Vms.RevertDiskSnapshotAsync(id, 0, 0, Token);
        Assert.Equal([true, false], (await SettledAsync(id, isOff: true)).DiskSnapshots[0].Snapshots.Select(s => s.IsActive));
        await Vms.DeleteDiskSnapshotAsync(id, 0, 1, Token);
        Assert.Equal([0], (await SettledAsync(id, isOff: true)).DiskSnapshots[0].Snapshots.Select(s => s.Id));
        Assert.Equal(2, await Vms.CreateDiskSnapshotAsync(id, 0, "third", Token));
        await SettledAsync(id, isOff: true);
        Assert.Equal(3, await Vms.CreateDiskSnapshotAsync(id, 0, "fourth", Token));
        await SettledAsync(id, isOff: true);
        await Vms.DeleteDiskSnapshotAsync(id, 0, 2, Token);
        Assert.Equal([(0, -1), (3, 0)], (await SettledAsync(id, isOff: true)).DiskSnapshots[0].Snapshots.Select(s => (s.Id, s.Parent)));
        await Vms.RevertDiskSnapshotAsync(id, 0, 0, Token);
        await SettledAsync(id, isOff: true);
        await RefusedAsync(
            OpenNebulaErrorKind.Action, () => Vms.DeleteDiskSnapshotAsync(id, 0, 0, Token), "Cannot delete the active snapshot with children");
        Assert.Equal(2, (await MachineAsync(id)).DiskSnapshots[0].Snapshots.Count);
    }

    [Fact]
    public async Task Disk_is_saved_as_an_image()
    {
        int image = await NewImageAsync();
        int id = await NewRunningMachineAsync(Text($"DISK = [ IMAGE_ID = {image} ]"));
        string name = Names.New("saved");
        int saved = LaterImage(await Vms.SaveDiskAsync(id, 0, name, cancellationToken: Token));
        await SettledAsync(id);
        Image copy = await One.Images.WaitForStateAsync(saved, ImageState.Ready, Poll.Options, Token);
        Assert.Equal((name, Stage.ImageDatastoreId), (copy.Name, copy.DatastoreId));
    }

    [Fact]
    public async Task Disk_grows_and_never_shrinks()
    {
        int image = await NewImageAsync();
        int id = await NewRunningMachineAsync(Text($"DISK = [ IMAGE_ID = {image} ]"));
        await Vms.ResizeDiskAsync(id, 0, 25, Token);
        Assert.Equal(25, (await SettledAsync(id)).Disks[0].SizeMb);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.ResizeDiskAsync(id, 0, 5, Token));
        Assert.Equal(25, (await MachineAsync(id)).Disks[0].SizeMb);
    }

    [Fact]
    public async Task Device_that_is_not_there_is_refused_and_nothing_changes()
    {
        int id = await NewRunningMachineAsync("DISK = [ TYPE = fs, SIZE = 10, FORMAT = raw ]");
        Func<Task>[] uses =
        [
            () => Vms.DetachDiskAsync(id, 9, Token),
            () => Vms.DetachNicAsync(id, 9, Token),
            () => Vms.SaveDiskAsync(id, 9, Names.New("image"), cancellationToken: Token),
            () => Vms.CreateDiskSnapshotAsync(id, 9, "none", Token),
            () => Vms.ResizeDiskAsync(id, 9, 50, Token),
            () => Vms.RevertSnapshotAsync(id, 9, Token),
            () => Vms.DeleteSnapshotAsync(id, 9, Token),
        ];
        foreach (Func<Task> use in uses) await Assert.ThrowsAsync<OpenNebulaCallException>(use);
        VirtualMachine same = await SettledAsync(id);
        Assert.Equal([0], same.Disks.Select(d => d.DiskId));
        Assert.Empty(same.Snapshots);
    }

    [Fact]
    public async Task Machine_on_hold_takes_no_devices()
    {
        int id = await NewHeldMachineAsync();
        Func<Task>[] uses =
        [
            () => Vms.AttachDiskAsync(id, "DISK = [ TYPE = fs, SIZE = 10 ]", Token),
            () => Vms.CreateSnapshotAsync(id, "none", Token),
            () => Vms.DetachDiskAsync(id, 0, Token),
            () => Vms.DetachNicAsync(id, 0, Token),
        ];
        foreach (Func<Task> use in uses) await Assert.ThrowsAsync<OpenNebulaCallException>(use);
        Assert.Equal(VmState.Hold, (await MachineAsync(id)).State);
    }

    private async Task<int> NewMachineAsync(bool isOff)
    {
        int id = await NewRunningMachineAsync();
        if (!isOff) return id;
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        return id;
    }

    private Task<VirtualMachine> SettledAsync(int id, bool isOff = false) => isOff ? StateAsync(id, VmState.PowerOff) : RunningAsync(id);
}
