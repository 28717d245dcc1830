namespace OneEdge.Flow.Engine;

/// <summary>What events have told of a virtual machine, or a network, around the reading that is under way.</summary>
internal enum Told
{
    /// <summary>Nothing: it is as it was read.</summary>
    Nothing,

    /// <summary>Something right before: what was read may be what was before that.</summary>
    JustBefore,

    /// <summary>Something since the reading began: what was read is older, or the same.</summary>
    Meanwhile,

    /// <summary>That it is gone, which nothing changes any more.</summary>
    Ended,
}
