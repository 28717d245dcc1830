using System.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>Writes the XML form as the core does: every value is CDATA, which none can end, see <see cref="TemplateValue.Problem"/>.</summary>
internal static class TemplateXmlWriter
{
    public static string Write(IEnumerable<TemplateAttribute> attributes)
    {
        var xml = new StringBuilder("<TEMPLATE>");
        foreach (TemplateAttribute attribute in attributes)
        {
            if (attribute.Value is { } value)
            {
                Element(xml, attribute.Name, value);
                continue;
            }

            xml.Append('<').Append(attribute.Name).Append('>');
            foreach ((string name, string itemValue) in attribute.Items) Element(xml, name, itemValue);
            xml.Append("</").Append(attribute.Name).Append('>');
        }

        return xml.Append("</TEMPLATE>").ToString();
    }

    private static void Element(StringBuilder xml, string name, string value) =>
        xml.Append('<').Append(name).Append("><![CDATA[").Append(value).Append("]]></").Append(name).Append('>');
}
