namespace OneEdge.Flow.Lifecycle;

/// <summary>Actions on the virtual machines of roles, now or one group after the other.</summary>
internal static class RoleActions
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "terminate", "terminate-hard", "undeploy", "undeploy-hard", "hold", "release", "stop", "suspend", "resume", "reboot", "reboot-hard", "poweroff",
        "poweroff-hard", "snapshot-create", "snapshot-revert", "snapshot-delete", "disk-snapshot-create", "disk-snapshot-revert", "disk-snapshot-delete",
    };

    public static Refusal? Take(Turn turn, RoleActionRequested request)
    {
        if (!Known.Contains(request.Action)) return new Refusal(RefusalReason.Invalid, $"Action {request.Action} not supported");
        if (request.RoleName is null)
        {
            for (int i = 0; i < turn.Roles.Length; i++)
            {
                if (turn.Roles[i].State != RoleState.Done) Order(turn, turn.Roles[i], request);
            }

            return null;
        }

        int index = turn.Find(request.RoleName);
        if (index < 0) return new Refusal(RefusalReason.NotFound, $"Role '{request.RoleName}' not found");
        if (turn.Roles[index].State == RoleState.Done) return new Refusal(RefusalReason.WrongState, $"Role {request.RoleName} is in DONE state");
        Order(turn, turn.Roles[index], request);
        return null;
    }

    private static void Order(Turn turn, Role role, RoleActionRequested request)
    {
        bool isGrouped = request is { Number: > 0, Period: { } period } && period > TimeSpan.Zero;
        int count = 0;
        foreach (RoleNode node in role.Nodes)
        {
            if (node.IsLeaving) continue;
            DateTimeOffset time = isGrouped ? turn.Now + (request.Period!.Value * (count++ / request.Number!.Value)) : turn.Now;
            turn.Order(new ScheduleVmAction(node.VmId, request.Action, request.Arguments, time));
        }
    }
}
