using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>Their disks, network interfaces, devices and snapshots.</summary>
public sealed partial class VirtualMachineClient
{
    /// <summary>Attaches a disk.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="disk">A template with one vector <c>DISK</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AttachDiskAsync(int id, TemplateText disk, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.attach", cancellationToken, id, disk.Text);

    /// <summary>Detaches a disk.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DetachDiskAsync(int id, int diskId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.detach", cancellationToken, id, diskId);

    /// <summary>Makes a disk larger. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="sizeMb">The new size in MiB.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ResizeDiskAsync(int id, int diskId, long sizeMb, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.diskresize", cancellationToken, id, diskId, sizeMb.ToString(CultureInfo.InvariantCulture));

    /// <summary>Saves a disk as a new image, which is locked until that is done.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="name">The name of the image.</param>
    /// <param name="type">The type of the image; that of the image of the disk unless given.</param>
    /// <param name="snapshotId">The snapshot to save; the disk as it is unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the image.</returns>
    public Task<int> SaveDiskAsync(
        int id, int diskId, string name, ImageType? type = null, int? snapshotId = null, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vm.disksaveas", cancellationToken, id, diskId, name, ImageTypeNames.Of(type), snapshotId ?? -1);

    /// <summary>Takes a snapshot of a disk.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The number of the snapshot.</returns>
    public Task<int> CreateDiskSnapshotAsync(int id, int diskId, string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vm.disksnapshotcreate", cancellationToken, id, diskId, name);

    /// <summary>Takes a disk back to a snapshot. The machine must be powered off or suspended.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RevertDiskSnapshotAsync(int id, int diskId, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.disksnapshotrevert", cancellationToken, id, diskId, snapshotId);

    /// <summary>Deletes a snapshot of a disk. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteDiskSnapshotAsync(int id, int diskId, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.disksnapshotdelete", cancellationToken, id, diskId, snapshotId);

    /// <summary>Gives a snapshot of a disk another name.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="diskId">The number of the disk.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameDiskSnapshotAsync(int id, int diskId, int snapshotId, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.disksnapshotrename", cancellationToken, id, diskId, snapshotId, name);

    /// <summary>Takes a snapshot of a machine that runs.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The number of the snapshot.</returns>
    public Task<int> CreateSnapshotAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vm.snapshotcreate", cancellationToken, id, name);

    /// <summary>Takes a machine back to a snapshot. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RevertSnapshotAsync(int id, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.snapshotrevert", cancellationToken, id, snapshotId);

    /// <summary>Deletes a snapshot of a machine. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteSnapshotAsync(int id, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.snapshotdelete", cancellationToken, id, snapshotId);

    /// <summary>Attaches a network interface, or an alias of one.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="nic">A template with one vector <c>NIC</c> or <c>NIC_ALIAS</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AttachNicAsync(int id, TemplateText nic, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.attachnic", cancellationToken, id, nic.Text);

    /// <summary>Detaches a network interface. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="nicId">The number of the network interface.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DetachNicAsync(int id, int nicId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.detachnic", cancellationToken, id, nicId);

    /// <summary>Changes a network interface. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="nicId">The number of the network interface.</param>
    /// <param name="nic">A template with one vector <c>NIC</c>.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateNicAsync(int id, int nicId, TemplateText nic, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.updatenic", cancellationToken, id, nicId, nic.Text, (int)mode);

    /// <summary>Adds a security group to a network interface. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="nicId">The number of the network interface.</param>
    /// <param name="securityGroupId">The id of the security group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AttachSecurityGroupAsync(int id, int nicId, int securityGroupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.attachsg", cancellationToken, id, nicId, securityGroupId);

    /// <summary>Takes a security group from a network interface. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="nicId">The number of the network interface.</param>
    /// <param name="securityGroupId">The id of the security group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DetachSecurityGroupAsync(int id, int nicId, int securityGroupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.detachsg", cancellationToken, id, nicId, securityGroupId);

    /// <summary>Attaches a PCI device. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="device">A template with one vector <c>PCI</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AttachPciAsync(int id, TemplateText device, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.attachpci", cancellationToken, id, device.Text);

    /// <summary>Detaches a PCI device. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="deviceId">The number of the device.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DetachPciAsync(int id, int deviceId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.detachpci", cancellationToken, id, deviceId);
}
