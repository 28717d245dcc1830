namespace OneEdge.Flow.Elasticity;

/// <summary>What the decisions of <see cref="Autoscaler"/> depend on besides roles and time.</summary>
public sealed record AutoscalerSettings
{
    /// <summary>The defaults.</summary>
    public static AutoscalerSettings Default { get; } = new();

    /// <summary>Where the times of scheduled policies are meant; UTC by default. OpenNebula takes the time zone of its server.</summary>
    public TimeZoneInfo TimeZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>How long the policies of a role rest after it was scaled when neither policy nor role say so; 300 s by default.</summary>
    public TimeSpan DefaultCooldown { get; init; } = TimeSpan.FromSeconds(300);

    /// <summary>How often decisions are made; 90 s by default. Only <see cref="MisfireRule.Skip"/> asks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>What becomes of scheduled policies that are late; <see cref="MisfireRule.FireWithinGrace"/> by default.</summary>
    public MisfireRule Misfire { get; init; }

    /// <summary>How late a scheduled policy may be; an hour by default.</summary>
    public TimeSpan MisfireGrace { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Keeps expressions and recurrences that were read; 1,024 of each, with the default <see cref="ExpressionOptions"/>, unless told.</summary>
    public PolicyCache Cache { get; init; } = new();

    /// <summary>How late a scheduled policy may be that still acts.</summary>
    internal TimeSpan MostLate => Misfire switch
    {
        MisfireRule.FireAlways => TimeSpan.MaxValue,
        MisfireRule.Skip => Interval * 2,
        _ => MisfireGrace,
    };
}
