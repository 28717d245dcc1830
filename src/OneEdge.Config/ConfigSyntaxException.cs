namespace OneEdge.Config;

/// <summary>A text does not parse; all findings are collected, each with its place.</summary>
public sealed class ConfigSyntaxException : ConfigException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    public ConfigSyntaxException(IReadOnlyList<Diagnostic> diagnostics)
        : base(FirstError(diagnostics).Code, string.Join('\n', diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>The findings, errors and warnings, in the order of the text.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    private static Diagnostic FirstError(IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error)
            ?? throw new ArgumentException("There is no error among the findings.", nameof(diagnostics));
    }
}
