using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>Where elasticity and schedules answer differently from OpenNebula; <c>docs/deviations.md</c> lists the rules by these names.</summary>
internal static class ElasticityDeviations
{
    public const string QuotedVariablesHaveValues = "quoted-variables-have-values";
    public const string MonitoringMayBeMissing = "monitoring-may-be-missing";
    public const string NumericStartTimesAreRead = "numeric-start-times-are-read";
    public const string CronRangesAreChecked = "cron-ranges-are-checked";
    public const string CronDaysExist = "cron-days-exist";
    public const string BlanksAroundCronDoNotMatter = "blanks-around-cron-do-not-matter";
    public const string CronFollowsTheClock = "cron-follows-the-clock";
    public const string DecisionsStayWithinLimits = "decisions-stay-within-limits";
    public const string NumbersBelowZeroAreRefused = "numbers-below-zero-are-refused";
    public const string ScaleNeedsANumber = "scale-needs-a-number";
    public const string LimitsAreNamed = "limits-are-named";

    public static string? OfExpression(JsonElement json)
    {
        string expression = json.GetProperty("expression").GetString()!;
        if (expression.IndexOfAny(['"', '\'']) >= 0 && json.GetProperty("parses").GetBoolean()) return QuotedVariablesHaveValues;
        bool isMissing = json.GetProperty("vms").EnumerateArray().Any(m => m.TryGetProperty("no_monitoring_element", out _));
        return isMissing ? MonitoringMayBeMissing : null;
    }

    public static string? OfSchedule(JsonElement json, TimeZoneInfo zone)
    {
        JsonElement policy = json.GetProperty("policy");
        if (policy.TryGetProperty("start_time", out JsonElement start) && start.ValueKind == JsonValueKind.Number) return NumericStartTimesAreRead;
        if (Recurrence(policy) is not { Length: > 0 } recurrence || start.ValueKind == JsonValueKind.String && start.GetString() != "") return null;
        if (!policy.TryGetProperty("last_eval", out JsonElement last) || last.ValueKind != JsonValueKind.Number) return null;
        if (IsRefused(recurrence)) return CronRangesAreChecked;
        if (char.IsWhiteSpace(recurrence[0])) return BlanksAroundCronDoNotMatter;
        DateTimeOffset from = RecordedPolicies.Time(last);
        DateTimeOffset now = RecordedPolicies.Time(json.GetProperty("now"));
        if (TouchesAChange(from, now, zone)) return CronFollowsTheClock;
        bool acted = json.GetProperty("triggered").GetBoolean();
        return acted != NaiveCron.Any(recurrence, from, now, zone) ? CronDaysExist : null;
    }

    public static string? OfNext(JsonElement json, TimeZoneInfo zone)
    {
        if (!json.TryGetProperty("next", out JsonElement recorded)) return null;
        string recurrence = json.GetProperty("recurrence").GetString()!;
        if (IsRefused(recurrence)) return CronRangesAreChecked;
        if (char.IsWhiteSpace(recurrence[0])) return BlanksAroundCronDoNotMatter;
        DateTimeOffset next = RecordedPolicies.Time(recorded);
        bool isAtAChange = zone.IsAmbiguousTime(next) || zone.GetUtcOffset(next.AddHours(-1)) != zone.GetUtcOffset(next);
        if (isAtAChange) return CronFollowsTheClock;
        return NaiveCron.Matches(recurrence, TimeZoneInfo.ConvertTime(next, zone).DateTime) ? null : CronDaysExist;
    }

    public static string? OfDecision(JsonElement json)
    {
        Role role = RecordedPolicies.Role(json.GetProperty("role"));
        int diff = json.GetProperty("diff").GetInt32();
        return diff != 0 && ScaleLimits.Refusal(role.Definition, role.Cardinality + diff, force: false) is not null ? DecisionsStayWithinLimits : null;
    }

    public static string? OfRequest(JsonElement json)
    {
        JsonElement request = json.GetProperty("request");
        if (!request.TryGetProperty("cardinality", out JsonElement cardinality) || cardinality.ValueKind != JsonValueKind.Number) return ScaleNeedsANumber;
        bool isForced = request.TryGetProperty("force", out JsonElement force) && force.ValueKind == JsonValueKind.True;
        if (isForced && cardinality.GetDouble() < 0) return NumbersBelowZeroAreRefused;
        return json.TryGetProperty("error", out JsonElement error) && error.GetString() == "Minimum cardinality is " ? LimitsAreNamed : null;
    }

    private static string? Recurrence(JsonElement policy) => policy.TryGetProperty("recurrence", out JsonElement text) ? text.GetString() : null;

    private static bool IsRefused(string text) => Flow.Elasticity.Recurrence.IsAccepted(text) && !Flow.Elasticity.Recurrence.TryParse(text, out _, out _);

    private static bool TouchesAChange(DateTimeOffset from, DateTimeOffset now, TimeZoneInfo zone) =>
        zone.IsAmbiguousTime(now) || zone.IsAmbiguousTime(from) || zone.GetUtcOffset(from.AddHours(-2)) != zone.GetUtcOffset(now);
}
