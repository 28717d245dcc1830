namespace OneEdge.Flow.Elasticity;

/// <summary>What an <see cref="ElasticityExpression"/> accepts, and what it means where the original and good sense part.</summary>
public sealed record ExpressionOptions
{
    /// <summary>The defaults.</summary>
    public static ExpressionOptions Default { get; } = new();

    /// <summary>The greatest number of characters; 10,000 by default.</summary>
    public int MaxLength { get; init; } = 10_000;

    /// <summary>How many parentheses and <c>!</c> may be open at once; 256 by default.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>
    /// Whether a variable in quotes is the variable of that name, which is the default. OpenNebula takes the quotes for a part of the name and finds no
    /// value, so that every comparison with it is false; <see langword="false"/> does the same.
    /// </summary>
    public bool QuotedVariablesHaveValues { get; init; } = true;
}
