namespace OneEdge.Flow.Elasticity;

/// <summary>What an <see cref="ExpressionWarning"/> is about.</summary>
public enum ExpressionWarningKind
{
    /// <summary>An <c>&amp;</c> with a <c>|</c> behind it: <c>a &amp; b | c</c> is <c>a &amp; (b | c)</c>.</summary>
    MixedOperators,

    /// <summary>A <c>!</c> with more behind what it seems to negate: <c>!a &amp; b</c> is <c>!(a &amp; b)</c>.</summary>
    NotTakesTheRest,

    /// <summary>A variable in quotes, which OpenNebula never finds.</summary>
    QuotedVariable,

    /// <summary>A comparison of two numbers, which always says the same.</summary>
    Constant,
}
