using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Writes XML as the core does: values of templates in CDATA, no layout.</summary>
internal sealed class XmlText
{
    private readonly PooledText _text = new();

    public void Open(string name) => _text.Append('<').Append(name).Append('>');

    public void Close(string name) => _text.Append("</").Append(name).Append('>');

    /// <summary>An element that is written as <c>&lt;NAME/&gt;</c>.</summary>
    public void Nothing(string name) => _text.Append('<').Append(name).Append("/>");

    public void Element(string name, long value)
    {
        Open(name);
        _text.Append(value);
        Close(name);
    }

    /// <summary>An element with a plain text.</summary>
    public void Element(string name, string value)
    {
        Open(name);
        Escaped(value);
        Close(name);
    }

    /// <summary>An element with its text in CDATA.</summary>
    public void CData(string name, string value)
    {
        Open(name);
        CData(value);
        Close(name);
    }

    public void CData(string name, long value) => CData(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A text in CDATA; one that would end it is split.</summary>
    public void CData(string value) => _text.Append("<![CDATA[").Append(value.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)).Append("]]>");

    public void Ids(string name, IEnumerable<int> ids)
    {
        Open(name);
        foreach (int id in ids) Element("ID", id);
        Close(name);
    }

    public void Template(string name, IEnumerable<TemplateAttribute> template)
    {
        Open(name);
        foreach (TemplateAttribute attribute in template) Attribute(attribute);
        Close(name);
    }

    public void Attribute(TemplateAttribute attribute)
    {
        if (attribute.Value is { } value)
        {
            CData(attribute.Name, value);
            return;
        }

        Open(attribute.Name);
        foreach ((string item, string text) in attribute.Items) CData(item, text);
        Close(attribute.Name);
    }

    public void Escaped(string value)
    {
        ReadOnlySpan<char> rest = value;
        while (rest.IndexOfAny('<', '>', '&') is >= 0 and var at)
        {
            _text.Append(rest[..at]).Append(rest[at] == '<' ? "&lt;" : rest[at] == '>' ? "&gt;" : "&amp;");
            rest = rest[(at + 1)..];
        }

        _text.Append(rest);
    }

    /// <summary>XML as it is.</summary>
    public void Raw(string xml) => _text.Append(xml);

    public override string ToString() => _text.ToString();

    public static string Of(Action<XmlText> write)
    {
        var xml = new XmlText();
        write(xml);
        string text = xml.ToString();
        xml._text.Return();
        return text;
    }
}
