namespace OneEdge.Config;

/// <summary>A text is no patch, or a patch can't be carried out; all findings are collected.</summary>
public sealed class ConfigPatchException : ConfigException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings, at least one.</param>
    public ConfigPatchException(IReadOnlyList<Diagnostic> diagnostics)
        : base(First(diagnostics).Code, string.Join('\n', diagnostics))
    {
        Diagnostics = diagnostics;
    }

    /// <summary>The findings, in the order of the patch.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }

    private static Diagnostic First(IReadOnlyList<Diagnostic> diagnostics)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        return diagnostics.Count > 0 ? diagnostics[0] : throw new ArgumentException("There is no finding.", nameof(diagnostics));
    }
}
