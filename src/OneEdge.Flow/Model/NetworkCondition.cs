namespace OneEdge.Flow;

/// <summary>How a network of a service is.</summary>
public enum NetworkCondition
{
    /// <summary>Not seen yet.</summary>
    Unseen,

    /// <summary>Being made or deleted.</summary>
    Busy,

    /// <summary>Can be used.</summary>
    Ready,

    /// <summary>Something failed.</summary>
    Failed,

    /// <summary>Gone for good.</summary>
    Gone,
}
