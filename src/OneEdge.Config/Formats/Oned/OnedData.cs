namespace OneEdge.Config.Formats;

/// <summary>The data of a document or a section by name, in the order of the text, for comparison.</summary>
internal sealed class OnedData
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string? Key, OnedData Items)>> _sections = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public IReadOnlyList<string> Names => _names;

    public bool Contains(string name) => _values.ContainsKey(name) || _sections.ContainsKey(name);

    public IReadOnlyList<string> Values(string name) => _values[name];

    /// <summary>The sections of a name with the NAME that tells them apart; <see langword="null"/> when it is an attribute.</summary>
    public IReadOnlyList<(string? Key, OnedData Items)>? Sections(string name) => _sections.GetValueOrDefault(name);

    public static OnedData Of(OnedSyntax syntax)
    {
        var data = new OnedData();
        foreach (ref readonly OnedNode node in syntax.Nodes)
        {
            string name = syntax.NameOf(node);
            if (!node.IsSection)
            {
                data.Add(data._values, name, syntax.ValueOf(node));
                continue;
            }

            var items = new OnedData();
            foreach (ref readonly OnedNode item in syntax.ItemsOf(node)) items.Add(items._values, syntax.NameOf(item), syntax.ValueOf(item));
            data.Add(data._sections, name, (OnedSchema.IsKeyed(name) ? syntax.KeyOf(node) : null, items));
        }

        return data;
    }

    /// <summary>The values of a name as the original records them: a list of texts, or sections by NAME (a plain one by null) with lists of texts.</summary>
    public ConfigValue StructureOf(string name) => Sections(name) is { } sections
        ? ConfigValue.Map(sections.Select(s => KeyValuePair.Create(ConfigValue.From(s.Key), s.Items.ItemStructure())))
        : ListOf(Values(name));

    private ConfigValue ItemStructure() => ConfigValue.Map(_names.Select(n => (n, ListOf(_values[n]))));

    private static ConfigValue ListOf(IReadOnlyList<string> values) => ConfigValue.Array(values.Select(v => ConfigValue.From(v)));

    private void Add<T>(Dictionary<string, List<T>> lists, string name, T item)
    {
        if (!lists.TryGetValue(name, out List<T>? list))
        {
            lists.Add(name, list = []);
            _names.Add(name);
        }

        list.Add(item);
    }
}
