namespace OneEdge.Flow.Elasticity;

/// <summary>Why a text is no <see cref="ElasticityExpression"/>.</summary>
/// <param name="Column">Where, from 1.</param>
/// <param name="Expected">What could stand there.</param>
/// <param name="Found">What stands there.</param>
/// <param name="Hint">What may have been meant; <see langword="null"/> when nothing comes to mind.</param>
public sealed record ExpressionError(int Column, string Expected, string Found, string? Hint)
{
    /// <summary>What the parser of OneFlow says of the same text.</summary>
    internal string OneFlowText { get; init; } = "";

    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"column {Column}: expected {Expected}, found {Found}{(Hint is null ? "" : "; " + Hint)}");
}
