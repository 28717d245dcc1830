using System.Globalization;
using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>Every recorded run of expressions, schedules, arithmetic and histories of OpenNebula.</summary>
public sealed class ElasticityConformanceTests
{
    private static readonly AutoscalerSettings Original = new() { Misfire = MisfireRule.FireAlways };
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeSeconds(1623067200);

    [Fact]
    public void Expression_has_the_recorded_value_and_text() => ForEach("expressions.jsonl", null, json =>
    {
        string text = json.GetProperty("expression").GetString()!;
        VmValues values = RecordedPolicies.Values(json.GetProperty("vms"));
        bool parses = ElasticityExpression.TryParse(text, out ElasticityExpression? expression, out ExpressionError? error);
        Assert.Equal(json.GetProperty("parses").GetBoolean(), parses);
        Assert.Equal(parses, error is null);
        switch (ElasticityDeviations.OfExpression(json))
        {
            case ElasticityDeviations.MonitoringMayBeMissing:
                Assert.True(json.TryGetProperty("exception", out _));
                Assert.True(expression!.Evaluate(values), "the values of the other containers count");
                return;
            case ElasticityDeviations.QuotedVariablesHaveValues:
                string bare = text.Replace("\"", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
                Assert.Equal(ElasticityExpression.Parse(bare).Evaluate(values), expression!.Evaluate(values));
                CheckEvaluation(json, text, values, new PolicyCache(new ExpressionOptions { QuotedVariablesHaveValues = false }));
                return;
            default:
                CheckEvaluation(json, text, values, new PolicyCache());
                return;
        }
    });

    [Fact]
    public void Schedule_acts_when_the_recorded_one_did() => ForEach("schedules.jsonl", "scale_time", json =>
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(json.GetProperty("tz").GetString()!);
        ScheduledPolicy policy = RecordedPolicies.Scheduled(json.GetProperty("policy"));
        DateTimeOffset now = RecordedPolicies.Time(json.GetProperty("now"));
        RoleScale role = RoleScale.Of(RecordedPolicies.Role(json.GetProperty("role")));
        PolicyOutcome<ScheduledPolicy> outcome = ScheduleEvaluation.Evaluate(policy, role, now, Original with { TimeZone = zone });
        Assert.Equal(now, outcome.Policy.LastEvaluation);
        int wanted = ScaleArithmetic.NewCardinality(policy.Type, policy.Adjust, policy.MinAdjustStep, role) - role.Cardinality;
        switch (ElasticityDeviations.OfSchedule(json, zone))
        {
            case null:
                Assert.Equal(json.GetProperty("diff").GetInt32(), outcome.Difference);
                break;
            case ElasticityDeviations.NumericStartTimesAreRead:
                Assert.True(json.TryGetProperty("exception", out _));
                long start = json.GetProperty("policy").GetProperty("start_time").GetInt64();
                Assert.Equal(start > policy.LastEvaluation!.Value.ToUnixTimeSeconds() && start <= now.ToUnixTimeSeconds() ? wanted : 0, outcome.Difference);
                break;
            case ElasticityDeviations.CronRangesAreChecked:
                Assert.Equal(0, outcome.Difference);
                Assert.NotNull(outcome.Problem);
                break;
            case ElasticityDeviations.CronFollowsTheClock:
                Assert.Contains(outcome.Difference, new[] { 0, wanted });
                break;
            default:
                Assert.Equal(NaiveCron.Any(policy.Recurrence!, policy.LastEvaluation!.Value, now, zone) ? wanted : 0, outcome.Difference);
                break;
        }
    });

    [Fact]
    public void Recurrence_comes_when_the_recorded_one_did() => ForEach("schedules.jsonl", "cron_next", json =>
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(json.GetProperty("tz").GetString()!);
        string text = json.GetProperty("recurrence").GetString()!;
        DateTimeOffset from = RecordedPolicies.Time(json.GetProperty("from"));
        bool isRead = Recurrence.TryParse(text, out Recurrence? recurrence, out string? error);
        if (!json.TryGetProperty("next", out JsonElement next))
        {
            Assert.False(isRead);
            Assert.False(Recurrence.IsAccepted(text));
            Assert.NotNull(error);
            return;
        }

        Assert.True(Recurrence.IsAccepted(text));
        string? rule = ElasticityDeviations.OfNext(json, zone);
        Assert.Equal(rule == ElasticityDeviations.CronRangesAreChecked, !isRead);
        if (!isRead) return;
        DateTimeOffset? ours = recurrence!.Next(from, zone);
        if (rule is null) Assert.Equal(RecordedPolicies.Time(next), ours);
        else if (rule != ElasticityDeviations.CronFollowsTheClock) CheckNext(text, from, ours, zone);
        else Assert.InRange(RecordedPolicies.Time(next) - ours!.Value, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
    });

    [Fact]
    public void Adjustment_gives_the_recorded_number() => ForEach("scale.jsonl", "adjust", json =>
    {
        JsonElement policy = json.GetProperty("policy");
        RoleScale role = RoleScale.Of(RecordedPolicies.Role(json.GetProperty("role")));
        int number = ScaleArithmetic.NewCardinality(
            RecordedPolicies.Type(policy), RecordedPolicies.Int(policy, "adjust"), RecordedPolicies.Int(policy, "min_adjust_step"), role);
        Assert.Equal(json.GetProperty("new_cardinality").GetInt32(), number);
    });

    [Fact]
    public void Request_to_scale_is_answered_as_recorded() => ForEach("scale.jsonl", "manual", json =>
    {
        Role role = RecordedPolicies.Role(json.GetProperty("role"));
        JsonElement request = json.GetProperty("request");
        string? rule = ElasticityDeviations.OfRequest(json);
        if (rule == ElasticityDeviations.ScaleNeedsANumber) return;
        int wanted = (int)request.GetProperty("cardinality").GetDouble();
        bool force = request.TryGetProperty("force", out JsonElement forced) && forced.ValueKind == JsonValueKind.True;
        string? refusal = ScaleLimits.Refusal(role.Definition, wanted, force);
        if (rule is not null)
        {
            Assert.Equal("Minimum cardinality is 0", refusal);
            return;
        }

        Assert.Equal(json.GetProperty("error").GetString(), refusal);
        Assert.Equal(json.GetProperty("new_cardinality").GetInt32(), refusal is null ? wanted : role.Cardinality);
        string[] log = refusal is null ? [ScaleLimits.LogMessage("r", role.Cardinality, wanted)] : [];
        Assert.Equal(json.GetProperty("service_log").EnumerateArray().Select(l => l.GetString()!), log);
    });

    [Fact]
    public void Decision_is_the_recorded_one() => ForEach("scale.jsonl", "scale_decision", json =>
    {
        Role role = RecordedPolicies.Role(json.GetProperty("role"));
        ScaleDecision decision = Autoscaler.Decide(role, VmValues.None, RecordedPolicies.Time(json.GetProperty("now")), Original);
        CheckHistory(json, "elasticity_after", decision.ElasticityPolicies, CheckElasticity);
        CheckHistory(
            json, "scheduled_after", decision.ScheduledPolicies,
            (p, after) => Assert.Equal(Seconds(after, "last_eval"), p.LastEvaluation?.ToUnixTimeSeconds()));
        Assert.Equal(role.Cardinality + decision.Difference, decision.Cardinality);
        if (ElasticityDeviations.OfDecision(json) is not null)
        {
            Assert.Null(ScaleLimits.Refusal(role.Definition, decision.Cardinality, force: false));
            return;
        }

        Assert.Equal(json.GetProperty("diff").GetInt32(), decision.Difference);
        if (decision.Difference == 0) return;
        long cooldown = Seconds(json, "cooldown") ?? role.Definition.Cooldown ?? 300;
        Assert.Equal(TimeSpan.FromSeconds(cooldown), decision.Cooldown);
    });

    [Fact]
    public void Policy_has_the_recorded_history() => ForEach("policy_history.jsonl", null, json =>
    {
        RoleScale role = RoleScale.Of(RecordedPolicies.Role(json.GetProperty("role")));
        ElasticityPolicy policy = RecordedPolicies.Elasticity(json.GetProperty("policy"));
        foreach (JsonElement step in json.GetProperty("steps").EnumerateArray())
        {
            VmValues values = RecordedPolicies.Value("X", step.GetProperty("x").ToString());
            PolicyOutcome<ElasticityPolicy> outcome = ElasticityEvaluation.Evaluate(
                policy, role, values, RecordedPolicies.Time(step.GetProperty("t")), Original.Cache);
            policy = outcome.Policy;
            Assert.Equal(step.GetProperty("diff").GetInt32(), outcome.Difference);
            CheckElasticity(policy, step);
            if (outcome.Difference != 0) Assert.Equal(Seconds(step, "cooldown"), policy.Cooldown);
        }
    });

    private static void CheckEvaluation(JsonElement json, string text, VmValues values, PolicyCache cache)
    {
        var policy = new ElasticityPolicy { Type = AdjustmentType.Change, Adjust = 1, Expression = text };
        PolicyOutcome<ElasticityPolicy> outcome = ElasticityEvaluation.Evaluate(policy, new RoleScale(1, 0, 9), values, Noon, cache);
        Assert.Equal(json.GetProperty("value").GetBoolean(), outcome.Difference == 1);
        string? recorded = json.GetProperty("evaluated").GetString();
        string parseError = $"Parse error. '{text}': ";
        if (recorded is null || !recorded.StartsWith(parseError, StringComparison.Ordinal)) Assert.Equal(recorded, outcome.Policy.ExpressionEvaluated);
        else Assert.StartsWith(parseError, outcome.Policy.ExpressionEvaluated, StringComparison.Ordinal);
    }

    private static void CheckNext(string text, DateTimeOffset from, DateTimeOffset? next, TimeZoneInfo zone)
    {
        if (next is null)
        {
            Assert.False(NaiveCron.Any(text, from, from.AddDays(366), zone));
            return;
        }

        Assert.True(next > from);
        Assert.True(NaiveCron.Matches(text, TimeZoneInfo.ConvertTime(next.Value, zone).DateTime));
    }

    private static void CheckHistory<T>(JsonElement json, string name, IReadOnlyList<T> policies, Action<T, JsonElement> check)
    {
        JsonElement after = json.GetProperty(name);
        Assert.Equal(after.ValueKind == JsonValueKind.Null ? 0 : after.GetArrayLength(), policies.Count);
        for (int i = 0; i < policies.Count; i++) check(policies[i], after[i]);
    }

    private static void CheckElasticity(ElasticityPolicy policy, JsonElement after)
    {
        Assert.Equal(Seconds(after, "last_eval"), policy.LastEvaluation?.ToUnixTimeSeconds());
        Assert.Equal(Seconds(after, "true_evals"), policy.TrueEvaluations);
        string? text = after.TryGetProperty("expression_evaluated", out JsonElement evaluated) ? evaluated.GetString() : null;
        string? ours = policy.ExpressionEvaluated;
        const string failed = "Parse error. '";
        if (text?.StartsWith(failed, StringComparison.Ordinal) == true) Assert.StartsWith($"{failed}{policy.Expression}': ", ours, StringComparison.Ordinal);
        else Assert.Equal(text, ours);
    }

    private static long? Seconds(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static void ForEach(string file, string? kind, Action<JsonElement> check)
    {
        List<string> failures = [];
        int count = 0;
        foreach (JsonElement json in ConformanceData.Cases("flow", file))
        {
            if (kind is not null && json.GetProperty("kind").GetString() != kind) continue;
            count++;
            try
            {
                check(json);
            }
            catch (Exception e)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{json.GetProperty("id")}: {e.Message}"));
            }
        }

        Assert.True(count > 0, $"no case in {file}");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
