namespace OneEdge.OpenNebula;

/// <summary>A template does not parse; the findings have their places.</summary>
public sealed class TemplateSyntaxException : OpenNebulaException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    public TemplateSyntaxException(IReadOnlyList<Diagnostic> diagnostics)
        : base(FirstError(diagnostics).Code, string.Join('\n', diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>The findings, errors and warnings.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    private static Diagnostic FirstError(IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)
            ?? throw new ArgumentException("There is no error among the findings.", nameof(diagnostics));
    }
}
