using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Reads oned.conf: the grammar first, then the rules about sections that a grammar cannot state.</summary>
internal sealed class OnedFormat : ConfigFormat
{
    public OnedFormat()
        : base("oned", "Augeas::ONE")
    {
    }

    private protected override ConfigDocument? Read(SourceText text, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var reader = new OnedReader(text, limits);
        OnedSyntax syntax = reader.Read();
        List<Diagnostic> errors = reader.Errors;
        if (errors.Count == 0) OnedStructure.Check(syntax, errors);
        diagnostics = errors;
        return errors.Count == 0 ? new OnedDocument(this, syntax, limits) : null;
    }
}
