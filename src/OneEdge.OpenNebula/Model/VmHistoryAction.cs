namespace OneEdge.OpenNebula;

/// <summary>What ended a time of a virtual machine on a host (<c>ACTION</c> of a history record).</summary>
/// <remarks>A number that is not here, from a newer server, is kept as it is. Source: <c>include/VMActions.h</c> of OpenNebula 6.10.</remarks>
public enum VmHistoryAction
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Moved to another host.</summary>
    Migrate = 1,

    /// <summary>Moved to another host while running.</summary>
    LiveMigrate = 2,

    /// <summary>Undeployed.</summary>
    Undeploy = 5,

    /// <summary>Undeployed without a clean shut down.</summary>
    UndeployHard = 6,

    /// <summary>Held.</summary>
    Hold = 7,

    /// <summary>Released.</summary>
    Release = 8,

    /// <summary>Stopped.</summary>
    Stop = 9,

    /// <summary>Suspended.</summary>
    Suspend = 10,

    /// <summary>Resumed.</summary>
    Resume = 11,

    /// <summary>Deleted.</summary>
    Delete = 13,

    /// <summary>Deleted and created anew.</summary>
    DeleteRecreate = 14,

    /// <summary>Rebooted.</summary>
    Reboot = 15,

    /// <summary>Reset.</summary>
    RebootHard = 16,

    /// <summary>Marked to be scheduled anew.</summary>
    Resched = 17,

    /// <summary>No longer marked to be scheduled anew.</summary>
    Unresched = 18,

    /// <summary>Shut down.</summary>
    Poweroff = 19,

    /// <summary>Switched off.</summary>
    PoweroffHard = 20,

    /// <summary>A disk was attached.</summary>
    DiskAttach = 21,

    /// <summary>A disk was detached.</summary>
    DiskDetach = 22,

    /// <summary>A network interface was attached.</summary>
    NicAttach = 23,

    /// <summary>A network interface was detached.</summary>
    NicDetach = 24,

    /// <summary>A snapshot of a disk was taken.</summary>
    DiskSnapshotCreate = 25,

    /// <summary>A snapshot of a disk was deleted.</summary>
    DiskSnapshotDelete = 26,

    /// <summary>Terminated.</summary>
    Terminate = 27,

    /// <summary>Terminated without a clean shut down.</summary>
    TerminateHard = 28,

    /// <summary>A disk was made larger.</summary>
    DiskResize = 29,

    /// <summary>Deployed.</summary>
    Deploy = 30,

    /// <summary>Given to another owner.</summary>
    Chown = 31,

    /// <summary>Given other permissions.</summary>
    Chmod = 32,

    /// <summary>Its configuration was changed.</summary>
    Updateconf = 33,

    /// <summary>Renamed.</summary>
    Rename = 34,

    /// <summary>Its processors and memory were changed.</summary>
    Resize = 35,

    /// <summary>Its user template was changed.</summary>
    Update = 36,

    /// <summary>A snapshot of the machine was taken.</summary>
    SnapshotCreate = 37,

    /// <summary>A snapshot of the machine was deleted.</summary>
    SnapshotDelete = 38,

    /// <summary>It went back to a snapshot.</summary>
    SnapshotRevert = 39,

    /// <summary>A disk was saved as an image.</summary>
    DiskSaveas = 40,

    /// <summary>A disk went back to a snapshot.</summary>
    DiskSnapshotRevert = 41,

    /// <summary>Recovered by hand.</summary>
    Recover = 42,

    /// <summary>The failed action was tried again.</summary>
    Retry = 43,

    /// <summary>What monitoring found: the machine changed its state without a call.</summary>
    Monitor = 44,

    /// <summary>A snapshot of a disk was renamed.</summary>
    DiskSnapshotRename = 45,

    /// <summary>An alias of a network interface was attached.</summary>
    AliasAttach = 46,

    /// <summary>An alias of a network interface was detached.</summary>
    AliasDetach = 47,

    /// <summary>Shut down and moved.</summary>
    PoffMigrate = 48,

    /// <summary>Switched off and moved.</summary>
    PoffHardMigrate = 49,

    /// <summary>Backed up.</summary>
    Backup = 50,

    /// <summary>A network interface was changed.</summary>
    NicUpdate = 51,

    /// <summary>A backup was cancelled.</summary>
    BackupCancel = 52,

    /// <summary>A scheduled action was added.</summary>
    SchedAdd = 53,

    /// <summary>A scheduled action was changed.</summary>
    SchedUpdate = 54,

    /// <summary>A scheduled action was deleted.</summary>
    SchedDelete = 55,

    /// <summary>A security group was attached.</summary>
    SgAttach = 56,

    /// <summary>A security group was detached.</summary>
    SgDetach = 57,

    /// <summary>A PCI device was attached.</summary>
    PciAttach = 58,

    /// <summary>A PCI device was detached.</summary>
    PciDetach = 59,

    /// <summary>Restored from a backup.</summary>
    Restore = 60,
}
