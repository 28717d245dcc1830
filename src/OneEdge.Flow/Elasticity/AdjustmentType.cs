namespace OneEdge.Flow.Elasticity;

/// <summary>How a policy changes the number of virtual machines (<c>type</c>).</summary>
public enum AdjustmentType
{
    /// <summary>By a number (<c>CHANGE</c>).</summary>
    Change,

    /// <summary>To a number (<c>CARDINALITY</c>).</summary>
    Cardinality,

    /// <summary>By a percentage (<c>PERCENTAGE_CHANGE</c>).</summary>
    PercentageChange,

    /// <summary>Something that nobody knows, in a document that was not validated: no change.</summary>
    Unknown,
}
