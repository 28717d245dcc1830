namespace OneEdge.Config.Formats;

/// <summary>The changes from one array to another where the order of the items matters.</summary>
internal static class YamlArrayDiff
{
    public static IEnumerable<ConfigChange> Compare(ConfigPath path, ConfigValue older, ConfigValue newer)
    {
        List<ConfigChange> changes = OnePass(path, older.Items, newer.Items);
        if (Applies(older.Items, newer.Items, changes)) return changes;

        // What the original would print can't be applied, for example when items only change their order.
        changes = RemoveThenInsert(path, older.Items, newer.Items);
        if (Applies(older.Items, newer.Items, changes)) return changes;
        ConfigPath parent = path.Count > 0 ? path.Parent : path;
        return [new ConfigChange { Kind = ChangeKind.Set, Path = parent, Key = path.Last, Value = newer, Old = older }];
    }

    // The original's way: look ahead for the old item, insert in front of it or remove it.
    private static List<ConfigChange> OnePass(ConfigPath path, IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer)
    {
        var last = new Dictionary<ConfigValue, int>();
        for (int n = 0; n < newer.Count; n++) last[newer[n]] = n;
        var changes = new List<ConfigChange>();
        int index = 0;
        int i = 0;
        int j = 0;
        while (i < older.Count)
        {
            if (j < newer.Count && older[i].Equals(newer[j]))
            {
                index++;
                i++;
                j++;
            }
            else if (last.GetValueOrDefault(older[i], -1) > j)
            {
                changes.Add(Insert(path, newer[j++], older[i], index++));
            }
            else
            {
                changes.Add(Remove(path, older[i++], index));
            }
        }

        while (j < newer.Count) changes.Add(Insert(path, newer[j++], ConfigValue.Null, index++));
        return changes;
    }

    private static List<ConfigChange> RemoveThenInsert(ConfigPath path, IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer)
    {
        int[] match = YamlMatch.Find(older, newer);
        var stays = new HashSet<int>(match);
        var changes = new List<ConfigChange>();
        for (int i = older.Count - 1; i >= 0; i--)
        {
            if (!stays.Contains(i)) changes.Add(Remove(path, older[i], i));
        }

        int[] following = new int[newer.Count];
        for (int j = newer.Count - 1, next = -1; j >= 0; j--)
        {
            following[j] = next;
            if (match[j] >= 0) next = match[j];
        }

        for (int j = 0; j < newer.Count; j++)
        {
            if (match[j] < 0) changes.Add(Insert(path, newer[j], following[j] < 0 ? ConfigValue.Null : older[following[j]], j));
        }

        return changes;
    }

    // Whether the original, and so this library, gets from the one array to the other by these changes: an item that is there is not inserted again.
    private static bool Applies(IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer, List<ConfigChange> changes)
    {
        var items = new List<ConfigValue>(older);
        var counts = new Dictionary<ConfigValue, int>();
        foreach (ConfigValue item in older) counts[item] = counts.GetValueOrDefault(item) + 1;
        foreach (ConfigChange change in changes)
        {
            int index = change.Index!.Value;
            ConfigValue there = index < items.Count ? items[index] : ConfigValue.Null;
            if (!there.Equals(change.Old)) return false;
            if (change.Kind == ChangeKind.Remove)
            {
                items.RemoveAt(index);
                counts[there]--;
                continue;
            }

            if (counts.GetValueOrDefault(change.Value!) > 0) return false;
            items.Insert(Math.Min(index, items.Count), change.Value!);
            counts[change.Value!] = 1;
        }

        return items.SequenceEqual(newer);
    }

    private static ConfigChange Insert(ConfigPath path, ConfigValue value, ConfigValue old, int index) =>
        new() { Kind = ChangeKind.Insert, Path = path, Value = value, Old = old, Index = index };

    private static ConfigChange Remove(ConfigPath path, ConfigValue old, int index) =>
        new() { Kind = ChangeKind.Remove, Path = path, Old = old, Index = index };
}
