namespace OneEdge.OpenNebula;

/// <summary>A template does not parse; the findings have their places.</summary>
public sealed class TemplateSyntaxException : OpenNebulaException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    /// <exception cref="ArgumentException">None of the findings is an error.</exception>
    public TemplateSyntaxException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics)
    {
    }
}
