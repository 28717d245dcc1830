namespace OneEdge.Config.Formats;

/// <summary>Follows anchors through an edit: which of them still stand, with which value, and which of their aliases must take over.</summary>
internal sealed class YamlAliases
{
    private readonly Dictionary<YamlNode, (string Name, ConfigValue Value)> _standing = [];
    private readonly Dictionary<YamlNode, int> _open = [];
    private readonly Dictionary<string, int> _definitions = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;

    public YamlAliases(YamlTree tree)
    {
        _names = new HashSet<string>(tree.Anchors, StringComparer.Ordinal);
        if (tree.Anchors.Count > 0 && tree.Root is not null) Count(tree.Root);
    }

    public bool Any => _names.Count > 0;

    public void Stands(YamlNode node, ConfigValue value)
    {
        if (node.Anchor is not null) _standing[node] = (node.Anchor, value);
    }

    /// <summary>What an alias will be read as; <see langword="null"/> when its anchor is gone.</summary>
    public ConfigValue? ValueOf(YamlNode alias) => _standing.TryGetValue(alias.Target!, out (string Name, ConfigValue Value) found) ? found.Value : null;

    /// <summary>The name that an alias must use now.</summary>
    public string NameOf(YamlNode alias) => _standing[alias.Target!].Name;

    public void Passed(YamlNode alias) => _open[alias.Target!]--;

    /// <summary>Lets an alias take the place of its lost anchor; gives the anchor's name, or <see langword="null"/> when no other alias needs it.</summary>
    public string? TakeOver(YamlNode alias, ConfigValue value)
    {
        YamlNode target = alias.Target!;
        if (_standing.ContainsKey(target) || _open[target] == 0) return null;
        string name = target.Anchor!;
        if (_definitions[name] == 1) _names.Remove(name);
        for (int i = 2; !_names.Add(name); i++) name = $"{target.Anchor}_{i}";
        _standing.Add(target, (name, value));
        return name;
    }

    private void Count(YamlNode node)
    {
        if (node.Anchor is not null) _definitions[node.Anchor] = _definitions.GetValueOrDefault(node.Anchor) + 1;
        if (node.Target is not null) _open[node.Target] = _open.GetValueOrDefault(node.Target) + 1;
        foreach (YamlEntry entry in node.Entries)
        {
            if (entry.Key is not null) Count(entry.Key);
            Count(entry.Value);
        }
    }
}
