namespace OneEdge.Config;

/// <summary>Merges three versions of an ordered list, when both sides only added and removed items.</summary>
internal static class OrderedMerge
{
    /// <summary>Merges.</summary>
    /// <returns>The new list with the user's additions and removals; <see langword="null"/> when an order was changed, items repeat, or a version is no
    /// list.</returns>
    public static ConfigValue? Run(ConfigValue? old, ConfigValue? mine, ConfigValue? theirs)
    {
        if (old?.Kind != ConfigValueKind.Array || mine?.Kind != ConfigValueKind.Array || theirs?.Kind != ConfigValueKind.Array) return null;
        HashSet<ConfigValue> before = [.. old.Items], here = [.. mine.Items], there = [.. theirs.Items];
        if (before.Count != old.Items.Count || here.Count != mine.Items.Count || there.Count != theirs.Items.Count) return null;
        if (!old.Items.Where(here.Contains).SequenceEqual(mine.Items.Where(before.Contains))) return null;
        if (!old.Items.Where(there.Contains).SequenceEqual(theirs.Items.Where(before.Contains))) return null;

        List<ConfigValue> merged = [.. theirs.Items.Where(i => here.Contains(i) || !before.Contains(i))];
        for (int i = 0; i < mine.Items.Count; i++)
        {
            if (before.Contains(mine.Items[i]) || there.Contains(mine.Items[i])) continue;
            merged.Insert(PlaceOf(mine.Items, i, merged), mine.Items[i]);
        }

        return ConfigValue.Array(merged);
    }

    // Behind the nearest item before it that is in the merged list; at the front when there is none.
    private static int PlaceOf(IReadOnlyList<ConfigValue> mine, int index, List<ConfigValue> merged)
    {
        for (int i = index - 1; i >= 0; i--)
        {
            int at = merged.IndexOf(mine[i]);
            if (at >= 0) return at + 1;
        }

        return 0;
    }
}
