namespace OneEdge.Config.Formats;

/// <summary>
/// Gathers the data of a document or a section in the order of the text: a name has one value, an array of values, a section,
/// or sections by their NAME.
/// </summary>
internal sealed class OnedValueBuilder
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<(string Name, object Content)> _members = [];

    public void AddValue(string name, string value)
    {
        if (Content(name, static () => new List<ConfigValue>()) is List<ConfigValue> values) values.Add(value);
    }

    public void AddSection(string name, string? key, ConfigValue items)
    {
        if (key is null) Content(name, () => items);
        else if (Content(name, static () => new List<KeyValuePair<ConfigValue, ConfigValue>>()) is List<KeyValuePair<ConfigValue, ConfigValue>> sections)
            sections.Add(KeyValuePair.Create(ConfigValue.From(key), items));
    }

    public ConfigValue ToValue() => ConfigValue.Map(_members.Select(m => KeyValuePair.Create(ConfigValue.From(m.Name), Value(m.Content))));

    private object Content(string name, Func<object> create)
    {
        if (_index.TryGetValue(name, out int at)) return _members[at].Content;
        _index.Add(name, _members.Count);
        _members.Add((name, create()));
        return _members[^1].Content;
    }

    private static ConfigValue Value(object content) => content switch
    {
        List<ConfigValue> { Count: 1 } values => values[0],
        List<ConfigValue> values => ConfigValue.Array(values),
        List<KeyValuePair<ConfigValue, ConfigValue>> sections => ConfigValue.Map(sections),
        _ => (ConfigValue)content,
    };
}
