using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Files of shell assignments, in the grammar of the Augeas lens Shellvars.</summary>
internal sealed class ShellFormat() : ConfigFormat("shell", "Augeas::Shell")
{
    private protected override ConfigDocument? Read(SourceText text, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var findings = new ShellFindings(text);
        IReadOnlyList<ShellStatement> statements = new ShellReader(text, limits, findings).Read();
        diagnostics = findings.All;
        if (findings.HasErrors) return null;
        var index = new ShellIndex(text, statements);
        diagnostics = ShellDocument.RepeatedNames(text, statements, index);
        return new ShellDocument(this, text, limits, statements, index, diagnostics);
    }
}
