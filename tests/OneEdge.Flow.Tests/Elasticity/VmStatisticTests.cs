using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

public sealed class VmStatisticTests
{
    [Theory]
    [InlineData("avg", 4.33)]
    [InlineData("sum", 13)]
    [InlineData("MIN", 1)]
    [InlineData("Max", 10)]
    [InlineData("count", 3)]
    [InlineData("p50", 2)]
    [InlineData("p95", 10)]
    [InlineData("P1", 1)]
    [InlineData("p100", 10)]
    public void Statistic_is_named_and_computed(string text, double value)
    {
        Assert.True(VmStatistic.TryParse(text, out VmStatistic statistic));
        Assert.Equal(value, statistic.Of(Values("10", "1", "2"), "X"));
        Assert.Equal(text.ToLowerInvariant(), statistic.ToString());
        if (text != "count") Assert.Null(statistic.Of(Values("10"), "Y"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("p0")]
    [InlineData("p101")]
    [InlineData("p-5")]
    [InlineData("p 5")]
    [InlineData("median")]
    [InlineData("average")]
    public void Unknown_names_are_told_apart(string? text) => Assert.False(VmStatistic.TryParse(text, out _));

    [Fact]
    public void Count_of_what_nobody_has_is_zero() => Assert.Equal(0, VmStatistic.Count.Of(Values("1"), "Y"));

    [Fact]
    public void Percentile_of_many_machines_is_one_of_their_values()
    {
        VmValues values = VmValues.Of(Enumerable.Range(1, 1000).Select(i => RecordedPolicies.Machine("X", $"{i}")));
        Assert.Equal(950, VmStatistic.Percentile(95).Of(values, "X"));
        Assert.Equal(10, VmStatistic.Percentile(1).Of(values, "X"));
    }

    [Theory]
    [InlineData("""{}""", false)]
    [InlineData("""{"statistic":"max"}""", true)]
    [InlineData("""{"statistic":"nothing known"}""", false)]
    [InlineData("""{"statistic":5}""", false)]
    public void Policy_says_which_and_means_the_average_otherwise(string members, bool isGreatest)
    {
        var policy = new ElasticityPolicy
        {
            Type = AdjustmentType.Change,
            Adjust = 1,
            Expression = "X > 9",
            Members = new FlowMembers(JsonDocument.Parse(members).RootElement),
        };
        PolicyOutcome<ElasticityPolicy> outcome = ElasticityEvaluation.Evaluate(
            policy, new RoleScale(1, 1, 5), Values("10", "1"), DateTimeOffset.UnixEpoch.AddDays(1), new PolicyCache());
        Assert.Equal(isGreatest ? 1 : 0, outcome.Difference);
        Assert.Equal(isGreatest ? "X[10.0] > 9" : "X[5.5] > 9", outcome.Policy.ExpressionEvaluated);
        Assert.Equal(VmStatistic.Sum, VmStatistic.Of(policy with { Statistic = VmStatistic.Sum }));
    }

    [Fact]
    public void Values_past_those_with_fractions_stay() => Assert.Equal(1e307, VmStatistic.Average.Of(Values("1e307"), "X"));

    private static VmValues Values(params string[] values) => VmValues.Of(values.Select(v => RecordedPolicies.Machine("X", v)));
}
