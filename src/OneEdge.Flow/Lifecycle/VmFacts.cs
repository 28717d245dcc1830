namespace OneEdge.Flow.Lifecycle;

/// <summary>Writes down what happened to virtual machines.</summary>
internal static class VmFacts
{
    public static void Observe(Turn turn, int vmId, VmCondition condition, bool? isReady)
    {
        ReadOnlySpan<Role> roles = turn.Roles;
        for (int i = 0; i < roles.Length; i++)
        {
            for (int k = 0; k < roles[i].Nodes.Length; k++)
            {
                if (roles[i].Nodes[k].VmId != vmId) continue;
                Observe(turn, i, k, condition, isReady);
                return;
            }
        }

        for (int i = 0; i < turn.Service.Strays.Length; i++)
        {
            RoleNode node = turn.Service.Strays[i];
            if (node.VmId != vmId) continue;
            if (condition == VmCondition.Gone) turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.RemoveAt(i) });
            else if (Seen(node, condition) is var seen && seen != node.Condition) Terminations.SetStray(turn, i, node with { Condition = seen });
            return;
        }
    }

    public static void Created(Turn turn, VmCreated created)
    {
        int index = turn.Find(created.RoleName);
        var node = new RoleNode { VmId = created.VmId, Info = created.Info };
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.RemoveAll(stray => stray.VmId == created.VmId) });
        if (index < 0)
        {
            // Its role went meanwhile.
            turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.Add(node) });
            return;
        }

        Role role = turn.Roles[index];
        role = role with { Ordered = role.Ordered.Remove(created.Number) };
        foreach (RoleNode known in role.Nodes)
        {
            if (known.VmId != created.VmId) continue;
            turn.Set(index, role);
            return;
        }

        if (role.Activity is RoleActivity.Undeploying or RoleActivity.Done) node = node with { Termination = NodeTermination.Wanted };
        RoleActivity activity = role.Activity == RoleActivity.Done ? RoleActivity.Undeploying : role.Activity;
        turn.Set(index, role with { Nodes = role.Nodes.Add(node), Activity = activity });
    }

    public static void CreationFailed(Turn turn, VmCreationFailed failed)
    {
        if (failed.IsUncertain)
        {
            // It may exist: nothing more is created before that is known.
            turn.RequireReading();
        }

        int index = turn.Find(failed.RoleName);
        if (index < 0) return;
        Role role = turn.Roles[index];
        role = role with { Ordered = role.Ordered.Remove(failed.Number) };
        if (!failed.IsUncertain && role.Activity is not (RoleActivity.Undeploying or RoleActivity.Done))
        {
            turn.Log("E", $"Role {role.Name} : Instantiate failed for template {role.Definition.VmTemplate}; {failed.Error}");
            role = role with { Error = failed.Error };
        }

        turn.Set(index, role);
    }

    public static void TerminationAccepted(Turn turn, int vmId)
    {
        if (Find(turn, vmId) is not ({ } node, { } set) || node.Termination is not (NodeTermination.Asked or NodeTermination.AskedHard
            or NodeTermination.AskedDelete)) return;
        set(node with { TakenOnAfter = turn.Service.LastReading, TakenOnAt = turn.Now });
    }

    public static void CallRefused(Turn turn, VmCallRefused refused)
    {
        if (Find(turn, refused.VmId) is not ({ } node, { } set)) return;
        NodeTermination step = refused.Call switch
        {
            VmCall.Terminate => NodeTermination.Asked,
            VmCall.TerminateHard => NodeTermination.AskedHard,
            VmCall.Delete => NodeTermination.AskedDelete,
            _ => NodeTermination.None,
        };
        if (step == NodeTermination.None)
        {
            turn.Log("E", $"VM {refused.VmId} : {refused.Call} failed; {refused.Error}");
            set(node with { Error = refused.Error });
            return;
        }

        // What was asked before the present step is over.
        if (node.Termination != step) return;
        RoleNode next = Terminations.Escalate(turn, node, RoleOf(turn, refused.VmId), refused.Error);
        set(next);

        // Perhaps it is not there any more.
        if (next.Termination == NodeTermination.Refused) turn.OrderReading();
    }

    /// <summary>What a virtual machine that was seen in a condition is taken for.</summary>
    public static VmCondition Seen(RoleNode node, VmCondition condition)
    {
        // A machine that shall go and is said to run: the event is late, or it has come back. Only reading it again tells.
        bool isAsked = node.Termination is NodeTermination.Asked or NodeTermination.AskedHard or NodeTermination.AskedDelete;
        if (isAsked && condition is VmCondition.Running or VmCondition.Halted or VmCondition.Held) return node.Condition;

        // One that was not well is well again when it runs, not when it begins to boot.
        bool isUnwell = node.IsDeployed && node.Condition is VmCondition.Halted or VmCondition.Failed;
        return isUnwell && condition == VmCondition.Busy ? node.Condition : condition;
    }

    public static void Observe(Turn turn, int index, int position, VmCondition condition, bool? isReady)
    {
        if (condition == VmCondition.Gone)
        {
            Remove(turn, index, position);
            return;
        }

        RoleNode node = turn.Roles[index].Nodes[position];
        VmCondition seen = Seen(node, condition);
        bool ready = isReady ?? node.IsReady;
        bool isDeployed = node.IsDeployed || IsDeployed(turn, seen, ready);
        if (seen == node.Condition && ready == node.IsReady && isDeployed == node.IsDeployed) return;
        turn.SetNode(index, position, node with { Condition = seen, IsReady = ready, IsDeployed = isDeployed });
    }

    public static bool IsDeployed(Turn turn, VmCondition condition, bool isReady) =>
        condition == VmCondition.Running && (isReady || !turn.Service.Definition.ReadyStatusGate);

    /// <summary>A virtual machine is gone. If nobody here asked for that, somebody did not want it any more, and no other takes its place.</summary>
    private static void Remove(Turn turn, int index, int position)
    {
        Role role = turn.Roles[index];
        RoleNode node = role.Nodes[position];

        // One that was found and is not there after all was never one of the role.
        bool wasNeverThere = node is { FoundFor: not null, IsDeployed: false };
        bool isLeaving = node.IsLeaving || wasNeverThere || role.Activity is RoleActivity.Undeploying;
        role = role with { Nodes = role.Nodes.RemoveAt(position) };
        if (!isLeaving)
        {
            int cardinality = Math.Max(0, role.Cardinality - 1);
            turn.Log("I", $"Role {role.Name} scaling down from {role.Cardinality} to {cardinality} nodes");
            role = role with { Cardinality = cardinality };
        }

        turn.Set(index, role);
    }

    private static string RoleOf(Turn turn, int vmId)
    {
        foreach (Role role in turn.Roles)
        {
            foreach (RoleNode node in role.Nodes)
            {
                if (node.VmId == vmId) return role.Name;
            }
        }

        return "-";
    }

    private static (RoleNode? Node, Action<RoleNode>? Set) Find(Turn turn, int vmId)
    {
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            for (int k = 0; k < turn.Roles[i].Nodes.Length; k++)
            {
                (int role, int node) = (i, k);
                if (turn.Roles[i].Nodes[k].VmId == vmId) return (turn.Roles[i].Nodes[k], value => turn.SetNode(role, node, value));
            }
        }

        for (int i = 0; i < turn.Service.Strays.Length; i++)
        {
            int stray = i;
            if (turn.Service.Strays[i].VmId == vmId) return (turn.Service.Strays[i], value => Terminations.SetStray(turn, stray, value));
        }

        return (null, null);
    }
}
