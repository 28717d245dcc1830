using OneEdge.Text;

namespace OneEdge.Config.Formats;

internal sealed class YamlFormat(string name, string className, bool isStrict) : ConfigFormat(name, className)
{
    /// <summary>Whether the order of arrays matters.</summary>
    public bool IsStrict { get; } = isStrict;

    internal override bool HasSymbols => true;

    private protected override ConfigDocument? Read(SourceText text, ConfigLimits limits, out IReadOnlyList<Diagnostic> diagnostics)
    {
        YamlTree? tree = YamlReader.Read(text, limits, out diagnostics);
        return tree is null ? null : new YamlDocument(this, text, tree, limits, diagnostics);
    }
}
