namespace OneEdge.OpenNebula.Embedded;

/// <summary>How a machine is counted.</summary>
/// <param name="IsThere">At all: until it is done.</param>
/// <param name="Runs">As one that runs, or is to.</param>
/// <param name="IsBackingUp">With a backup that is being made.</param>
internal readonly record struct VmCounting(bool IsThere, bool Runs, bool IsBackingUp)
{
    public static VmCounting Of(CloudVm vm) => new(vm.State != VmState.Done, IsRunning(vm.State, vm.Lcm), vm.IsBackingUp);

    // Machines that are off stay so while something is done with their disks (OpenNebula 6.10 source, src/vm/VirtualMachine.cc). The core names the last four
    // states nowhere, but counts machines in them as it did before.
    private static bool IsRunning(VmState state, LcmState lcm) => state switch
    {
        VmState.Pending or VmState.Cloning or VmState.CloningFailure or VmState.Hold => true,
        VmState.Active => lcm is not (LcmState.HotplugSaveasPoweroff or LcmState.HotplugSaveasSuspended or LcmState.HotplugSaveasUndeployed
            or LcmState.HotplugSaveasStopped or LcmState.DiskSnapshotPoweroff or LcmState.DiskSnapshotRevertPoweroff or LcmState.DiskSnapshotDeletePoweroff
            or LcmState.DiskSnapshotSuspended or LcmState.DiskSnapshotDeleteSuspended or LcmState.DiskResizePoweroff or LcmState.DiskResizeUndeployed
            or LcmState.HotplugNicPoweroff or LcmState.HotplugPrologPoweroff or LcmState.HotplugEpilogPoweroff
            or LcmState.BackupPoweroff or LcmState.Restore or LcmState.PrologMigratePoweroff or LcmState.PrologMigrateSuspend),
        _ => false,
    };
}
