using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Opaque text; every text parses.</summary>
internal sealed class TextFormat() : ConfigFormat("text", "Simple")
{
    private protected override ConfigDocument? Read(SourceText text, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics)
    {
        diagnostics = [];
        return new TextDocument(this, text, limits);
    }
}
