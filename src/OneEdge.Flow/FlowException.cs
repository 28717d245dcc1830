namespace OneEdge.Flow;

/// <summary>An error of OneEdge.Flow.</summary>
public class FlowException : OneEdgeException
{
    /// <inheritdoc cref="OneEdgeException(string, string, Exception?)"/>
    public FlowException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }
}
