using System.Collections.Immutable;
using CsCheck;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class AutoscalerTests
{
    private static readonly DateTimeOffset Now = new(2021, 6, 7, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(MisfireRule.FireWithinGrace, 3600, true)]
    [InlineData(MisfireRule.FireWithinGrace, 3601, false)]
    [InlineData(MisfireRule.FireAlways, 3 * 86400, true)]
    [InlineData(MisfireRule.Skip, 180, true)]
    [InlineData(MisfireRule.Skip, 181, false)]
    public void Late_schedule_acts_as_its_rule_says(MisfireRule rule, int late, bool acts)
    {
        Role role = Scheduled(Now.AddDays(-5), startTime: $"{Now.ToUnixTimeSeconds() - late}");
        ScaleDecision decision = Decide(role, new AutoscalerSettings { Misfire = rule });
        Assert.Equal(acts ? 1 : 0, decision.Difference);
        Assert.Equal(acts ? 0 : 1, decision.Problems.Length);
        Assert.Equal(Now, decision.ScheduledPolicies[0].LastEvaluation);
        Assert.Equal(0, Decide(decision.Apply(role), new AutoscalerSettings { Misfire = rule }).Difference);
    }

    [Theory]
    [InlineData("0 11 * * *", true)] // daily, an hour ago
    [InlineData("59 10 * * *", false)]
    [InlineData("0 * * * *", true)] // many went by, the last one now
    [InlineData("*/5 * * * *", true)]
    public void Of_many_times_that_went_by_the_newest_counts_once(string recurrence, bool acts)
    {
        Role role = Scheduled(Now.AddDays(-5), recurrence: recurrence);
        ScaleDecision decision = Decide(role);
        Assert.Equal(acts ? 1 : 0, decision.Difference);
        Assert.Equal(ScaleReason.None, Decide(decision.Apply(role)).Reason);
    }

    [Fact]
    public void Time_of_every_day_is_not_lost_between_two_rounds_around_midnight()
    {
        DateTimeOffset after = new(2021, 6, 8, 0, 0, 30, TimeSpan.Zero);
        Role role = Scheduled(after.AddSeconds(-90), startTime: "23:59:45");
        Assert.Equal(1, Autoscaler.Decide(role, VmValues.None, after).Difference);
    }

    [Fact]
    public void Recurrence_is_meant_in_the_zone_of_the_settings()
    {
        Role role = Scheduled(Now.AddSeconds(-90), recurrence: "0 8 * * *");
        Assert.Equal(0, Decide(role).Difference);
        Assert.Equal(1, Decide(role, new AutoscalerSettings { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("America/New_York") }).Difference);
    }

    [Fact]
    public void Problem_of_a_policy_is_reported_and_stops_nobody()
    {
        Role role = Role(2, 1, 9) with
        {
            ScheduledPolicies =
            [
                new() { Type = AdjustmentType.Change, Adjust = 1, StartTime = "garbage", LastEvaluation = Now.AddSeconds(-90) },
                new() { Type = AdjustmentType.Change, Adjust = 1, Recurrence = "0 24 * * *", LastEvaluation = Now.AddSeconds(-90) },
            ],
            ElasticityPolicies = [Elastic("oops"), Elastic(""), Elastic("1 > 0")],
        };
        ScaleDecision decision = Decide(role);
        Assert.Equal((1, ScaleReason.Elasticity, 2), (decision.Difference, decision.Reason, decision.PolicyIndex));
        Assert.Equal(
            [(ScaleReason.Schedule, 0), (ScaleReason.Schedule, 1), (ScaleReason.Elasticity, 0), (ScaleReason.Elasticity, 1)],
            decision.Problems.Select(p => (p.Kind, p.Index)));
        Assert.Contains("hour 24", decision.Problems[1].Message, StringComparison.Ordinal);
        Assert.Contains("column 5", decision.ElasticityPolicies[0].ExpressionEvaluated, StringComparison.Ordinal);
        Assert.Null(decision.ElasticityPolicies[1].ExpressionEvaluated);
    }

    [Theory]
    [InlineData(11, 22, 11)]
    [InlineData(0, 22, 0)]
    [InlineData(null, 22, 22)]
    [InlineData(null, 0, 0)]
    [InlineData(null, null, 300)]
    public void Cooldown_is_that_of_the_policy_the_role_or_the_default_and_the_role_keeps_its_own(int? policy, int? role, int expected)
    {
        Role scaled = Role(2, 1, 9);
        scaled = scaled with { Definition = scaled.Definition with { Cooldown = role }, ElasticityPolicies = [Elastic("1 > 0") with { Cooldown = policy }] };
        ScaleDecision decision = Decide(scaled);
        Assert.Equal(TimeSpan.FromSeconds(expected), decision.Cooldown);
        Assert.Equal(role, decision.Apply(scaled).Definition.Cooldown);
    }

    [Fact]
    public void Role_below_its_least_number_is_brought_to_it_without_a_cooldown()
    {
        ScaleDecision decision = Decide(Role(1, 3, 5));
        Assert.Equal((ScaleReason.Minimum, 3, 2, TimeSpan.Zero), (decision.Reason, decision.Cardinality, decision.Difference, decision.Cooldown));
        Assert.Null(decision.PolicyIndex);
    }

    [Fact]
    public void Policy_that_comes_to_nothing_within_the_limits_lets_the_next_one_act()
    {
        ElasticityPolicy toZero = Elastic("1 > 0") with { Type = AdjustmentType.Cardinality, Adjust = 0 };
        Role role = Role(2, 2, 5) with { ElasticityPolicies = [toZero, Elastic("1 > 0")] };
        ScaleDecision decision = Decide(role);
        Assert.Equal((3, 1), (decision.Cardinality, decision.PolicyIndex));
    }

    [Fact]
    public void Role_that_was_forced_above_its_greatest_number_shrinks_step_by_step()
    {
        Role role = Role(8, 1, 5) with { ElasticityPolicies = [Elastic("1 > 0") with { Adjust = -1 }] };
        Assert.Equal(7, Decide(role).Cardinality);
        Assert.Equal(8, Decide(role with { ElasticityPolicies = [Elastic("1 > 0")] }).Cardinality);
    }

    [Fact]
    public void Role_that_is_scaled_counts_anew()
    {
        ImmutableArray<ElasticityPolicy> policies = [Elastic("1 > 0"), Elastic("1 > 0") with { TrueEvaluations = 3 }];
        Assert.All(ElasticityEvaluation.Scaled(policies), p => Assert.Null(p.TrueEvaluations));
    }

    [Fact]
    public void Fractions_of_seconds_do_not_delay_a_policy()
    {
        Role role = Role(2, 1, 9) with { ElasticityPolicies = [Elastic("1 > 0") with { Period = 60 }] };
        ScaleDecision first = Autoscaler.Decide(role, VmValues.None, Now.AddMilliseconds(900));
        Assert.Equal(Now, first.ElasticityPolicies[0].LastEvaluation);
        Assert.Equal(1, Autoscaler.Decide(first.Apply(role), VmValues.None, Now.AddSeconds(60.1)).Difference);
    }

    [Fact]
    public void Decision_lies_within_the_limits_of_the_role() => Gen.Select(
        Gen.Enum<AdjustmentType>(), Gen.OneOf(Gen.Int[-300, 300], Gen.Int),
        Gen.Int[0, 20].Nullable(), Gen.Int[0, 50], Gen.Int[0, 10].Nullable(), Gen.Int[0, 30].Nullable())
        .Sample((type, adjust, step, cardinality, min, more) =>
        {
            int? max = more is { } m ? (min ?? 0) + m : null;
            ElasticityPolicy policy = Elastic("1 > 0") with { Type = type, Adjust = adjust, MinAdjustStep = step };
            Role role = Role(cardinality, min, max) with { ElasticityPolicies = [policy] };
            ScaleDecision decision = Decide(role);
            Assert.Equal(cardinality + decision.Difference, decision.Cardinality);
            Assert.True(decision.Cardinality >= (min ?? 0), "not below the least number");
            Assert.True(decision.Cardinality <= Math.Max(cardinality, max ?? int.MaxValue), "not above the greatest number");
            if (max is null && cardinality >= (min ?? 0) && adjust > 0) Assert.True(decision.Cardinality <= cardinality, "no greatest number, no growth");
        });

    [Fact]
    public void Cache_that_is_full_begins_anew()
    {
        var settings = new AutoscalerSettings { Cache = new PolicyCache(capacity: 2) };
        for (int i = 0; i < 10; i++)
            Assert.Equal(1, Decide(Role(2, 1, 9) with { ElasticityPolicies = [Elastic($"{i} >= 0")] }, settings).Difference);
    }

    private static ScaleDecision Decide(Role role, AutoscalerSettings? settings = null) => Autoscaler.Decide(role, VmValues.None, Now, settings);

    private static ElasticityPolicy Elastic(string expression) => new() { Type = AdjustmentType.Change, Adjust = 1, Expression = expression };

    private static Role Scheduled(DateTimeOffset last, string? startTime = null, string? recurrence = null) => Role(2, 1, 9) with
    {
        ScheduledPolicies = [new() { Type = AdjustmentType.Change, Adjust = 1, StartTime = startTime, Recurrence = recurrence, LastEvaluation = last }],
    };

    private static Role Role(int cardinality, int? min, int? max) => new()
    {
        Cardinality = cardinality,
        Definition = new RoleDefinition { Name = "r", VmTemplate = 0, MinVms = min, MaxVms = max },
    };
}
