namespace OneEdge.Flow.Elasticity;

/// <summary>A text is no <see cref="ElasticityExpression"/>.</summary>
public sealed class ExpressionSyntaxException : FlowException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="error">What is wrong.</param>
    public ExpressionSyntaxException(ExpressionError error)
        : base(FlowErrorCodes.ExpressionInvalid, $"The expression is not valid: {error}.") => Error = error;

    /// <summary>What is wrong.</summary>
    public ExpressionError Error { get; }
}
