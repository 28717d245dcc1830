namespace OneEdge.Flow;

/// <summary>What is wanted of a service.</summary>
public enum ServiceGoal
{
    /// <summary>That it runs.</summary>
    Run,

    /// <summary>That nothing of it is left, its document included.</summary>
    Remove,
}
