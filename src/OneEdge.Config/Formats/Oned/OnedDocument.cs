using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A parsed oned.conf. Strings are made when somebody asks for them.</summary>
internal sealed class OnedDocument : ConfigDocument
{
    private ConfigValue? _value;

    public OnedDocument(ConfigFormat format, OnedSyntax syntax, ConfigLimits limits)
        : base(format, syntax.Source, limits, [])
    {
        Syntax = syntax;
    }

    public OnedSyntax Syntax { get; }

    public override ConfigValue? Find(ConfigPath path)
    {
        ArgumentNullException.ThrowIfNull(path);
        ConfigValue value = ToValue();
        foreach (ConfigValue element in path)
        {
            if (value.Kind != ConfigValueKind.Map) return null;
            if ((value.Find(element) ?? Occurrence(value, element)) is not { } next) return null;
            value = next;
        }

        return value;
    }

    public override ConfigValue ToValue() => _value ??= Build();

    public override IEnumerable<KeyValuePair<ConfigPath, ConfigValue>> Enumerate()
    {
        for (int i = 0; i < Syntax.Nodes.Length; i++)
        {
            foreach (KeyValuePair<ConfigPath, ConfigValue> item in Values(i)) yield return item;
        }
    }

    /// <summary>The names of the top level as they are written, one for each occurrence.</summary>
    public IEnumerable<string> WrittenNames()
    {
        for (int i = 0; i < Syntax.Nodes.Length; i++)
        {
            OnedNode node = Syntax.Nodes[i];
            yield return Source.GetString(new TextSpan(node.NameStart, Syntax.NameOf(node).Length));
        }
    }

    internal override int? OffsetOf(ConfigPath path)
    {
        foreach (ref readonly OnedNode node in Syntax.Nodes)
        {
            if (path.Count == 0 || !path[0].Equals(Syntax.NameOf(node))) continue;
            if (path.Count == 1) return node.NameStart;
            if (!node.IsSection) continue;
            bool isKeyed = OnedSchema.IsKeyed(Syntax.NameOf(node));
            if (isKeyed && Syntax.KeyOf(node) != path[1].ToString()) continue;
            if (path.Count == (isKeyed ? 2 : 1)) return node.NameStart;
            foreach (ref readonly OnedNode item in Syntax.ItemsOf(node))
            {
                if (path.Last!.Equals(Syntax.NameOf(item))) return item.NameStart;
            }
        }

        return null;
    }

    internal override ConfigEditor CreateEditor() => new OnedEditor(this);

    internal override ConfigValue Unquote(ConfigValue value) => value.Kind == ConfigValueKind.String ? OnedGrammar.Unquote(value.AsString()) : value;

    private protected override ConfigDiff Compare(ConfigDocument newer) => new OnedDiff(this, (OnedDocument)newer).Run();

    // NAME[2]: the second occurrence.
    private static ConfigValue? Occurrence(ConfigValue map, ConfigValue element)
    {
        if (element.Kind != ConfigValueKind.String || !OnedName.TryParse(element.AsString(), out OnedName name) || name.Occurrence == 0) return null;
        ConfigValue? found = map.Find(name.Text);
        if (found?.Kind == ConfigValueKind.Array) return name.Occurrence <= found.Items.Count ? found.Items[name.Occurrence - 1] : null;
        if (found?.Kind == ConfigValueKind.Map && OnedSchema.IsKeyed(name.Text))
            return name.Occurrence <= found.Members.Count ? found.Members[name.Occurrence - 1].Value : null;
        return name.Occurrence == 1 ? found : null;
    }

    private ConfigValue Build()
    {
        var builder = new OnedValueBuilder();
        foreach (ref readonly OnedNode node in Syntax.Nodes)
        {
            string name = Syntax.NameOf(node);
            if (node.IsSection) builder.AddSection(name, OnedSchema.IsKeyed(name) ? Syntax.KeyOf(node) : null, Items(node));
            else builder.AddValue(name, Syntax.ValueOf(node));
        }

        return builder.ToValue();
    }

    private ConfigValue Items(in OnedNode section)
    {
        var builder = new OnedValueBuilder();
        foreach (ref readonly OnedNode item in Syntax.ItemsOf(section)) builder.AddValue(Syntax.NameOf(item), Syntax.ValueOf(item));
        return builder.ToValue();
    }

    private List<KeyValuePair<ConfigPath, ConfigValue>> Values(int index)
    {
        ref readonly OnedNode node = ref Syntax.Nodes[index];
        string name = Syntax.NameOf(node);
        if (!node.IsSection) return [KeyValuePair.Create(ConfigPath.Create(name), ConfigValue.From(Syntax.ValueOf(node)))];
        ConfigPath section = OnedSchema.IsKeyed(name) ? ConfigPath.Create(name, Syntax.KeyOf(node) ?? "") : ConfigPath.Create(name);
        List<KeyValuePair<ConfigPath, ConfigValue>> values = [];
        foreach (ref readonly OnedNode item in Syntax.ItemsOf(node))
            values.Add(KeyValuePair.Create(section.Append(Syntax.NameOf(item)), ConfigValue.From(Syntax.ValueOf(item))));
        return values;
    }
}
