namespace OneEdge.Config;

/// <summary>A text is no patch, or a patch can't be carried out; all findings are collected.</summary>
public sealed class ConfigPatchException : ConfigException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="diagnostics">The findings; at least one is an error.</param>
    /// <exception cref="ArgumentException">None of the findings is an error.</exception>
    public ConfigPatchException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics)
    {
    }
}
