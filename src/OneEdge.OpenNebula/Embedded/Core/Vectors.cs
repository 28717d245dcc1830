namespace OneEdge.OpenNebula.Embedded;

/// <summary>Changes vectors; their items are kept in the order of their names, as the core keeps them.</summary>
internal static class Vectors
{
    public static TemplateAttribute Of(string name, IEnumerable<KeyValuePair<string, string>> items) =>
        new(name, [.. items.OrderBy(i => i.Key, StringComparer.Ordinal)]);

    public static TemplateAttribute Of(string name, params ReadOnlySpan<(string Name, string Value)> items)
    {
        var all = new List<KeyValuePair<string, string>>(items.Length);
        foreach ((string item, string value) in items) all.Add(KeyValuePair.Create(item, value));
        return Of(name, all);
    }

    /// <summary>The items by name, to be changed.</summary>
    public static SortedDictionary<string, string> Items(TemplateAttribute vector)
    {
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in vector.Items) items.TryAdd(name, value);
        return items;
    }

    /// <summary>The vector with some items.</summary>
    public static TemplateAttribute With(TemplateAttribute vector, params ReadOnlySpan<(string Name, string Value)> items)
    {
        SortedDictionary<string, string> all = Items(vector);
        foreach ((string name, string value) in items) all[name] = value;
        return Of(vector.Name, all);
    }

    /// <summary>The value of an item that is not empty.</summary>
    public static string? Value(TemplateAttribute vector, string name) => vector.Get(name) is { Length: > 0 } value ? value : null;
}
