using System.Collections.Immutable;

namespace OneEdge.Flow.Elasticity;

/// <summary>Evaluates elasticity policies.</summary>
internal static class ElasticityEvaluation
{
    /// <summary>Evaluates a policy when its period is over.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="role">The role.</param>
    /// <param name="values">What its virtual machines say.</param>
    /// <param name="now">The time, in whole seconds.</param>
    /// <param name="cache">Expressions that were read.</param>
    /// <remarks>The policy goes on counting after it has acted; <see cref="Scaled"/> is for when the role is scaled.</remarks>
    public static PolicyOutcome<ElasticityPolicy> Evaluate(
        ElasticityPolicy policy, RoleScale role, IVmValues values, DateTimeOffset now, PolicyCache cache)
    {
        if (policy.LastEvaluation is { } last && now.ToUnixTimeSeconds() < last.ToUnixTimeSeconds() + (policy.Period ?? 0)) return new(policy, 0);
        (bool holds, string? text, string? problem) = Holds(policy, values, cache);
        int wanted = Math.Max(policy.PeriodNumber ?? 0, 0);
        int times = holds ? (int)Math.Min((long)Math.Max(policy.TrueEvaluations ?? 0, 0) + 1, wanted) : 0;
        ElasticityPolicy after = policy with { LastEvaluation = now, TrueEvaluations = times, ExpressionEvaluated = text };
        if (!holds || times < wanted) return new(after, 0, problem);
        return new(after, ScaleArithmetic.NewCardinality(policy.Type, policy.Adjust, policy.MinAdjustStep, role) - role.Cardinality);
    }

    /// <summary>The policies of a role that is being scaled: they count anew.</summary>
    public static ImmutableArray<ElasticityPolicy> Scaled(ImmutableArray<ElasticityPolicy> policies)
    {
        foreach (ElasticityPolicy policy in policies)
        {
            if (policy.TrueEvaluations is not null) return [.. policies.Select(p => p.TrueEvaluations is null ? p : p with { TrueEvaluations = null })];
        }

        return policies;
    }

    private static (bool Holds, string? Text, string? Problem) Holds(ElasticityPolicy policy, IVmValues values, PolicyCache cache)
    {
        if (policy.Expression.Length == 0) return (false, null, "the expression is empty");
        PolicyCache.ParsedExpression parsed = cache.Expression(policy.Expression);
        if (parsed.Value is not { } expression)
        {
            string text = $"Parse error. '{policy.Expression}': {parsed.Error}";
            return (false, text, text);
        }

        bool holds = expression.Evaluate(values, VmStatistic.Of(policy), out string evaluated);
        return (holds, evaluated, null);
    }
}
