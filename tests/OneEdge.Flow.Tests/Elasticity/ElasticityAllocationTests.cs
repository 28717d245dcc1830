using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>What decisions allocate. A budget that is exceeded is a change for the worse, whatever the machine.</summary>
[Collection(nameof(Alone))]
public sealed class ElasticityAllocationTests
{
    private static readonly DateTimeOffset Now = new(2021, 6, 7, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Evaluation_over_many_machines_allocates_nothing()
    {
        VmValues values = VmValues.Of(Enumerable.Range(0, 100).Select(i => RecordedPolicies.Machine("CPU", $"{i}.5")));
        ElasticityExpression expression = ElasticityExpression.Parse("CPU > 80 & (CPU < 1000 | !CPU = 5)");
        VmStatistic percentile = VmStatistic.Percentile(95);
        Assert.Equal(0, AllocationMeter.Least(() => expression.Evaluate(values)));
        Assert.Equal(0, AllocationMeter.Least(() => expression.Evaluate(values, percentile)));
    }

    [Fact]
    public void Evaluation_with_its_text_allocates_the_text()
    {
        VmValues values = RecordedPolicies.Value("CPU", "80.5");
        ElasticityExpression expression = ElasticityExpression.Parse("CPU > 80 & CPU < 1000");
        Assert.InRange(AllocationMeter.Least(() => expression.Evaluate(values, default, out _)), 1, 120);
    }

    [Fact]
    public void Decision_for_a_role_without_policies_is_one_object()
    {
        var role = new Role { Cardinality = 2, Definition = new RoleDefinition { Name = "r", VmTemplate = 0, MinVms = 1, MaxVms = 5 } };
        Assert.InRange(AllocationMeter.Least(() => Autoscaler.Decide(role, VmValues.None, Now)), 1, 112);
    }

    [Fact]
    public void Decision_for_a_role_whose_policies_do_not_act_copies_those_that_were_evaluated()
    {
        VmValues values = RecordedPolicies.Value("CPU", "50");
        var role = new Role
        {
            Cardinality = 2,
            Definition = new RoleDefinition { Name = "r", VmTemplate = 0, MinVms = 1, MaxVms = 5 },
            ElasticityPolicies = [new() { Type = AdjustmentType.Change, Adjust = 1, Expression = "CPU > 80" }],
            ScheduledPolicies = [new() { Type = AdjustmentType.Change, Adjust = 1, Recurrence = "0 8 * * mon-fri", LastEvaluation = Now.AddSeconds(-90) }],
        };
        Assert.InRange(AllocationMeter.Least(() => Autoscaler.Decide(role, values, Now)), 1, 800);
    }
}
