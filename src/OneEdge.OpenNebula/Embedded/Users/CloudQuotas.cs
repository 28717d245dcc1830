namespace OneEdge.OpenNebula.Embedded;

/// <summary>The limits of a user or a group, which are kept and shown but do not limit.</summary>
internal sealed class CloudQuotas
{
    private static readonly string[] Kinds = ["DATASTORE", "NETWORK", "VM", "IMAGE"];

    private readonly Dictionary<string, List<TemplateAttribute>> _limits = [];

    /// <summary>Takes over limits: a vector of a kind and an id takes the place of an older one.</summary>
    public void Set(StoredTemplate limits)
    {
        foreach (TemplateAttribute limit in limits.Where(l => l.IsVector && Kinds.Contains(l.Name)))
        {
            if (!_limits.TryGetValue(limit.Name, out List<TemplateAttribute>? kept)) _limits.Add(limit.Name, kept = []);
            int at = kept.FindIndex(k => k.Get("ID") == limit.Get("ID"));
            if (at < 0) kept.Add(limit);
            else kept[at] = limit;
        }
    }

    /// <summary>Reads limits; the refusal is one of a wrong action, as in the core.</summary>
    public static StoredTemplate Parse(string text)
    {
        try
        {
            return TemplateTexts.Parse(text);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }
    }

    public void Write(XmlText xml)
    {
        foreach (string kind in Kinds)
        {
            xml.Open($"{kind}_QUOTA");
            foreach (TemplateAttribute limit in _limits.GetValueOrDefault(kind, [])) WriteLimit(xml, kind, limit);
            xml.Close($"{kind}_QUOTA");
        }
    }

    public void WriteInPool(XmlText xml, int id)
    {
        xml.Open("QUOTAS");
        xml.Element("ID", id);
        Write(xml);
        xml.Close("QUOTAS");
    }

    /// <summary>The limits of everybody, of which there are none.</summary>
    public static void WriteDefaults(XmlText xml, string name)
    {
        xml.Open(name);
        new CloudQuotas().Write(xml);
        xml.Close(name);
    }

    private static void WriteLimit(XmlText xml, string kind, TemplateAttribute limit)
    {
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in limit.Items)
        {
            items[name] = value;
            if (name != "ID") items.TryAdd($"{name}_USED", "0");
        }

        xml.Attribute(new TemplateAttribute(kind, [.. items]));
    }
}
