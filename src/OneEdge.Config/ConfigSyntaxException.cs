namespace OneEdge.Config;

/// <summary>A text does not parse; all findings are collected, each with its place.</summary>
public sealed class ConfigSyntaxException : ConfigException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    /// <exception cref="ArgumentException">None of the findings is an error.</exception>
    public ConfigSyntaxException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics)
    {
    }
}
