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
            FinalReading = null,
            Strays = [],
            Networks = [.. turn.Service.Networks.Select(n => n with { IsOrdered = false, IsLeaving = false, Condition = NetworkCondition.Unseen })],
        });
        for (int i = 0; i < turn.Roles.Length; i++) turn.SetUnsaved(i, Forget(turn.Roles[i]));
    }

    public static void Take(Turn turn, Synchronized read)
    {
        // The last look was taken; what an older reading says that comes late is no reason to look after anything again.
        if (turn.Service.IsDeleting) return;
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
            bool isMissing = network.NetworkId is null || (network.Condition == NetworkCondition.Gone && network.NetworkId != seen.NetworkId);

            // One that is gone is not the one that is being made, however late that is told.
            if (isMissing && seen.Condition != NetworkCondition.Gone)
                NetworkSettling.Set(turn, index, network with { NetworkId = seen.NetworkId, IsOrdered = false, Error = null });
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
        else TakeStray(turn, vm, condition, reading);
    }

    private static void TakeKnown(Turn turn, int index, int position, VmObservation vm, VmCondition condition, int reading)
    {
        RoleNode node = turn.Roles[index].Nodes[position];
        if (HasComeBack(turn, node, condition, reading))
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
    private static bool HasComeBack(Turn turn, RoleNode node, VmCondition condition, int reading) =>
        node.TakenOnAfter < reading && condition is VmCondition.Running or VmCondition.Halted or VmCondition.Held
        && node.Termination is NodeTermination.Asked or NodeTermination.AskedHard or NodeTermination.AskedDelete
        && (turn.Now - node.TakenOnAt >= turn.Settings.TerminationGrace || turn.Now < node.TakenOnAt);

    private static RoleNode Found(Turn turn, RoleNode node, VmObservation vm, VmCondition condition)
    {
        VmCondition seen = VmFacts.Seen(node, condition);
        bool isDeployed = node.IsDeployed || VmFacts.IsDeployed(turn, seen, vm.IsReady);
        return node with { Condition = seen, IsReady = vm.IsReady, IsDeployed = isDeployed, FoundFor = vm.RoleName };
    }

    private static void TakeStray(Turn turn, VmObservation vm, VmCondition condition, int reading)
    {
        for (int i = 0; i < turn.Service.Strays.Length; i++)
        {
            RoleNode node = turn.Service.Strays[i];
            if (node.VmId != vm.VmId) continue;
            string error = $"it is in state {vm.State} {vm.LcmState} again";
            if (HasComeBack(turn, node, condition, reading)) node = Terminations.Escalate(turn, node with { Condition = condition }, vm.RoleName ?? "-", error);
            else node = Found(turn, node, vm, condition);
            Terminations.SetStray(turn, i, node);
            return;
        }

        var found = new RoleNode
        {
            VmId = vm.VmId,
            Info = vm.Info,
            FoundFor = vm.RoleName,
            Condition = condition,
            IsReady = vm.IsReady,
            IsDeployed = VmFacts.IsDeployed(turn, condition, vm.IsReady),
        };
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.Add(found) });
    }
}
