namespace OneEdge.Flow.Elasticity;

/// <summary>Why <see cref="Autoscaler"/> scales a role.</summary>
public enum ScaleReason
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>A scheduled policy says so.</summary>
    Schedule,

    /// <summary>An elasticity policy says so.</summary>
    Elasticity,

    /// <summary>The role has fewer virtual machines than its least number.</summary>
    Minimum,
}
