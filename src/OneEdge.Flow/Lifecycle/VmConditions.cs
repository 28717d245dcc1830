using OneEdge.OpenNebula;

namespace OneEdge.Flow.Lifecycle;

/// <summary>What states of virtual machines mean for a service.</summary>
public static class VmConditions
{
    /// <summary>What a state means.</summary>
    /// <param name="state">The state.</param>
    /// <param name="lcmState">What it does when it is active.</param>
    /// <remarks>
    /// Where OneFlow takes POWEROFF, SUSPENDED, STOPPED and UNDEPLOYED for an end, they are <see cref="VmCondition.Halted"/> here, and CLONING_FAILURE, which
    /// it does not know, is a failure.
    /// </remarks>
    public static VmCondition Of(VmState state, LcmState lcmState) => state switch
    {
        VmState.Hold => VmCondition.Held,
        VmState.Active => OfActive(lcmState),
        VmState.Stopped or VmState.Suspended or VmState.PowerOff or VmState.Undeployed => VmCondition.Halted,
        VmState.Done => VmCondition.Gone,
        VmState.CloningFailure => VmCondition.Failed,
        _ => VmCondition.Busy,
    };

    private static VmCondition OfActive(LcmState lcmState) => lcmState switch
    {
        LcmState.Running => VmCondition.Running,
        LcmState.Unknown => VmCondition.Halted,
        LcmState.Shutdown or LcmState.Epilog or LcmState.CleanupDelete => VmCondition.Stopping,
        LcmState.BootFailure or LcmState.BootMigrateFailure or LcmState.BootUndeployFailure or LcmState.BootStoppedFailure
            or LcmState.PrologFailure or LcmState.PrologMigrateFailure or LcmState.PrologMigratePoweroffFailure or LcmState.PrologMigrateSuspendFailure
            or LcmState.PrologMigrateUnknownFailure or LcmState.PrologResumeFailure or LcmState.PrologUndeployFailure
            or LcmState.EpilogFailure or LcmState.EpilogStopFailure or LcmState.EpilogUndeployFailure => VmCondition.Failed,
        _ => VmCondition.Busy,
    };
}
