using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Brings a service in line with what was read of the cloud.</summary>
internal static class Synchronization
{
    /// <summary>Forgets what an engine knew that is no more.</summary>
    public static void Forget(Turn turn)
    {
        turn.SetUnsaved(turn.Service with
        {
            IsDeleting = false,
            Strays = [],
            Networks = [.. turn.Service.Networks.Select(n => n with { IsOrdered = false, IsLeaving = false, Condition = NetworkCondition.Unseen })],
        });
        for (int i = 0; i < turn.Roles.Length; i++) turn.SetUnsaved(i, Forget(turn.Roles[i]));
    }

    public static void Take(Turn turn, Synchronized read)
    {
        if (read.Number >= turn.Service.NeededReading) turn.SetUnsaved(turn.Service with { IsSynchronized = true });
        TakeNetworks(turn, read.Networks);
        foreach (VmObservation vm in read.Vms) Take(turn, vm, read.Number);

        // States that were left as they were follow from what is known again.
        for (int i = 0; i < turn.Roles.Length; i++) turn.SetUnsaved(i, turn.Roles[i]);
    }

    private static Role Forget(Role role)
    {
        bool wasDeployed = role.Activity is RoleActivity.Serving or RoleActivity.CoolingDown;
        return role with
        {
            Ordered = [],
            Nodes = [.. role.Nodes.Select(node => node with
            {
                Condition = VmCondition.Unseen,
                IsDeployed = node.IsDeployed || wasDeployed,
                IsReleased = false,
                TakenOnAfter = null,
                Termination = Forget(node.Termination, role.Activity),
            })],
        };
    }

    // What was asked of a machine may have been lost on its way: it is asked again, unless it goes already.
    private static NodeTermination Forget(NodeTermination termination, RoleActivity activity) => termination switch
    {
        NodeTermination.Refused => NodeTermination.Refused,
        NodeTermination.None when activity != RoleActivity.Undeploying => NodeTermination.None,
        _ => NodeTermination.Wanted,
    };

    private static void TakeNetworks(Turn turn, ImmutableArray<NetworkObservation> networks)
    {
        foreach (NetworkObservation seen in networks)
        {
            int index = NetworkSettling.Find(turn.Service, seen.Name);
            if (index < 0 || !turn.Service.Networks[index].IsOwned) continue;
            ServiceNetwork network = turn.Service.Networks[index];
            if (network.NetworkId is null) NetworkSettling.Set(turn, index, network with { NetworkId = seen.NetworkId, IsOrdered = false, Error = null });
            if (turn.Service.Networks[index].NetworkId == seen.NetworkId) NetworkFacts.Observe(turn, index, seen.Condition);
        }
    }

    private static void Take(Turn turn, VmObservation vm, int reading)
    {
        VmCondition condition = VmConditions.Of(vm.State, vm.LcmState);
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            ImmutableArray<RoleNode> nodes = turn.Roles[i].Nodes;
            for (int k = 0; k < nodes.Length; k++)
            {
                if (nodes[k].VmId != vm.VmId) continue;
                TakeKnown(turn, i, k, vm, condition, reading);
                return;
            }
        }

        if (condition == VmCondition.Gone) VmFacts.Observe(turn, vm.VmId, condition, vm.IsReady);
        else if (!Adopt(turn, vm, condition)) TakeStray(turn, vm, condition, reading);
    }

    private static void TakeKnown(Turn turn, int index, int position, VmObservation vm, VmCondition condition, int reading)
    {
        RoleNode node = turn.Roles[index].Nodes[position];
        if (HasComeBack(node, condition, reading))
        {
            string error = $"it is in state {vm.State} {vm.LcmState} again";
            turn.SetNode(index, position, Terminations.Escalate(turn, node with { Condition = condition }, turn.Roles[index].Name, error));
            return;
        }

        if (node.IsReleased && condition == VmCondition.Held) turn.SetNode(index, position, node with { IsReleased = false });
        if (node.Info is null && vm.Info is not null) turn.SetNode(index, position, turn.Roles[index].Nodes[position] with { Info = vm.Info });
        VmFacts.Observe(turn, index, position, condition, vm.IsReady);
    }

    /// <summary>Whether a termination was taken on, and the virtual machine is there all the same, in a state in which nothing is done about it.</summary>
    private static bool HasComeBack(RoleNode node, VmCondition condition, int reading) =>
        node.TakenOnAfter < reading && condition is VmCondition.Running or VmCondition.Halted or VmCondition.Held
        && node.Termination is NodeTermination.Asked or NodeTermination.AskedHard or NodeTermination.AskedDelete;

    /// <summary>Takes a virtual machine that was created and never written down into its role, if the role still wants one.</summary>
    private static bool Adopt(Turn turn, VmObservation vm, VmCondition condition)
    {
        if (turn.Service.Goal == ServiceGoal.Remove || vm.RoleName is null) return false;
        int index = turn.Find(vm.RoleName);
        if (index < 0) return false;
        Role role = turn.Roles[index];
        bool wants = role.Activity is RoleActivity.Waiting or RoleActivity.Holding or RoleActivity.Deploying or RoleActivity.ScalingUp or RoleActivity.ScalingDown
            && RoleSettling.Staying(role) + role.Ordered.Length < role.Cardinality;
        if (!wants) return false;
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.RemoveAll(stray => stray.VmId == vm.VmId) });
        turn.Log("W", $"Role {role.Name} : VM {vm.VmId} was found again");
        turn.Set(index, role with { Nodes = role.Nodes.Add(new RoleNode { VmId = vm.VmId, Info = vm.Info }), NextVmNumber = role.NextVmNumber + 1 });
        VmFacts.Observe(turn, index, turn.Roles[index].Nodes.Length - 1, condition, vm.IsReady);
        return true;
    }

    private static void TakeStray(Turn turn, VmObservation vm, VmCondition condition, int reading)
    {
        for (int i = 0; i < turn.Service.Strays.Length; i++)
        {
            RoleNode node = turn.Service.Strays[i];
            if (node.VmId != vm.VmId) continue;
            string error = $"it is in state {vm.State} {vm.LcmState} again";
            if (HasComeBack(node, condition, reading)) node = Terminations.Escalate(turn, node with { Condition = condition }, vm.RoleName ?? "-", error);
            else node = node with { Condition = VmFacts.Seen(node, condition) };
            Terminations.SetStray(turn, i, node);
            return;
        }

        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.Add(new RoleNode { VmId = vm.VmId, Info = vm.Info, Condition = condition }) });
    }
}
