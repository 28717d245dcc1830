namespace OneEdge.Config.Formats;

/// <summary>The changes from one YAML value to another, as the original finds them.</summary>
internal static class YamlDiff
{
    public static IReadOnlyList<ConfigChange> Compare(ConfigValue older, ConfigValue newer, bool isStrict)
    {
        var changes = new List<ConfigChange>();
        Compare(ConfigPath.Root, key: null, older, newer, isStrict, changes);
        return changes;
    }

    /// <summary>The same with whole members of the root, which do not depend on what is shared below them.</summary>
    public static IReadOnlyList<ConfigChange> CompareMembers(ConfigValue older, ConfigValue newer, bool isStrict)
    {
        if (older.Kind != ConfigValueKind.Map || newer.Kind != ConfigValueKind.Map)
            return [new ConfigChange { Kind = ChangeKind.Set, Value = newer, Old = older }];
        var changes = new List<ConfigChange>();
        foreach ((ConfigValue key, ConfigValue old) in older.Members)
        {
            if (newer.Find(key) is not { } value) changes.Add(new ConfigChange { Kind = ChangeKind.Remove, Key = key, Old = old });
            else if (!(isStrict ? old.Equals(value) : old.EqualsInAnyOrder(value)))
                changes.Add(new ConfigChange { Kind = ChangeKind.Set, Key = key, Value = value, Old = old });
        }

        changes.AddRange(
            newer.Members.Where(m => older.Find(m.Key) is null).Select(m => new ConfigChange { Kind = ChangeKind.Insert, Key = m.Key, Value = m.Value }));
        return changes;
    }

    private static void Compare(ConfigPath path, ConfigValue? key, ConfigValue older, ConfigValue newer, bool isStrict, List<ConfigChange> changes)
    {
        if (ReferenceEquals(older, newer)) return;
        ConfigPath target = key is null ? path : path.Append(key);
        if (older.Kind == ConfigValueKind.Map && newer.Kind == ConfigValueKind.Map) CompareMaps(target, older, newer, isStrict, changes);
        else if (older.Kind != ConfigValueKind.Array || newer.Kind != ConfigValueKind.Array) CompareScalars(path, key, older, newer, changes);
        else if (isStrict) changes.AddRange(YamlArrayDiff.Compare(target, older, newer));
        else CompareInAnyOrder(target, older.Items, newer.Items, changes);
    }

    private static void CompareScalars(ConfigPath path, ConfigValue? key, ConfigValue older, ConfigValue newer, List<ConfigChange> changes)
    {
        if (older.Equals(newer)) return;
        changes.Add(new ConfigChange { Kind = ChangeKind.Set, Path = path, Key = key, Value = newer, Old = older });
    }

    private static void CompareMaps(ConfigPath path, ConfigValue older, ConfigValue newer, bool isStrict, List<ConfigChange> changes)
    {
        foreach ((ConfigValue key, ConfigValue old) in older.Members)
        {
            if (newer.Find(key) is { } value) Compare(path, key, old, value, isStrict, changes);
            else changes.Add(new ConfigChange { Kind = ChangeKind.Remove, Path = path, Key = key, Old = old });
        }

        foreach ((ConfigValue key, ConfigValue value) in newer.Members)
        {
            if (older.Find(key) is null) changes.Add(new ConfigChange { Kind = ChangeKind.Insert, Path = path, Key = key, Value = value });
        }
    }

    // How often an item is repeated does not count, as in the original.
    private static void CompareInAnyOrder(ConfigPath path, IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer, List<ConfigChange> changes)
    {
        ConfigValue.AnyOrderComparer comparer = ConfigValue.AnyOrderComparer.Instance;
        var olds = new HashSet<ConfigValue>(older, comparer);
        var news = new HashSet<ConfigValue>(newer, comparer);
        var seen = new HashSet<ConfigValue>(comparer);
        foreach (ConfigValue item in older.Concat(newer))
        {
            if (!seen.Add(item)) continue;
            if (!news.Contains(item)) changes.Add(new ConfigChange { Kind = ChangeKind.Remove, Path = path, Old = item });
            else if (!olds.Contains(item)) changes.Add(new ConfigChange { Kind = ChangeKind.Insert, Path = path, Value = item });
        }
    }
}
