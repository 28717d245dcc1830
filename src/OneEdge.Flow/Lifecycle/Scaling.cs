using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Lifecycle;

/// <summary>Grants or refuses another number of virtual machines.</summary>
internal static class Scaling
{
    public static Refusal? Take(Turn turn, ScaleRequested request)
    {
        if (!CanScale(turn)) return Requests.WrongState(turn, "Service cannot be scaled");
        int index = turn.Find(request.RoleName);
        if (index < 0) return new Refusal(RefusalReason.NotFound, $"Role {request.RoleName} not found");
        Role role = turn.Roles[index];
        if (!IsDeployed(role)) return new Refusal(RefusalReason.WrongState, $"Role {role.Name} cannot be scaled in state: {StateNames.Of(role.State)}");
        if (Problem(turn, role, request) is { } problem) return problem;
        Scale(turn, index, request);
        return null;
    }

    public static Refusal? Take(Turn turn, PoliciesEvaluated evaluated)
    {
        int index = turn.Find(evaluated.RoleName);
        if (index < 0) return new Refusal(RefusalReason.NotFound, $"Role {evaluated.RoleName} not found");
        Role role = turn.Roles[index];

        // They were changed while they were evaluated.
        bool areTheSame = role.ElasticityPolicies.Length == evaluated.ElasticityPolicies.Length
            && role.ScheduledPolicies.Length == evaluated.ScheduledPolicies.Length;
        if (!areTheSame) return new Refusal(RefusalReason.Conflict, $"The policies of role {role.Name} were changed");
        if (evaluated.Scale is not null && !CanPoliciesScale(turn, role))
        {
            // What was due stays due: a schedule that cannot be carried out now is not lost.
            return Requests.WrongState(turn, "Service cannot be scaled");
        }

        bool isWorthSaving = HasNewHistory(role, evaluated);
        role = role with { ElasticityPolicies = evaluated.ElasticityPolicies, ScheduledPolicies = evaluated.ScheduledPolicies };
        if (isWorthSaving) turn.Set(index, role);
        else turn.SetUnsaved(index, role);
        if (evaluated.Scale is { } scale && Problem(turn, turn.Roles[index], scale) is null) Scale(turn, index, scale);
        return null;
    }

    // Unlike OneFlow: while a role is scaled another one, or the same once more, may be. So nothing has to wait for a virtual machine that never comes.
    private static bool CanScale(Turn turn) => turn.Service.Goal == ServiceGoal.Run && turn.State is ServiceState.Running or ServiceState.Warning
        or ServiceState.Cooldown or ServiceState.Scaling or ServiceState.FailedScaling;

    // A role that rests or is being scaled concerns its own policies only.
    private static bool CanPoliciesScale(Turn turn, Role role) => role.Activity == RoleActivity.Serving && turn.Service.Goal == ServiceGoal.Run
        && turn.State is ServiceState.Running or ServiceState.Warning or ServiceState.Cooldown or ServiceState.Scaling;

    private static bool IsDeployed(Role role) => role.Activity is RoleActivity.Serving or RoleActivity.CoolingDown or RoleActivity.ScalingUp
        or RoleActivity.ScalingDown;

    private static Refusal? Problem(Turn turn, Role role, ScaleRequested request)
    {
        string head = $"Can't scale service {turn.Service.Id}: ";
        if (request.Cardinality < 0) return new Refusal(RefusalReason.Invalid, $"{head}Minimum cardinality is {role.Definition.MinVms ?? 0}");
        if (!request.IsForced && role.Definition.MinVms is { } min && request.Cardinality < min)
            return new Refusal(RefusalReason.Invalid, $"{head}Minimum cardinality is {min}");
        if (!request.IsForced && role.Definition.MaxVms is { } max && request.Cardinality > max)
            return new Refusal(RefusalReason.Invalid, $"{head}Maximum cardinality is {max}");
        return request.Cardinality == role.Cardinality
            ? new Refusal(RefusalReason.Conflict, $"Cardinality of {role.Name} is already at {role.Cardinality}") : null;
    }

    private static void Scale(Turn turn, int index, ScaleRequested request)
    {
        Role role = turn.Roles[index];
        string way = request.Cardinality > role.Cardinality ? "up" : "down";
        turn.Log("I", $"Role {role.Name} scaling {way} from {role.Cardinality} to {request.Cardinality} nodes");
        turn.Set(index, role with
        {
            Cardinality = request.Cardinality,
            Activity = request.Cardinality > role.Cardinality ? RoleActivity.ScalingUp : RoleActivity.ScalingDown,
            ScaleCooldown = request.Cooldown,
            CooldownEnd = null,
            Error = null,
            ElasticityPolicies = [.. role.ElasticityPolicies.Select(policy => policy with { TrueEvaluations = null })],
        });
    }

    // That a policy was looked at is worth a write only if something followed from it.
    private static bool HasNewHistory(Role role, PoliciesEvaluated evaluated)
    {
        for (int i = 0; i < role.ElasticityPolicies.Length; i++)
        {
            ElasticityPolicy before = role.ElasticityPolicies[i], after = evaluated.ElasticityPolicies[i];
            if (before.TrueEvaluations != after.TrueEvaluations || before.LastEvaluation is null != after.LastEvaluation is null) return true;
        }

        for (int i = 0; i < role.ScheduledPolicies.Length; i++)
        {
            if (role.ScheduledPolicies[i].LastEvaluation is null != evaluated.ScheduledPolicies[i].LastEvaluation is null) return true;
        }

        return evaluated.Scale is not null;
    }
}
