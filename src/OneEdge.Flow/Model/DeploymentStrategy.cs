namespace OneEdge.Flow;

/// <summary>The order in which roles are deployed and shut down (<c>deployment</c>).</summary>
public enum DeploymentStrategy
{
    /// <summary>All at once (<c>none</c>).</summary>
    None,

    /// <summary>Parents before children, and the other way round at the end (<c>straight</c>).</summary>
    Straight,
}
