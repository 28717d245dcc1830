namespace OneEdge.Flow.Elasticity;

/// <summary>Evaluates scheduled policies.</summary>
internal static class ScheduleEvaluation
{
    /// <summary>Evaluates a policy: it acts when its time lies behind the last evaluation and not behind now.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="role">The role.</param>
    /// <param name="now">The time, in whole seconds.</param>
    /// <param name="settings">The time zone, and what becomes of times that went by.</param>
    public static PolicyOutcome<ScheduledPolicy> Evaluate(ScheduledPolicy policy, RoleScale role, DateTimeOffset now, AutoscalerSettings settings)
    {
        ScheduledPolicy after = policy with { LastEvaluation = now };
        if (policy.LastEvaluation is not { } last || last.ToUnixTimeSeconds() <= 0) return new(after, 0);
        DateTimeOffset? due = string.IsNullOrEmpty(policy.StartTime) ? Recurring(policy.Recurrence, last, now, settings, out string? problem)
            : Once(policy.StartTime, last, now, settings, out problem);
        if (due is not { } time) return new(after, 0, problem);
        if (now - time > settings.MostLate) return new(after, 0, $"its time {time:O} went by");
        return new(after, ScaleArithmetic.NewCardinality(policy.Type, policy.Adjust, policy.MinAdjustStep, role) - role.Cardinality);
    }

    private static DateTimeOffset? Once(string text, DateTimeOffset last, DateTimeOffset now, AutoscalerSettings settings, out string? problem)
    {
        problem = null;
        if (!StartTime.TryParse(text, out StartTime time))
        {
            problem = $"start_time '{text}' is no time";
            return null;
        }

        // A time without a date comes again: its last one may have been yesterday, or this time of the year before.
        return time.LastUntil(now, settings.TimeZone) is { } due && due > last ? due : null;
    }

    private static DateTimeOffset? Recurring(string? text, DateTimeOffset last, DateTimeOffset now, AutoscalerSettings settings, out string? problem)
    {
        problem = null;
        if (string.IsNullOrEmpty(text)) return null;
        PolicyCache.ParsedRecurrence parsed = settings.Cache.Recurrence(text);
        if (parsed.Value is not { } recurrence)
        {
            problem = $"recurrence '{text}': {parsed.Error}";
            return null;
        }

        if (recurrence.Next(last, settings.TimeZone) is not { } first || first > now) return null;

        // Of several times the newest counts; it is enough to know one that is not too late.
        TimeSpan most = settings.MostLate;
        if (now - first <= most) return first;
        DateTimeOffset newest = now - most;
        return recurrence.Next(newest.AddTicks(-1), settings.TimeZone) is { } later && later <= now ? later : first;
    }
}
