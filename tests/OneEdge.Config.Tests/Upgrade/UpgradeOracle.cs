using OneEdge.Config.Formats;

namespace OneEdge.Config.Tests.Upgrade;

/// <summary>What a three-way merge of the data of one file has to give, said as simply as it can be said, without documents and changes.</summary>
/// <param name="format">The format: it says which collections are sets.</param>
/// <param name="takeMine">What conflicts are decided for.</param>
internal sealed class UpgradeOracle(ConfigFormat format, bool takeMine)
{
    /// <summary>Where both sides changed, as text.</summary>
    public HashSet<string> Conflicts { get; } = new(StringComparer.Ordinal);

    /// <summary>The data of a document in a form in which equal means equal.</summary>
    public static ConfigValue Data(ConfigDocument document) => document is ShellDocument shell
        ? ConfigValue.Map(shell.Variables.InOrder.Select(v => (v.Name, ConfigValue.Map(("value", v.Value), ("export", v.IsExported)))))
        : document.ToValue();

    /// <summary>Merges.</summary>
    public ConfigValue? Merge(ConfigPath path, ConfigValue? old, ConfigValue? mine, ConfigValue? theirs)
    {
        if (Same(mine, theirs)) return theirs;
        if (Same(mine, old)) return theirs;
        if (Same(theirs, old)) return mine;
        if (old is not null && (theirs is null ? IsLeft(old, mine!) : mine is null && IsLeft(old, theirs))) return null;
        if (IsMap(mine) && IsMap(theirs) && (IsMap(old) || (old is null && format != ConfigFormat.Yaml && format != ConfigFormat.YamlStrict)))
            return MergeMaps(path, old, mine!, theirs!);
        if (format == ConfigFormat.Oned && !IsMap(old) && !IsMap(mine) && !IsMap(theirs) && IsSet(path, old, mine, theirs)) return MergeSets(old, mine, theirs);
        if (old?.Kind == ConfigValueKind.Array && mine?.Kind == ConfigValueKind.Array && theirs?.Kind == ConfigValueKind.Array)
        {
            if (format == ConfigFormat.Yaml) return MergeSets(old, mine, theirs);
            if (MergeLists(old, mine, theirs) is { } list) return list;
        }

        Conflicts.Add((format == ConfigFormat.Shell ? ConfigPath.Create(path[0]) : path).ToString());
        return takeMine ? mine : theirs;
    }

    /// <summary>Whether two values are the same data in a format.</summary>
    public bool Same(ConfigValue? left, ConfigValue? right) =>
        left is null || right is null ? left is null && right is null : Canonical(left).Equals(Canonical(right));

    /// <summary>Sorted and without repetition, where the order and repetitions do not count.</summary>
    public ConfigValue Canonical(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array when format == ConfigFormat.YamlStrict => ConfigValue.Array(value.Items.Select(Canonical)),
        ConfigValueKind.Array when format == ConfigFormat.Oned && value.Items.Distinct().Count() == 1 => value.Items[0],
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(Canonical).DistinctBy(Text).OrderBy(Text, StringComparer.Ordinal)),
        ConfigValueKind.Map =>
            ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(m.Key, Canonical(m.Value))).OrderBy(m => Text(m.Key), StringComparer.Ordinal)),
        _ => value,
    };

    private ConfigValue MergeMaps(ConfigPath path, ConfigValue? old, ConfigValue mine, ConfigValue theirs)
    {
        List<KeyValuePair<ConfigValue, ConfigValue>> merged = [];
        int before = Conflicts.Count;
        IEnumerable<ConfigValue> keys = (old?.Members ?? []).Concat(mine.Members).Concat(theirs.Members).Select(m => m.Key).Distinct();
        foreach (ConfigValue key in keys)
        {
            if (Merge(path.Append(key), old?.Find(key), mine.Find(key), theirs.Find(key)) is { } value) merged.Add(KeyValuePair.Create(key, value));
        }

        // A shell variable is decided as a whole.
        if (format == ConfigFormat.Shell && path.Count == 1 && Conflicts.Count > before) return takeMine ? mine : theirs;
        return ConfigValue.Map(merged);
    }

    private ConfigValue? MergeSets(ConfigValue? old, ConfigValue? mine, ConfigValue? theirs)
    {
        List<ConfigValue> before = Items(old), here = Items(mine), there = Items(theirs);
        List<ConfigValue> merged = [.. there.Where(i => !before.Contains(i) || here.Contains(i)), .. here.Where(i => !before.Contains(i))];
        return merged.Count == 0 && format == ConfigFormat.Oned ? null : ConfigValue.Array(merged);
    }

    // Items that were only added and removed keep the order of both sides; an addition of mine stands behind what precedes it in mine.
    private static ConfigValue? MergeLists(ConfigValue old, ConfigValue mine, ConfigValue theirs)
    {
        if (HasTwice(old) || HasTwice(mine) || HasTwice(theirs) || !KeepsOrder(old, mine) || !KeepsOrder(old, theirs)) return null;
        List<ConfigValue> merged = [.. theirs.Items.Where(i => !old.Items.Contains(i) || mine.Items.Contains(i))];
        for (int i = 0; i < mine.Items.Count; i++)
        {
            if (merged.Contains(mine.Items[i]) || old.Items.Contains(mine.Items[i])) continue;
            merged.Insert(1 + mine.Items.Take(i).Select(p => merged.IndexOf(p)).LastOrDefault(p => p >= 0, -1), mine.Items[i]);
        }

        return ConfigValue.Array(merged);
    }

    private static bool HasTwice(ConfigValue list) => list.Items.Distinct().Count() < list.Items.Count;

    private static bool KeepsOrder(ConfigValue old, ConfigValue newer) =>
        old.Items.Where(newer.Items.Contains).SequenceEqual(newer.Items.Where(old.Items.Contains));

    private static bool IsSet(ConfigPath path, params ReadOnlySpan<ConfigValue?> versions)
    {
        foreach (ConfigValue? version in versions)
        {
            if (version?.Kind == ConfigValueKind.Array) return true;
        }

        return OnedSchema.IsMultiple(path[0].AsString());
    }

    // A removal contains the removal of a part.
    private bool IsLeft(ConfigValue old, ConfigValue newer)
    {
        if (old.Kind == ConfigValueKind.Map) return IsMap(newer) && newer.Members.All(m => old.Find(m.Key) is { } before && IsLeft(before, m.Value));
        if (old.Kind != ConfigValueKind.Array || newer.Kind == ConfigValueKind.Map) return Same(old, newer);
        return Items(newer).TrueForAll(Items(old).Contains) && (format != ConfigFormat.YamlStrict || (!HasTwice(newer) && KeepsOrder(old, newer)));
    }

    private List<ConfigValue> Items(ConfigValue? value) =>
        value is null ? [] : value.Kind == ConfigValueKind.Array ? [.. value.Items.Select(Canonical)] : [value];

    private static bool IsMap(ConfigValue? value) => value?.Kind == ConfigValueKind.Map;

    // Two values of one text differ in their kind.
    private static string Text(ConfigValue value) => $"{value.Kind}{value.ToJson()}";
}
