namespace OneEdge.Config.Formats;

/// <summary>Merge keys (<c>&lt;&lt;</c>) as Psych expands them.</summary>
internal static class YamlMerge
{
    public static bool IsMerge(YamlNode key, YamlNode value)
    {
        if (key.Value is not { Kind: ConfigValueKind.String } name || name.AsString() != "<<" || key.Tag == YamlTags.Core + "str") return false;
        return value.Kind switch
        {
            YamlNodeKind.Alias or YamlNodeKind.Mapping => value.Value.Kind == ConfigValueKind.Map,
            YamlNodeKind.Sequence => value.Value.Kind == ConfigValueKind.Array && IsMergeable(value.Value),
            _ => false,
        };
    }

    /// <summary>Whether a value is a map, or an array of maps.</summary>
    public static bool IsMergeable(ConfigValue? value) => value is { Kind: ConfigValueKind.Map }
        || (value is { Kind: ConfigValueKind.Array } list && list.Items.All(i => i.Kind == ConfigValueKind.Map));

    /// <summary>The members of a mapping, merges expanded in their place; <paramref name="valueOf"/> gives the value of a node.</summary>
    public static IEnumerable<KeyValuePair<ConfigValue, ConfigValue>> Members(YamlNode mapping, Func<YamlEntry, ConfigValue> valueOf)
    {
        foreach (YamlEntry entry in mapping.Entries)
        {
            ConfigValue value = valueOf(entry);
            if (!entry.IsMerge)
            {
                yield return KeyValuePair.Create(entry.Key!.Value, value);
                continue;
            }

            foreach (KeyValuePair<ConfigValue, ConfigValue> member in Merged(value)) yield return member;
        }
    }

    // Of several merged mappings the first one wins.
    private static IReadOnlyList<KeyValuePair<ConfigValue, ConfigValue>> Merged(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Map => value.Members,
        ConfigValueKind.Array => ConfigValue.Map(value.Items.Reverse().Where(i => i.Kind == ConfigValueKind.Map).SelectMany(i => i.Members)).Members,
        _ => [],
    };
}
