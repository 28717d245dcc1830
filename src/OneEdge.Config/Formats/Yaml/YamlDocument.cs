using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A YAML file: its first document as values and as a tree over the text.</summary>
internal sealed class YamlDocument : ConfigDocument
{
    public YamlDocument(YamlFormat format, SourceText source, YamlTree tree, ConfigLimits limits, IReadOnlyList<Diagnostic> diagnostics)
        : base(format, source, limits, diagnostics)
    {
        Tree = tree;
        IsStrict = format.IsStrict;
    }

    public YamlTree Tree { get; }

    /// <summary>Whether the order of arrays matters.</summary>
    public bool IsStrict { get; }

    // The original takes a file that holds nothing for false.
    public override ConfigValue ToValue() => Tree.Root is { Value.IsNull: false } root ? root.Value : ConfigValue.False;

    public override ConfigValue? Find(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ConfigValue? value = ToValue();
        foreach (ConfigValue key in path)
        {
            value = value.Kind == ConfigValueKind.Array ? Item(value, key) : value.Find(key);
            if (value is null) return null;
        }

        return value;
    }

    public override IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate() =>
        Tree.Root is null or { Value.IsNull: true } ? [] : Enumerate(ConfigPath.Root, ToValue());

    internal override int? OffsetOf(ConfigPath path)
    {
        YamlNode? node = Tree.Root;
        int offset = node?.Start ?? 0;
        foreach (ConfigValue key in path)
        {
            node = node?.Target ?? node;
            int index =
                node?.Kind == YamlNodeKind.Sequence && key.Kind == ConfigValueKind.Integer && key.AsInteger() >= 0 && key.AsInteger() < node.Entries.Count
                ? (int)key.AsInteger()
                : -1;
            YamlEntry? entry = index >= 0 ? node!.Entries[index] : node?.Entries.FindLast(e => e.Key is not null && key.Equals(e.Key.Value));
            if (entry is null) return null;
            offset = entry.Key?.Start ?? entry.Value.Start;
            node = entry.Value;
        }

        return node is null ? null : offset;
    }

    internal override ConfigEditor CreateEditor() => new YamlEditor(this);

    private protected override ConfigDiff Compare(ConfigDocument newer)
    {
        ConfigValue wanted = newer.ToValue();
        IReadOnlyList<ConfigChange> changes = YamlDiff.Compare(ToValue(), wanted, IsStrict);
        bool mayInterfere = Tree.Anchors.Count > 0 && changes.Count > 0;
        return new ConfigDiff(mayInterfere && !Arrives(changes, wanted) ? YamlDiff.CompareMembers(ToValue(), wanted, IsStrict) : changes, []);
    }

    // A change below an anchor shows below its aliases too, which the other document may not want.
    private bool Arrives(IReadOnlyList<ConfigChange> changes, ConfigValue wanted)
    {
        var editor = new YamlEditor(this);
        return changes.All(c => editor.Apply(c).Status != ChangeStatus.Failed) && YamlDiff.Compare(editor.Value, wanted, IsStrict).Count == 0;
    }

    private static ConfigValue? Item(ConfigValue array, ConfigValue key)
    {
        int index = key.Kind switch
        {
            ConfigValueKind.Integer when key.AsInteger() >= 0 && key.AsInteger() < array.Items.Count => (int)key.AsInteger(),
            _ => -1,
        };
        return index < 0 ? null : array.Items[index];
    }

    private static IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate(ConfigPath path, ConfigValue value)
    {
        if (value.Kind == ConfigValueKind.Map && value.Members.Count > 0)
            return value.Members.SelectMany(m => Enumerate(path.Append(m.Key), m.Value));
        if (value.Kind == ConfigValueKind.Array && value.Items.Count > 0)
            return value.Items.SelectMany((item, i) => Enumerate(path.Append(i), item));
        return [KeyValuePair.Create(path, value)];
    }
}
