namespace OneEdge.Flow.Elasticity;

/// <summary>A policy that scales a role when an expression over its virtual machines holds, and what happened to it so far.</summary>
public sealed record ElasticityPolicy
{
    /// <summary>How the number of virtual machines changes.</summary>
    public required AdjustmentType Type { get; init; }

    /// <summary>By how much, or to which number.</summary>
    public required int Adjust { get; init; }

    /// <summary>The least change of <see cref="AdjustmentType.PercentageChange"/>.</summary>
    public int? MinAdjustStep { get; init; }

    /// <summary>The condition.</summary>
    public required string Expression { get; init; }

    /// <summary>How many times in a row the condition has to hold; <see langword="null"/> and zero for once.</summary>
    public int? PeriodNumber { get; init; }

    /// <summary>The seconds between two evaluations; <see langword="null"/> and zero for each round.</summary>
    public int? Period { get; init; }

    /// <summary>The seconds that the policies of the role rest when this one has acted; <see langword="null"/> for what the role says.</summary>
    public int? Cooldown { get; init; }

    /// <summary>
    /// What is made of the values of several virtual machines (<c>statistic</c>); <see langword="null"/> for what <see cref="Members"/> say, and the average
    /// when they say nothing.
    /// </summary>
    public VmStatistic? Statistic { get; init; }

    /// <summary>When it was evaluated last (<c>last_eval</c>); <see langword="null"/> for never.</summary>
    public DateTimeOffset? LastEvaluation { get; init; }

    /// <summary>How many times in a row the condition held (<c>true_evals</c>).</summary>
    public int? TrueEvaluations { get; init; }

    /// <summary>The condition with the values that it had (<c>expression_evaluated</c>).</summary>
    public string? ExpressionEvaluated { get; init; }

    /// <summary>Everything the template says of it.</summary>
    public FlowMembers Members { get; init; }
}
