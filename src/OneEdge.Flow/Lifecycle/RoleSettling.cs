using System.Collections.Immutable;
using OneEdge.Flow.Strategies;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Brings a role closer to what is wanted of it.</summary>
internal static class RoleSettling
{
    public static bool Settle(Turn turn, int index)
    {
        switch (turn.Roles[index].Activity)
        {
            case RoleActivity.Holding:
                return Complement(turn, index) | Release(turn, index);
            case RoleActivity.Deploying or RoleActivity.ScalingUp or RoleActivity.ScalingDown:
                return Complement(turn, index) | Reduce(turn, index) | Terminations.Order(turn, index) | ReleaseHeld(turn, index) | Complete(turn, index);
            case RoleActivity.CoolingDown:
                return EndCooldown(turn, index);
            case RoleActivity.Undeploying:
                return TakeLeft(turn, index) | Terminations.Order(turn, index) | CompleteRemoval(turn, index);
            default:
                return false;
        }
    }

    public static int Staying(Role role)
    {
        int count = 0;
        foreach (RoleNode node in role.Nodes)
        {
            if (!node.IsLeaving) count++;
        }

        return count;
    }

    /// <summary>Orders the virtual machines that are missing.</summary>
    private static bool Complement(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        int missing = role.Cardinality - Staying(role) - role.Ordered.Length;
        if (missing <= 0)
        {
            if (role.Error is null) return false;
            turn.Set(index, role with { Error = null });
            return true;
        }

        if (TakeFound(turn, index, missing) is { } hasTaken) return hasTaken;
        if (role.Error is not null) return false;
        var ordered = ImmutableArray.CreateBuilder<int>(role.Ordered.Length + missing);
        ordered.AddRange(role.Ordered);
        for (int i = 0; i < missing; i++)
        {
            turn.Order(new CreateVm(role.Name, role.NextVmNumber + i, role.Activity == RoleActivity.Holding));
            ordered.Add(role.NextVmNumber + i);
        }

        turn.Set(index, role with { Ordered = ordered.MoveToImmutable(), NextVmNumber = role.NextVmNumber + missing });
        return true;
    }

    /// <summary>
    /// Takes virtual machines into the role that were created for it and never written down. While others are still being created, one of those
    /// may be the one that was found: until that is known, nothing is taken and nothing created.
    /// </summary>
    /// <returns>Whether the role has changed; <see langword="null"/> when there is none.</returns>
    private static bool? TakeFound(Turn turn, int index, int missing)
    {
        Role role = turn.Roles[index];
        if (turn.Service.Strays.IsEmpty) return null;
        RoleNode[] found = [.. turn.Service.Strays.Where(node => node.FoundFor == role.Name && !node.IsLeaving).Take(missing)];
        if (found.Length == 0) return null;
        if (!role.Ordered.IsEmpty) return false;
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.RemoveRange(found) });
        foreach (RoleNode node in found) turn.Log("W", $"Role {role.Name} : VM {node.VmId} was found again");
        turn.Set(index, role with { Nodes = role.Nodes.AddRange(found), NextVmNumber = role.NextVmNumber + found.Length });
        return true;
    }

    /// <summary>Takes the virtual machines that were created for a role that goes and never written down, so that they go with it.</summary>
    private static bool TakeLeft(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (turn.Service.Strays.IsEmpty) return false;
        RoleNode[] left = [.. turn.Service.Strays.Where(node => node.FoundFor == role.Name && !node.IsLeaving)];
        if (left.Length == 0) return false;
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.RemoveRange(left) });
        turn.Set(index, role with { Nodes = role.Nodes.AddRange(left.Select(node => node with { Termination = NodeTermination.Wanted })) });
        return true;
    }

    /// <summary>
    /// Chooses the virtual machines that go: those already on their way, those that never came up, those that are not well, then the oldest.
    /// </summary>
    private static bool Reduce(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        int surplus = Staying(role) - role.Cardinality;

        // One that is still being created may be the one that should go.
        if (surplus <= 0 || !role.Ordered.IsEmpty) return false;
        RoleNode[] nodes = [.. role.Nodes];
        foreach (int i in Enumerable.Range(0, nodes.Length).Where(i => !nodes[i].IsLeaving).OrderBy(i => Worth(nodes[i])).Take(surplus).ToArray())
            nodes[i] = nodes[i] with { Termination = NodeTermination.Wanted };
        turn.Set(index, role with { Nodes = ImmutableArray.Create(nodes) });
        return true;
    }

    private static int Worth(RoleNode node) => node switch
    {
        { Condition: VmCondition.Stopping } => 0,
        { IsDeployed: false, Condition: VmCondition.Failed } => 1,
        { IsDeployed: false } => 2,
        { Condition: VmCondition.Failed } => 3,
        { Condition: VmCondition.Halted } => 4,
        _ => 5,
    };

    private static bool Complete(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (!role.Ordered.IsEmpty || role.Error is not null || role.Nodes.Length != role.Cardinality) return false;
        foreach (RoleNode node in role.Nodes)
        {
            if (node.IsLeaving || !node.IsDeployed) return false;
        }

        turn.Set(index, role.Activity == RoleActivity.Deploying ? role with { Activity = RoleActivity.Serving } : Cooled(turn, role));
        return true;
    }

    private static Role Cooled(Turn turn, Role role)
    {
        TimeSpan cooldown = role.ScaleCooldown
            ?? (role.Definition.Cooldown is { } seconds ? TimeSpan.FromSeconds(seconds) : turn.Settings.DefaultCooldown);
        return cooldown <= TimeSpan.Zero
            ? role with { Activity = RoleActivity.Serving, ScaleCooldown = null }
            : role with { Activity = RoleActivity.CoolingDown, ScaleCooldown = null, CooldownEnd = turn.Now + cooldown };
    }

    private static bool EndCooldown(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (role.CooldownEnd is { } end && turn.Now < end) return false;
        turn.Set(index, role with { Activity = RoleActivity.Serving, CooldownEnd = null });
        return true;
    }

    private static bool CompleteRemoval(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (!role.Nodes.IsEmpty || !role.Ordered.IsEmpty) return false;
        turn.Set(index, role with { Activity = RoleActivity.Done, Error = null });
        return true;
    }

    /// <summary>Lets a role go on that somebody released, when its turn has come.</summary>
    private static bool Release(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (role.OnHold || (turn.Strategy == DeploymentStrategy.Straight && !RoleOrder.ParentsAre(turn.Roles, index, RoleState.Running))) return false;
        turn.Set(index, role with { Activity = RoleActivity.Deploying });
        return true;
    }

    private static bool ReleaseHeld(Turn turn, int index)
    {
        bool hasChanged = false;
        for (int i = 0; i < turn.Roles[index].Nodes.Length; i++)
        {
            RoleNode node = turn.Roles[index].Nodes[i];
            if (node.IsLeaving || node.IsReleased || node.Condition != VmCondition.Held) continue;
            turn.Order(new CallVm(node.VmId, VmCall.Release));
            turn.SetNode(index, i, node with { IsReleased = true });
            hasChanged = true;
        }

        return hasChanged;
    }
}
