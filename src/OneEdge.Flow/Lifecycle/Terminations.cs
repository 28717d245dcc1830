using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>
/// The termination of virtual machines: asked for politely or not, as the template says; then less politely when the cloud refuses or the virtual machine comes
/// back, as OneFlow does.
/// </summary>
internal static class Terminations
{
    /// <summary>Asks for the terminations of a role that are wanted and were not asked for.</summary>
    public static bool Order(Turn turn, int index)
    {
        bool hasChanged = false;
        for (int i = 0; i < turn.Roles[index].Nodes.Length; i++)
        {
            RoleNode node = turn.Roles[index].Nodes[i];
            if (node.Termination != NodeTermination.Wanted) continue;
            turn.Set(index, turn.Roles[index] with { Nodes = turn.Roles[index].Nodes.SetItem(i, Ask(turn, node, FirstStep(turn, turn.Roles[index]))) });
            hasChanged = true;
        }

        return hasChanged;
    }

    /// <summary>Asks for the terminations of virtual machines that no role has.</summary>
    public static void OrderStrays(Turn turn)
    {
        for (int i = 0; i < turn.Service.Strays.Length; i++)
        {
            RoleNode node = turn.Service.Strays[i];
            if (node.Termination is NodeTermination.None or NodeTermination.Wanted)
                SetStray(turn, i, Ask(turn, node, FirstStep(turn, null)));
        }
    }

    /// <summary>All virtual machines of a role shall go; what was refused is asked again.</summary>
    public static Role All(Role role, RoleActivity activity)
    {
        RoleNode[] nodes = [.. role.Nodes];
        for (int i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Termination is NodeTermination.None or NodeTermination.Refused) nodes[i] = nodes[i] with { Termination = NodeTermination.Wanted };
        }

        return role with { Activity = activity, Nodes = ImmutableArray.Create(nodes), ScaleCooldown = null, CooldownEnd = null, Error = null };
    }

    /// <summary>The next step, after the cloud refused the one before, or took it on and did not do it.</summary>
    public static RoleNode Escalate(Turn turn, RoleNode node, string roleName, string error)
    {
        node = node with { Error = error, TakenOnAfter = null };
        switch (node.Termination)
        {
            case NodeTermination.Asked:
                return Ask(turn, node, NodeTermination.AskedHard);
            case NodeTermination.AskedHard:
                turn.Log("E", $"Role {roleName} : Terminate failed for VM {node.VmId}, will perform a Delete; {error}");
                return Ask(turn, node, NodeTermination.AskedDelete);
            default:
                turn.Log("E", $"Role {roleName} : Delete failed for VM {node.VmId}; {error}");
                return node with { Termination = NodeTermination.Refused };
        }
    }

    /// <summary>Takes the last step at once.</summary>
    public static RoleNode Force(Turn turn, RoleNode node) => Ask(turn, node with { Condition = VmCondition.Busy }, NodeTermination.AskedDelete);

    public static void SetStray(Turn turn, int index, RoleNode node) =>
        turn.SetUnsaved(turn.Service with { Strays = turn.Service.Strays.SetItem(index, node) });

    private static NodeTermination FirstStep(Turn turn, Role? role)
    {
        ShutdownAction action = role?.Definition.ShutdownAction ?? turn.Service.Definition.ShutdownAction ?? turn.Settings.ShutdownAction;
        return action == ShutdownAction.TerminateHard ? NodeTermination.AskedHard : NodeTermination.Asked;
    }

    private static RoleNode Ask(Turn turn, RoleNode node, NodeTermination step)
    {
        // It goes already: somebody asked before this engine took over.
        if (node.Condition == VmCondition.Stopping) return node with { Termination = step, TakenOnAfter = turn.Service.LastReading, TakenOnAt = turn.Now };
        VmCall call = step switch
        {
            NodeTermination.Asked => VmCall.Terminate,
            NodeTermination.AskedHard => VmCall.TerminateHard,
            _ => VmCall.Delete,
        };
        turn.Order(new CallVm(node.VmId, call));
        return node with { Termination = step, Condition = VmCondition.Busy, TakenOnAfter = null };
    }
}
