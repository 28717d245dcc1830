namespace OneEdge.OpenNebula;

/// <summary>An error of OneEdge.OpenNebula.</summary>
public class OpenNebulaException : OneEdgeException
{
    /// <inheritdoc cref="OneEdgeException(string, string, Exception?)"/>
    public OpenNebulaException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }

    private protected OpenNebulaException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics)
    {
    }
}
