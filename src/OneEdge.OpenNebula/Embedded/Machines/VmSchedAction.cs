namespace OneEdge.OpenNebula.Embedded;

/// <summary>An action that a machine does at a time.</summary>
internal sealed class VmSchedAction(int id, int vm, TemplateAttribute attributes)
{
    public int Id { get; } = id;

    public TemplateAttribute Attributes { get; set; } = attributes;

    /// <summary>When it was done; -1 before.</summary>
    public long Done { get; set; } = -1;

    public string Action => Attributes.Get("ACTION") ?? "";

    public void Write(XmlText xml)
    {
        var items = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in Attributes.Items) items[name] = value;
        xml.Open("SCHED_ACTION");
        xml.Element("ID", Id);
        xml.Element("PARENT_ID", vm);
        xml.Element("TYPE", "VM");
        xml.CData("ACTION", Action);
        if (items.GetValueOrDefault("ARGS") is { } arguments) xml.CData("ARGS", arguments);
        xml.Element("TIME", items.GetValueOrDefault("TIME", "0"));
        xml.Element("REPEAT", items.GetValueOrDefault("REPEAT", "-1"));
        xml.CData("DAYS", items.GetValueOrDefault("DAYS", ""));
        xml.Element("END_TYPE", items.GetValueOrDefault("END_TYPE", "-1"));
        xml.Element("END_VALUE", items.GetValueOrDefault("END_VALUE", "-1"));
        xml.Element("DONE", Done);
        xml.CData("MESSAGE", "");
        xml.Element("WARNING", items.GetValueOrDefault("WARNING", "0"));
        xml.Close("SCHED_ACTION");
    }
}
