namespace OneEdge.Flow.Lifecycle;

/// <summary>Grants what somebody wants, or refuses it.</summary>
/// <remarks>The texts of refusals are those of OneFlow 6.10.5.</remarks>
internal static class Requests
{
    public static Refusal? Take(Turn turn, ServiceRequest request) => request switch
    {
        UndeployRequested => Undeploy(turn),
        RecoverRequested e => Recovery.Take(turn, e.Mode),
        ScaleRequested e => Scaling.Take(turn, e),
        PoliciesEvaluated e => Scaling.Take(turn, e),
        AddRoleRequested e => AddRole(turn, e.Role),
        RemoveRoleRequested e => RemoveRole(turn, e.RoleName),
        ReleaseRequested => Release(turn),
        RoleActionRequested e => RoleActions.Take(turn, e),
        DefinitionChanged e => ChangeDefinition(turn, e.Service),
        DocumentChanged e => ChangeDocument(turn, e),
        _ => null,
    };

    public static Refusal? Undeploy(Turn turn)
    {
        if (turn.Service.Goal != ServiceGoal.Remove) turn.Set(turn.Service with { Goal = ServiceGoal.Remove });
        return null;
    }

    public static Refusal WrongState(Turn turn, string what) => new(RefusalReason.WrongState, $"{what} in state: {StateNames.Of(turn.State)}");

    private static Refusal? AddRole(Turn turn, Role role)
    {
        if (turn.State != ServiceState.Running || turn.Service.Goal == ServiceGoal.Remove) return WrongState(turn, "Cannot modify roles");
        if (turn.Find(role.Name) >= 0) return new Refusal(RefusalReason.Conflict, $"Role {role.Name} already exists");
        foreach (string parent in role.Definition.Parents)
        {
            int index = turn.Find(parent);
            if (index < 0) return new Refusal(RefusalReason.Invalid, $"Role {role.Name} has the parent {parent}, which does not exist");
            if (turn.Roles[index].IsLeaving) return new Refusal(RefusalReason.Invalid, $"Role {role.Name} has the parent {parent}, which is being removed");
        }

        turn.AddRole(role with { Activity = RoleActivity.Waiting, State = RoleState.Pending, Nodes = [], Ordered = [], NextVmNumber = 0, Error = null });
        return null;
    }

    private static Refusal? RemoveRole(Turn turn, string name)
    {
        bool isAllowed = turn.Service.Goal == ServiceGoal.Run && turn.State is ServiceState.Running or ServiceState.Warning or ServiceState.Cooldown
            or ServiceState.FailedDeploying or ServiceState.FailedScaling or ServiceState.FailedUndeploying;
        if (!isAllowed) return WrongState(turn, "Cannot modify roles");
        int index = turn.Find(name);
        if (index < 0) return new Refusal(RefusalReason.NotFound, $"Role {name} does not exist");
        turn.Set(index, Terminations.All(turn.Roles[index], RoleActivity.Undeploying) with { IsLeaving = true });

        // Nobody comes after a role that is not there.
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            Role role = turn.Roles[i];
            if (!role.Definition.Parents.Contains(name)) continue;
            turn.Set(i, role with { Definition = role.Definition with { Parents = role.Definition.Parents.RemoveAll(parent => parent == name) } });
        }

        return null;
    }

    private static Refusal? Release(Turn turn)
    {
        bool canRelease = false;
        for (int i = 0; i < turn.Roles.Length; i++) canRelease |= turn.Roles[i].OnHold && Strategies.RoleOrder.IsReleasable(turn.Roles, i, turn.Strategy);
        if (!canRelease || turn.Service.Goal == ServiceGoal.Remove) return new Refusal(RefusalReason.WrongState, "Service has no roles in HOLD");
        for (int i = 0; i < turn.Roles.Length; i++)
        {
            if (turn.Roles[i] is { Activity: RoleActivity.Holding, OnHold: true }) turn.Set(i, turn.Roles[i] with { OnHold = false });
        }

        return null;
    }

    private static Refusal? ChangeDefinition(Turn turn, Service changed)
    {
        if (turn.State is not (ServiceState.Pending or ServiceState.Running or ServiceState.Warning or ServiceState.Done or ServiceState.Hold))
            return WrongState(turn, "Service cannot be updated");
        turn.Set(turn.Service with { Definition = changed.Definition });
        foreach (Role role in changed.Roles)
        {
            int index = turn.Find(role.Name);
            if (index < 0) continue;
            turn.Set(index, turn.Roles[index] with
            {
                Definition = role.Definition,
                ElasticityPolicies = role.ElasticityPolicies,
                ScheduledPolicies = role.ScheduledPolicies,
            });
        }

        return null;
    }

    private static Refusal? ChangeDocument(Turn turn, DocumentChanged changed)
    {
        turn.SetUnsaved(turn.Service with { Name = changed.Name, Owner = changed.Owner });
        return null;
    }
}
