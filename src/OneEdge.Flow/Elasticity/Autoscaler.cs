using System.Collections.Immutable;

namespace OneEdge.Flow.Elasticity;

/// <summary>Decides whether roles are scaled: a function of a role, its virtual machines and the time.</summary>
public static class Autoscaler
{
    /// <summary>
    /// Decides for one role. Scheduled policies come first, then elasticity policies, each in order; the first that changes the number wins and those
    /// behind it are not evaluated. When none does, a role below its least number of virtual machines is brought to it, with no cooldown.
    /// </summary>
    /// <param name="role">The role.</param>
    /// <param name="values">What its virtual machines say.</param>
    /// <param name="now">The time; fractions of seconds do not count.</param>
    /// <param name="settings">Time zone, cooldown and what becomes of late schedules.</param>
    /// <remarks>
    /// What is decided lies within the limits of the role; a role that somebody forced above its greatest number does not grow. Source: OpenNebula 6.10,
    /// "OneFlow auto-scaling", and runs of it.
    /// </remarks>
    public static ScaleDecision Decide(Role role, IVmValues values, DateTimeOffset now, AutoscalerSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(role);
        ArgumentNullException.ThrowIfNull(values);
        settings ??= AutoscalerSettings.Default;
        var facts = RoleScale.Of(role);
        var time = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        ImmutableArray<PolicyProblem>.Builder? problems = null;
        ImmutableArray<ScheduledPolicy> scheduled = role.ScheduledPolicies;
        ImmutableArray<ElasticityPolicy> elastic = role.ElasticityPolicies;
        (int index, int cardinality) = Round(
            ref scheduled, facts, ScaleReason.Schedule, ref problems, (Time: time, Settings: settings),
            static (policy, f, s) => ScheduleEvaluation.Evaluate(policy, f, s.Time, s.Settings));
        ScaleReason reason = index < 0 ? ScaleReason.Elasticity : ScaleReason.Schedule;
        int? cooldown = index < 0 ? null : scheduled[index].Cooldown;
        if (index < 0)
        {
            (index, cardinality) = Round(
                ref elastic, facts, ScaleReason.Elasticity, ref problems, (Time: time, Settings: settings, Values: values),
                static (policy, f, s) => ElasticityEvaluation.Evaluate(policy, f, s.Values, s.Time, s.Settings.Cache));
            cooldown = index < 0 ? null : elastic[index].Cooldown;
        }

        if (index < 0) (reason, cardinality, cooldown) = Minimum(facts);
        return new ScaleDecision
        {
            Cardinality = cardinality,
            Difference = cardinality - facts.Cardinality,
            Reason = reason,
            PolicyIndex = index < 0 ? null : index,
            Cooldown = reason == ScaleReason.None ? TimeSpan.Zero : Cooldown(cooldown, facts, settings),
            ElasticityPolicies = elastic,
            ScheduledPolicies = scheduled,
            Problems = problems?.DrainToImmutable() ?? [],
        };
    }

    private static (ScaleReason Reason, int Cardinality, int? Cooldown) Minimum(RoleScale role) =>
        role.MinVms is { } min && role.Cardinality < min ? (ScaleReason.Minimum, min, 0) : (ScaleReason.None, role.Cardinality, null);

    private static TimeSpan Cooldown(int? policy, RoleScale role, AutoscalerSettings settings) =>
        (policy ?? role.Cooldown) is { } seconds ? TimeSpan.FromSeconds(Math.Max(seconds, 0)) : settings.DefaultCooldown;

    // Evaluates policies up to the first that changes the number; the array is copied when a policy changes.
    private static (int Index, int Cardinality) Round<TPolicy, TState>(
        ref ImmutableArray<TPolicy> policies,
        RoleScale role,
        ScaleReason kind,
        ref ImmutableArray<PolicyProblem>.Builder? problems,
        TState state,
        Func<TPolicy, RoleScale, TState, PolicyOutcome<TPolicy>> evaluate)
        where TPolicy : class
    {
        TPolicy[]? changed = null;
        int winner = -1;
        int cardinality = role.Cardinality;
        for (int i = 0; i < policies.Length && winner < 0; i++)
        {
            PolicyOutcome<TPolicy> outcome = evaluate(policies[i], role, state);
            if (!ReferenceEquals(outcome.Policy, policies[i])) (changed ??= [.. policies])[i] = outcome.Policy;
            if (outcome.Problem is { } problem) (problems ??= ImmutableArray.CreateBuilder<PolicyProblem>()).Add(new PolicyProblem(kind, i, problem));
            if (outcome.Difference == 0) continue;
            cardinality = ScaleArithmetic.Within(role.Cardinality + outcome.Difference, role);
            if (cardinality != role.Cardinality) winner = i;
        }

        if (changed is not null) policies = System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(changed);
        return (winner, cardinality);
    }
}
