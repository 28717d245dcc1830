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
        if (hasChanged || !areDone || !turn.Service.Strays.IsEmpty) return hasChanged;
        if (NetworkSettling.Delete(turn) && !turn.Service.IsDeleting)
        {
            turn.Order(new DeleteDocument());
            turn.SetUnsaved(turn.Service with { IsDeleting = true });
        }

        return false;
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
