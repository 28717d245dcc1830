namespace OneEdge.Flow.AspNetCore;

/// <summary>What came of waiting for the next one.</summary>
internal enum ReadKind
{
    /// <summary>It came.</summary>
    Item,

    /// <summary>Nothing came for a while.</summary>
    Silence,

    /// <summary>There is none any more.</summary>
    End,
}
