using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of policies.</summary>
internal static class PolicyMembers
{
    public static readonly ObjectOverlay<ElasticityPolicy> Elasticity = new(
        Values.Word<ElasticityPolicy, AdjustmentType>("type", p => p.Type, FlowNames.Adjustment, FlowNames.Text),
        Values.Count<ElasticityPolicy>("adjust", p => p.Adjust, p => p.Members.IsEmpty || p.Adjust != 0),
        Values.Int<ElasticityPolicy>("min_adjust_step", p => p.MinAdjustStep),
        Values.Text<ElasticityPolicy>("expression", p => p.Expression.Length == 0 ? null : p.Expression),
        Values.Int<ElasticityPolicy>("period_number", p => p.PeriodNumber),
        Values.Int<ElasticityPolicy>("period", p => p.Period),
        Values.Int<ElasticityPolicy>("cooldown", p => p.Cooldown),
        Values.Time<ElasticityPolicy>("last_eval", p => p.LastEvaluation),
        Values.Int<ElasticityPolicy>("true_evals", p => p.TrueEvaluations),
        Values.Text<ElasticityPolicy>("expression_evaluated", p => p.ExpressionEvaluated));

    public static readonly ObjectOverlay<ScheduledPolicy> Scheduled = new(
        Values.Word<ScheduledPolicy, AdjustmentType>("type", p => p.Type, FlowNames.Adjustment, FlowNames.Text),
        Values.Int<ScheduledPolicy>("adjust", p => p.Adjust),
        Values.Int<ScheduledPolicy>("min_adjust_step", p => p.MinAdjustStep),
        Values.Text<ScheduledPolicy>("start_time", p => p.StartTime),
        Values.Text<ScheduledPolicy>("recurrence", p => p.Recurrence),
        Values.Int<ScheduledPolicy>("cooldown", p => p.Cooldown),
        Values.Time<ScheduledPolicy>("last_eval", p => p.LastEvaluation));
}
