namespace OneEdge.Config;

/// <summary>An error of OneEdge.Config.</summary>
public class ConfigException : OneEdgeException
{
    /// <inheritdoc cref="OneEdgeException(string, string, Exception?)"/>
    public ConfigException(string code, string message, Exception? innerException = null)
        : base(code, message, innerException)
    {
    }

    private protected ConfigException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics)
    {
    }
}
