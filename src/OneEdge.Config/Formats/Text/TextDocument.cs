using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>An opaque text; it has one value, at the root.</summary>
internal sealed class TextDocument(ConfigFormat format, SourceText source, ConfigLimits limits) : ConfigDocument(format, source, limits, diagnostics: [])
{
    public override ConfigValue? Find(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return path.Count == 0 ? ToValue() : null;
    }

    public override ConfigValue ToValue() => ConfigValue.From(Source.ToString());

    public override IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate() => [KeyValuePair.Create(ConfigPath.Root, ToValue())];

    internal override ConfigEditor CreateEditor() => new TextEditor(Source);

    private protected override ConfigDiff Compare(ConfigDocument newer)
    {
        SourceText diff = UnifiedDiff.Create(Source, newer.Source, "old", "new");
        return new ConfigDiff(diff.Length == 0 ? [] : [new ConfigChange { Kind = ChangeKind.Set, Value = diff.ToString() }], Warnings: []);
    }
}
