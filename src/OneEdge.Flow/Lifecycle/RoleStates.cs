using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>The state of a role, as a function of what is done with it and of its virtual machines.</summary>
internal static class RoleStates
{
    public static RoleState Of(Role role) => Of(role, role.Nodes);

    /// <summary>The state that a role has with other virtual machines.</summary>
    public static RoleState Of(Role role, ImmutableArray<RoleNode> nodes) => role.Activity switch
    {
        RoleActivity.Waiting => RoleState.Pending,
        RoleActivity.Holding => HasFailed(role, nodes) ? RoleState.FailedDeploying : RoleState.Hold,
        RoleActivity.Deploying => HasFailed(role, nodes) ? RoleState.FailedDeploying : HasHalted(nodes) ? RoleState.Warning : RoleState.Deploying,
        RoleActivity.Serving => IsUnwell(nodes) ? RoleState.Warning : RoleState.Running,
        RoleActivity.ScalingUp or RoleActivity.ScalingDown => HasFailed(role, nodes) || CannotLeave(nodes) ? RoleState.FailedScaling : RoleState.Scaling,
        RoleActivity.CoolingDown => RoleState.Cooldown,
        RoleActivity.Undeploying => CannotLeave(nodes) ? RoleState.FailedUndeploying : RoleState.Undeploying,
        _ => RoleState.Done,
    };

    /// <summary>Whether a virtual machine that shall go does not: everything was refused, or it failed on its way.</summary>
    public static bool CannotLeave(ImmutableArray<RoleNode> nodes)
    {
        foreach (RoleNode node in nodes)
        {
            if (node.Termination == NodeTermination.Refused || (node.IsLeaving && node.Condition == VmCondition.Failed)) return true;
        }

        return false;
    }

    private static bool HasFailed(Role role, ImmutableArray<RoleNode> nodes)
    {
        if (role.Error is not null) return true;
        foreach (RoleNode node in nodes)
        {
            if (node is { IsDeployed: false, IsLeaving: false, Condition: VmCondition.Failed }) return true;
        }

        return false;
    }

    private static bool HasHalted(ImmutableArray<RoleNode> nodes)
    {
        foreach (RoleNode node in nodes)
        {
            if (node is { IsDeployed: false, IsLeaving: false, Condition: VmCondition.Halted }) return true;
        }

        return false;
    }

    private static bool IsUnwell(ImmutableArray<RoleNode> nodes)
    {
        foreach (RoleNode node in nodes)
        {
            if (!node.IsLeaving && node.Condition is VmCondition.Halted or VmCondition.Failed) return true;
        }

        return false;
    }
}
