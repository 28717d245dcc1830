namespace OneEdge.OpenNebula;

/// <summary>What an active virtual machine does on its host (<c>LCM_STATE</c>).</summary>
/// <remarks>
/// A number that is not here, from a newer server, is kept as it is. Source: the documentation of OpenNebula 6.10, "Virtual Machine States", and
/// <c>include/VirtualMachine.h</c> of 6.10.
/// </remarks>
public enum LcmState
{
    /// <summary>Not on a host; see <see cref="VmState"/>.</summary>
    LcmInit = 0,

    /// <summary>Its files are brought to the host.</summary>
    Prolog = 1,

    /// <summary>The hypervisor starts it.</summary>
    Boot = 2,

    /// <summary>Runs.</summary>
    Running = 3,

    /// <summary>Moves to another host while it runs.</summary>
    Migrate = 4,

    /// <summary>Its memory is saved, before it is stopped.</summary>
    SaveStop = 5,

    /// <summary>Its memory is saved, before it is suspended.</summary>
    SaveSuspend = 6,

    /// <summary>Its memory is saved, before it moves to another host.</summary>
    SaveMigrate = 7,

    /// <summary>Its files are moved to another host.</summary>
    PrologMigrate = 8,

    /// <summary>Its files are brought to the host, after it was stopped.</summary>
    PrologResume = 9,

    /// <summary>Its files are saved away from the host.</summary>
    EpilogStop = 10,

    /// <summary>The host is cleaned up and disks are saved, at its end.</summary>
    Epilog = 11,

    /// <summary>It was told to shut down, at its end.</summary>
    Shutdown = 12,

    /// <summary>The host is cleaned up, before it is scheduled anew.</summary>
    CleanupResubmit = 15,

    /// <summary>The hypervisor does not find it, or its host does not answer.</summary>
    Unknown = 16,

    /// <summary>A disk is attached or detached.</summary>
    Hotplug = 17,

    /// <summary>It was told to shut down, for a power off.</summary>
    ShutdownPoweroff = 18,

    /// <summary>Starts after <see cref="Unknown"/>.</summary>
    BootUnknown = 19,

    /// <summary>Starts after a power off.</summary>
    BootPoweroff = 20,

    /// <summary>Starts after it was suspended.</summary>
    BootSuspended = 21,

    /// <summary>Starts after it was stopped.</summary>
    BootStopped = 22,

    /// <summary>The host is cleaned up, for its deletion.</summary>
    CleanupDelete = 23,

    /// <summary>A snapshot of the machine is taken, restored or deleted.</summary>
    HotplugSnapshot = 24,

    /// <summary>A network interface is attached or detached.</summary>
    HotplugNic = 25,

    /// <summary>A disk is saved as an image.</summary>
    HotplugSaveas = 26,

    /// <summary>A disk is saved as an image, while powered off.</summary>
    HotplugSaveasPoweroff = 27,

    /// <summary>A disk is saved as an image, while suspended.</summary>
    HotplugSaveasSuspended = 28,

    /// <summary>It was told to shut down, before it is undeployed.</summary>
    ShutdownUndeploy = 29,

    /// <summary>Its files are saved away from the host, for an undeploy.</summary>
    EpilogUndeploy = 30,

    /// <summary>Its files are brought to the host, after an undeploy.</summary>
    PrologUndeploy = 31,

    /// <summary>Starts after an undeploy.</summary>
    BootUndeploy = 32,

    /// <summary>A disk is attached, while powered off.</summary>
    HotplugPrologPoweroff = 33,

    /// <summary>A disk is detached, while powered off.</summary>
    HotplugEpilogPoweroff = 34,

    /// <summary>Starts on another host, after a cold move.</summary>
    BootMigrate = 35,

    /// <summary>It did not start.</summary>
    BootFailure = 36,

    /// <summary>It did not start on another host.</summary>
    BootMigrateFailure = 37,

    /// <summary>Its files could not be moved to another host.</summary>
    PrologMigrateFailure = 38,

    /// <summary>Its files could not be brought to the host.</summary>
    PrologFailure = 39,

    /// <summary>The host could not be cleaned up.</summary>
    EpilogFailure = 40,

    /// <summary>Its files could not be saved, for a stop.</summary>
    EpilogStopFailure = 41,

    /// <summary>Its files could not be saved, for an undeploy.</summary>
    EpilogUndeployFailure = 42,

    /// <summary>Its files are moved to another host, while powered off.</summary>
    PrologMigratePoweroff = 43,

    /// <summary>Its files could not be moved, while powered off.</summary>
    PrologMigratePoweroffFailure = 44,

    /// <summary>Its files are moved to another host, while suspended.</summary>
    PrologMigrateSuspend = 45,

    /// <summary>Its files could not be moved, while suspended.</summary>
    PrologMigrateSuspendFailure = 46,

    /// <summary>It did not start after an undeploy.</summary>
    BootUndeployFailure = 47,

    /// <summary>It did not start after it was stopped.</summary>
    BootStoppedFailure = 48,

    /// <summary>Its files could not be brought back, after it was stopped.</summary>
    PrologResumeFailure = 49,

    /// <summary>Its files could not be brought back, after an undeploy.</summary>
    PrologUndeployFailure = 50,

    /// <summary>A snapshot of a disk is taken, while powered off.</summary>
    DiskSnapshotPoweroff = 51,

    /// <summary>A disk goes back to a snapshot, while powered off.</summary>
    DiskSnapshotRevertPoweroff = 52,

    /// <summary>A snapshot of a disk is deleted, while powered off.</summary>
    DiskSnapshotDeletePoweroff = 53,

    /// <summary>A snapshot of a disk is taken, while suspended.</summary>
    DiskSnapshotSuspended = 54,

    /// <summary>A disk goes back to a snapshot, while suspended.</summary>
    DiskSnapshotRevertSuspended = 55,

    /// <summary>A snapshot of a disk is deleted, while suspended.</summary>
    DiskSnapshotDeleteSuspended = 56,

    /// <summary>A snapshot of a disk is taken.</summary>
    DiskSnapshot = 57,

    /// <summary>A snapshot of a disk is deleted.</summary>
    DiskSnapshotDelete = 59,

    /// <summary>Its files are moved to another host, after <see cref="Unknown"/>.</summary>
    PrologMigrateUnknown = 60,

    /// <summary>Its files could not be moved, after <see cref="Unknown"/>.</summary>
    PrologMigrateUnknownFailure = 61,

    /// <summary>A disk is made larger.</summary>
    DiskResize = 62,

    /// <summary>A disk is made larger, while powered off.</summary>
    DiskResizePoweroff = 63,

    /// <summary>A disk is made larger, while undeployed.</summary>
    DiskResizeUndeployed = 64,

    /// <summary>A network interface is attached or detached, while powered off.</summary>
    HotplugNicPoweroff = 65,

    /// <summary>Its processors and memory are changed.</summary>
    HotplugResize = 66,

    /// <summary>A disk is saved as an image, while undeployed.</summary>
    HotplugSaveasUndeployed = 67,

    /// <summary>A disk is saved as an image, while stopped.</summary>
    HotplugSaveasStopped = 68,

    /// <summary>It is backed up.</summary>
    Backup = 69,

    /// <summary>It is backed up, while powered off.</summary>
    BackupPoweroff = 70,

    /// <summary>Its disks are restored from a backup.</summary>
    Restore = 71,
}
