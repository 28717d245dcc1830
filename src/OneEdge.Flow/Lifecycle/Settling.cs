using OneEdge.Flow.Strategies;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Compares what is with what is wanted, orders what is missing, and lets roles have their turn.</summary>
internal static class Settling
{
    public static void Run(Turn turn)
    {
        // A role that completes at once may let the next one begin. Each role goes through its activities once at most.
        int passes = 4 + (4 * turn.Roles.Length);

        // Before everything was read, a state would be a guess: the last one known stays.
        if (!turn.Service.IsSynchronized) return;
        while (turn.Service.IsSynchronized && passes-- > 0 && Pass(turn)) continue;
        ServiceStates.Update(turn);
    }

    public static bool HasBegun(ReadOnlySpan<Role> roles)
    {
        foreach (Role role in roles)
        {
            if (role.Activity != RoleActivity.Waiting) return true;
        }

        return false;
    }

    private static bool Pass(Turn turn) => turn.Service.Goal == ServiceGoal.Remove ? Removal.Pass(turn) : RunPass(turn);

    private static bool RunPass(Turn turn)
    {
        bool hasChanged = false;
        if (!HasBegun(turn.Roles))
        {
            hasChanged = NetworkSettling.Create(turn);
            if (!NetworkSettling.AreReady(turn.Service)) return hasChanged;
        }

        for (int i = 0; i < turn.Roles.Length; i++) hasChanged |= RoleSettling.Settle(turn, i);
        hasChanged |= Begin(turn);
        hasChanged |= RemoveGone(turn);
        return hasChanged || DeleteWhenEmpty(turn) || FindBlocked(turn);
    }

    private static bool Begin(Turn turn)
    {
        bool hasBegun = false;
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            Role role = turn.Roles[i];
            if (role.Activity != RoleActivity.Waiting) continue;
            bool isHeld = IsHeld(turn, role);
            bool isDue = RoleOrder.IsDeployable(turn.Roles, i, turn.Strategy) || (isHeld && RoleOrder.IsHoldable(turn.Roles, i, turn.Strategy));
            if (!isDue) continue;
            turn.Set(i, role with { Activity = isHeld ? RoleActivity.Holding : RoleActivity.Deploying, OnHold = isHeld, Error = null });
            hasBegun = true;
        }

        return hasBegun;
    }

    // Hold is for the first deployment: a service that was released holds nothing any more.
    private static bool IsHeld(Turn turn, Role role)
    {
        if (role.OnHold) return true;
        foreach (string parent in role.Definition.Parents)
        {
            if (RoleOrder.Find(turn.Roles, parent) is { OnHold: true }) return true;
        }

        if (!turn.Service.Definition.OnHold) return false;
        foreach (Role other in turn.Roles)
        {
            if (other.Activity is not (RoleActivity.Waiting or RoleActivity.Holding)) return false;
            if (other is { Activity: RoleActivity.Holding, OnHold: false }) return false;
        }

        return true;
    }

    private static bool RemoveGone(Turn turn)
    {
        bool hasChanged = false;
        for (int i = turn.Roles.Length - 1; i >= 0; i--)
        {
            if (!turn.Roles[i].IsLeaving || turn.Roles[i].Activity != RoleActivity.Done) continue;
            turn.RemoveRole(i);
            hasChanged = true;
        }

        // A service goes with its last role.
        if (hasChanged && turn.Roles.IsEmpty) turn.Set(turn.Service with { Goal = ServiceGoal.Remove });
        return hasChanged;
    }

    private static bool DeleteWhenEmpty(Turn turn)
    {
        if (!turn.Service.Definition.AutomaticDeletion || turn.Roles.IsEmpty) return false;
        foreach (Role role in turn.Roles)
        {
            if (role.Activity is not (RoleActivity.Serving or RoleActivity.CoolingDown) || !role.Nodes.IsEmpty || !role.Ordered.IsEmpty) return false;
        }

        turn.Set(turn.Service with { Goal = ServiceGoal.Remove });
        return true;
    }

    /// <summary>Roles that wait for each other, or for one that is not there, are said to have failed: nothing would ever happen.</summary>
    private static bool FindBlocked(Turn turn)
    {
        bool waits = false;
        foreach (Role role in turn.Roles)
        {
            if (role.Activity == RoleActivity.Waiting && role.Error is null) waits = true;
            else if (role.State is not (RoleState.Running or RoleState.Pending)) return false;
        }

        if (!waits) return false;
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            Role role = turn.Roles[i];
            if (role.Activity != RoleActivity.Waiting || role.Error is not null) continue;
            string why = $"it comes after {string.Join(", ", role.Definition.Parents)}, which will never run";
            turn.Log("E", $"Role {role.Name} cannot be deployed: {why}");
            turn.Set(i, role with { Error = why });
        }

        return true;
    }
}
