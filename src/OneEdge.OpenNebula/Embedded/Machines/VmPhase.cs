using System.Collections.Frozen;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A state in which something is done with a machine: what, and which state follows when it works and when it fails.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Done">The state after success.</param>
/// <param name="DoneLcm">The state after success.</param>
/// <param name="Failed">The state after a failure.</param>
/// <param name="FailedLcm">The state after a failure.</param>
internal sealed record VmPhase(EmbeddedWork Work, VmState Done, LcmState DoneLcm, VmState Failed, LcmState FailedLcm)
{
    /// <summary>The phases, from OpenNebula 6.10 source, src/lcm/LifeCycleStates.cc.</summary>
    public static readonly FrozenDictionary<LcmState, VmPhase> All = new Dictionary<LcmState, VmPhase>
    {
        [LcmState.Prolog] = To(EmbeddedWork.Prolog, LcmState.Boot, LcmState.PrologFailure),
        [LcmState.PrologResume] = To(EmbeddedWork.Prolog, LcmState.BootStopped, LcmState.PrologResumeFailure),
        [LcmState.PrologUndeploy] = To(EmbeddedWork.Prolog, LcmState.BootUndeploy, LcmState.PrologUndeployFailure),
        [LcmState.PrologMigrate] = To(EmbeddedWork.Prolog, LcmState.BootMigrate, LcmState.PrologMigrateFailure),
        [LcmState.PrologMigrateUnknown] = To(EmbeddedWork.Prolog, LcmState.Boot, LcmState.PrologMigrateUnknownFailure),
        [LcmState.PrologMigratePoweroff] = Rest(EmbeddedWork.Prolog, VmState.PowerOff, LcmState.PrologMigratePoweroffFailure),
        [LcmState.PrologMigrateSuspend] = Rest(EmbeddedWork.Prolog, VmState.Suspended, LcmState.PrologMigrateSuspendFailure),
        [LcmState.Boot] = To(EmbeddedWork.Deploy, LcmState.Running, LcmState.BootFailure),
        [LcmState.BootStopped] = To(EmbeddedWork.Deploy, LcmState.Running, LcmState.BootStoppedFailure),
        [LcmState.BootUndeploy] = To(EmbeddedWork.Deploy, LcmState.Running, LcmState.BootUndeployFailure),
        [LcmState.BootMigrate] = To(EmbeddedWork.Deploy, LcmState.Running, LcmState.BootMigrateFailure),
        [LcmState.BootPoweroff] = Back(EmbeddedWork.Deploy, VmState.PowerOff),
        [LcmState.BootSuspended] = Back(EmbeddedWork.Deploy, VmState.Suspended),
        [LcmState.BootUnknown] = To(EmbeddedWork.Deploy, LcmState.Running, LcmState.Unknown),
        [LcmState.Migrate] = To(EmbeddedWork.Migrate, LcmState.Running, LcmState.Running),
        [LcmState.SaveMigrate] = To(EmbeddedWork.Save, LcmState.PrologMigrate, LcmState.Running),
        [LcmState.SaveStop] = To(EmbeddedWork.Save, LcmState.EpilogStop, LcmState.Running),
        [LcmState.SaveSuspend] = Rest(EmbeddedWork.Save, VmState.Suspended, LcmState.Running),
        [LcmState.Shutdown] = To(EmbeddedWork.Shutdown, LcmState.Epilog, LcmState.Running),
        [LcmState.ShutdownPoweroff] = Rest(EmbeddedWork.Shutdown, VmState.PowerOff, LcmState.Running),
        [LcmState.ShutdownUndeploy] = To(EmbeddedWork.Shutdown, LcmState.EpilogUndeploy, LcmState.Running),
        [LcmState.Epilog] = Rest(EmbeddedWork.Epilog, VmState.Done, LcmState.EpilogFailure),
        [LcmState.EpilogStop] = Rest(EmbeddedWork.Epilog, VmState.Stopped, LcmState.EpilogStopFailure),
        [LcmState.EpilogUndeploy] = Rest(EmbeddedWork.Epilog, VmState.Undeployed, LcmState.EpilogUndeployFailure),
        [LcmState.CleanupDelete] = Always(EmbeddedWork.Cleanup, VmState.Done),
        [LcmState.CleanupResubmit] = Always(EmbeddedWork.Cleanup, VmState.Pending),
        [LcmState.Hotplug] = To(EmbeddedWork.Hotplug, LcmState.Running, LcmState.Running),
        [LcmState.HotplugNic] = To(EmbeddedWork.Hotplug, LcmState.Running, LcmState.Running),
        [LcmState.HotplugNicPoweroff] = Always(EmbeddedWork.Hotplug, VmState.PowerOff),
        [LcmState.HotplugPrologPoweroff] = Always(EmbeddedWork.Hotplug, VmState.PowerOff),
        [LcmState.HotplugEpilogPoweroff] = Always(EmbeddedWork.Hotplug, VmState.PowerOff),
        [LcmState.HotplugResize] = To(EmbeddedWork.Hotplug, LcmState.Running, LcmState.Running),
        [LcmState.HotplugSnapshot] = To(EmbeddedWork.Snapshot, LcmState.Running, LcmState.Running),
        [LcmState.HotplugSaveas] = To(EmbeddedWork.SaveAs, LcmState.Running, LcmState.Running),
        [LcmState.HotplugSaveasPoweroff] = Always(EmbeddedWork.SaveAs, VmState.PowerOff),
        [LcmState.HotplugSaveasSuspended] = Always(EmbeddedWork.SaveAs, VmState.Suspended),
        [LcmState.HotplugSaveasUndeployed] = Always(EmbeddedWork.SaveAs, VmState.Undeployed),
        [LcmState.HotplugSaveasStopped] = Always(EmbeddedWork.SaveAs, VmState.Stopped),
        [LcmState.DiskSnapshot] = To(EmbeddedWork.Snapshot, LcmState.Running, LcmState.Running),
        [LcmState.DiskSnapshotDelete] = To(EmbeddedWork.Snapshot, LcmState.Running, LcmState.Running),
        [LcmState.DiskSnapshotPoweroff] = Always(EmbeddedWork.Snapshot, VmState.PowerOff),
        [LcmState.DiskSnapshotRevertPoweroff] = Always(EmbeddedWork.Snapshot, VmState.PowerOff),
        [LcmState.DiskSnapshotDeletePoweroff] = Always(EmbeddedWork.Snapshot, VmState.PowerOff),
        [LcmState.DiskSnapshotSuspended] = Always(EmbeddedWork.Snapshot, VmState.Suspended),
        [LcmState.DiskSnapshotDeleteSuspended] = Always(EmbeddedWork.Snapshot, VmState.Suspended),
        [LcmState.DiskResize] = To(EmbeddedWork.Hotplug, LcmState.Running, LcmState.Running),
        [LcmState.DiskResizePoweroff] = Always(EmbeddedWork.Hotplug, VmState.PowerOff),
        [LcmState.DiskResizeUndeployed] = Always(EmbeddedWork.Hotplug, VmState.Undeployed),
        [LcmState.Backup] = To(EmbeddedWork.Backup, LcmState.Running, LcmState.Running),
        [LcmState.BackupPoweroff] = Always(EmbeddedWork.Backup, VmState.PowerOff),
        [LcmState.Restore] = Always(EmbeddedWork.Backup, VmState.PowerOff),
    }.ToFrozenDictionary();

    /// <summary>What the retry of a failed state does again.</summary>
    public static readonly FrozenDictionary<LcmState, LcmState> Retries = All
        .Where(p => p.Value.Failed == VmState.Active && p.Value.FailedLcm.ToString().EndsWith("Failure", StringComparison.Ordinal))
        .ToFrozenDictionary(p => p.Value.FailedLcm, p => p.Key);

    private static VmPhase To(EmbeddedWork work, LcmState done, LcmState failed) => new(work, VmState.Active, done, VmState.Active, failed);

    private static VmPhase Rest(EmbeddedWork work, VmState done, LcmState failed) => new(work, done, LcmState.LcmInit, VmState.Active, failed);

    private static VmPhase Back(EmbeddedWork work, VmState failed) => new(work, VmState.Active, LcmState.Running, failed, LcmState.LcmInit);

    private static VmPhase Always(EmbeddedWork work, VmState state) => new(work, state, LcmState.LcmInit, state, LcmState.LcmInit);
}
