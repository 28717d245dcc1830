namespace OneEdge.Flow.Elasticity;

/// <summary>A policy that scales a role at a time, once or again and again, and what happened to it so far.</summary>
public sealed record ScheduledPolicy
{
    /// <summary>How the number of virtual machines changes.</summary>
    public required AdjustmentType Type { get; init; }

    /// <summary>By how much, or to which number; <see langword="null"/> only in a document that was not validated: no change.</summary>
    public required int? Adjust { get; init; }

    /// <summary>The least change of <see cref="AdjustmentType.PercentageChange"/>.</summary>
    public int? MinAdjustStep { get; init; }

    /// <summary>The time, as the template has it; <see langword="null"/> with <see cref="Recurrence"/>.</summary>
    public string? StartTime { get; init; }

    /// <summary>The times as a cron expression; <see langword="null"/> with <see cref="StartTime"/>.</summary>
    public string? Recurrence { get; init; }

    /// <summary>The seconds that the policies of the role rest when this one has acted; <see langword="null"/> for what the role says.</summary>
    public int? Cooldown { get; init; }

    /// <summary>When it was evaluated last (<c>last_eval</c>); <see langword="null"/> for never.</summary>
    public DateTimeOffset? LastEvaluation { get; init; }

    /// <summary>Everything the template says of it.</summary>
    public FlowMembers Members { get; init; }
}
