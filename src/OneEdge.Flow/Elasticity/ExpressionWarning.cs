namespace OneEdge.Flow.Elasticity;

/// <summary>Something in an <see cref="ElasticityExpression"/> that may not mean what its writer thought.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">Where, from 1.</param>
/// <param name="Message">What it means, for people.</param>
public sealed record ExpressionWarning(ExpressionWarningKind Kind, int Column, string Message)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"column {Column}: {Message}");
}
