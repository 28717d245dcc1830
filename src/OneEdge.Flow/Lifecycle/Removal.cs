using OneEdge.Flow.Strategies;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Takes a service away: its roles in their order, what no role has, its networks, and at last its document.</summary>
internal static class Removal
{
    public static bool Pass(Turn turn)
    {
        bool hasChanged = Begin(turn);
        bool areDone = true;
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            if (turn.Roles[i].Activity == RoleActivity.Undeploying) hasChanged |= RoleSettling.Settle(turn, i);
            areDone &= turn.Roles[i].Activity == RoleActivity.Done;
        }

        Terminations.OrderStrays(turn);
        if (hasChanged || !areDone || !turn.Service.Strays.IsEmpty)
        {
            if (turn.Service.FinalReading is not null) turn.SetUnsaved(turn.Service with { FinalReading = null });
            return hasChanged;
        }

        if (turn.Service.FinalReading is null)
        {
            // Something may have come into being of which nobody heard: a last look, and then nothing is looked after any more.
            turn.RequireReading();
            turn.SetUnsaved(turn.Service with { FinalReading = turn.Service.LastReading });
            return false;
        }

        if (NetworkSettling.Delete(turn) && !turn.Service.IsDeleting)
        {
            turn.Order(new DeleteDocument());
            turn.SetUnsaved(turn.Service with { IsDeleting = true });
        }

        return false;
    }

    /// <summary>Whether a service shall go and nothing of its roles is left.</summary>
    public static bool IsEmpty(Turn turn)
    {
        foreach (Role role in turn.Roles)
        {
            if (role.Activity != RoleActivity.Done) return false;
        }

        return turn.Service.Goal == ServiceGoal.Remove;
    }

    private static bool Begin(Turn turn)
    {
        bool hasBegun = false;
        bool isUnderWay = false;
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            if (turn.Roles[i].Activity == RoleActivity.Undeploying) isUnderWay = true;
            else if (CanBegin(turn, i)) hasBegun |= Begin(turn, i);
        }

        if (hasBegun || isUnderWay) return hasBegun;

        // What is left are roles that wait for each other.
        for (int i = 0; i < turn.Roles.Length; i++) hasBegun |= Begin(turn, i);
        return hasBegun;
    }

    private static bool CanBegin(Turn turn, int index) =>
        turn.Strategy == DeploymentStrategy.None || !RoleOrder.HasChildThatIsNotDone(turn.Roles, index);

    private static bool Begin(Turn turn, int index)
    {
        if (turn.Roles[index].Activity is RoleActivity.Undeploying or RoleActivity.Done) return false;
        turn.Set(index, Terminations.All(turn.Roles[index], RoleActivity.Undeploying));
        return true;
    }
}
