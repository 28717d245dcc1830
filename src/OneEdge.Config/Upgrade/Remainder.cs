namespace OneEdge.Config;

/// <summary>Tells whether a side only took things away, so that it does not disagree with a side that took all of it away.</summary>
internal static class Remainder
{
    /// <summary>Whether the newer value is what is left of the older one when some of it is removed, and nothing is changed or added.</summary>
    public static bool IsLeftOf(ConfigValue older, ConfigValue newer, bool inAnyOrder) => older.Kind switch
    {
        ConfigValueKind.Map => newer.Kind == ConfigValueKind.Map
            && newer.Members.All(m => older.Find(m.Key) is { } before && IsLeftOf(before, m.Value, inAnyOrder)),
        ConfigValueKind.Array when newer.Kind != ConfigValueKind.Array => older.Items.Contains(newer),
        ConfigValueKind.Array =>
            inAnyOrder ? newer.Items.All(i => older.Items.Contains(i, ConfigValue.AnyOrderComparer.Instance)) : IsInOrder(older.Items, newer.Items),
        _ => older.Equals(newer),
    };

    private static bool IsInOrder(IReadOnlyList<ConfigValue> older, IReadOnlyList<ConfigValue> newer)
    {
        int matched = 0;
        foreach (ConfigValue item in older)
        {
            if (matched < newer.Count && item.Equals(newer[matched])) matched++;
        }

        return matched == newer.Count;
    }
}
