using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Tries again what failed, or gives it up.</summary>
internal static class Recovery
{
    public static Refusal? Take(Turn turn, RecoveryMode mode)
    {
        if (mode == RecoveryMode.Delete)
        {
            Requests.Undeploy(turn);
            RetryNodes(turn, mode);
            return null;
        }

        if (turn.State is ServiceState.Running or ServiceState.Done or ServiceState.Hold) return Requests.WrongState(turn, "Service cannot be recovered");
        RetryNetworks(turn);
        for (int i = 0; i < turn.Roles.Length; i++) RecoverRole(turn, i, mode);
        RetryNodes(turn, mode);
        turn.OrderReading();
        return null;
    }

    private static void RetryNetworks(Turn turn)
    {
        for (int i = 0; i < turn.Service.Networks.Length; i++)
        {
            ServiceNetwork network = turn.Service.Networks[i];
            bool isBroken = network.Condition is NetworkCondition.Failed or NetworkCondition.Gone;
            if (!network.IsOwned || (network.Error is null && !isBroken)) continue;
            if (network.Condition == NetworkCondition.Failed && !network.IsLeaving) turn.Order(new RecoverNetwork(network.NetworkId!.Value));

            // One that somebody deleted is made once more.
            bool isMissing = network.Condition == NetworkCondition.Gone && turn.Service.Goal == ServiceGoal.Run;
            NetworkSettling.Set(turn, i, network with
            {
                Error = null,
                IsLeaving = false,
                NetworkId = isMissing ? null : network.NetworkId,
                Condition = isMissing ? NetworkCondition.Unseen : network.Condition,
            });
        }
    }

    private static void RecoverRole(Turn turn, int index, RecoveryMode mode)
    {
        Role role = turn.Roles[index];
        if (role.Activity == RoleActivity.CoolingDown) turn.Set(index, role with { Activity = RoleActivity.Serving, CooldownEnd = null });
        else if (mode == RecoveryMode.Force && turn.Service.Goal == ServiceGoal.Run) GiveUp(turn, index);
        else if (role.Error is not null) turn.Set(index, role with { Error = null });
    }

    /// <summary>Lets a role be content with the virtual machines that came up.</summary>
    private static void GiveUp(Turn turn, int index)
    {
        Role role = turn.Roles[index];
        if (role.Activity == RoleActivity.Waiting && role.Error is not null)
        {
            turn.Set(index, role with { Activity = RoleActivity.Deploying, Error = null });
            return;
        }

        if (role.Activity is not (RoleActivity.Holding or RoleActivity.Deploying or RoleActivity.ScalingUp or RoleActivity.ScalingDown)) return;
        RoleNode[] nodes = [.. role.Nodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            bool isUp = nodes[i].IsDeployed || (role.Activity == RoleActivity.Holding && nodes[i].Condition != VmCondition.Failed);
            if (!isUp && !nodes[i].IsLeaving) nodes[i] = Terminations.Force(turn, nodes[i]);
        }

        int staying = nodes.Count(node => !node.IsLeaving);
        turn.Set(index, role with { Nodes = ImmutableArray.Create(nodes), Cardinality = Math.Min(role.Cardinality, staying + role.Ordered.Length), Error = null });
    }

    private static void RetryNodes(Turn turn, RecoveryMode mode)
    {
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            for (int k = 0; k < turn.Roles[i].Nodes.Length; k++)
            {
                RoleNode node = turn.Roles[i].Nodes[k];
                RoleNode retried = Retry(turn, node, mode);
                if (retried != node) turn.SetNode(i, k, retried);
            }
        }

        for (int i = 0; i < turn.Service.Strays.Length; i++) Terminations.SetStray(turn, i, Retry(turn, turn.Service.Strays[i], mode));
    }

    private static RoleNode Retry(Turn turn, RoleNode node, RecoveryMode mode)
    {
        if (node.IsLeaving)
        {
            bool isStuck = node.Termination == NodeTermination.Refused || node.Condition == VmCondition.Failed;
            if (mode == RecoveryMode.Force && isStuck) return Terminations.Force(turn, node);
            if (node.Termination == NodeTermination.Refused) return node with { Termination = NodeTermination.Wanted, Error = null };
            if (!isStuck) return node;
        }

        if (mode == RecoveryMode.Delete && !node.IsLeaving) return node;
        if (node.Condition == VmCondition.Failed) turn.Order(new CallVm(node.VmId, VmCall.Retry));
        else if (node.Condition == VmCondition.Halted) turn.Order(new CallVm(node.VmId, VmCall.Resume));
        else return node;

        // Before it runs, a failure is over when it is tried again; a machine that ran is unwell until it does.
        return node with { Error = null, Condition = node.IsDeployed ? node.Condition : VmCondition.Busy };
    }
}
