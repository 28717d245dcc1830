using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace OneEdge.Host.One;

/// <summary>
/// Elements of OpenNebula as JSON, the way its own command line writes them: an element with children is an object, one with text a string, an empty one
/// <c>{}</c>, and elements of one name beside each other are an array in the place of the first.
/// </summary>
internal static class XmlJson
{
    /// <summary>An element under its name: <c>{"VM": {...}}</c>.</summary>
    public static void WriteDocument(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> xml)
    {
        json.WriteStartObject();
        json.WritePropertyName(name);
        WriteElement(json, xml);
        json.WriteEndObject();
    }

    /// <summary>The content of an element.</summary>
    public static void WriteElement(Utf8JsonWriter json, ReadOnlyMemory<byte> xml) => Write(json, Load(xml));

    /// <summary>Reads an element; the library has already limited how deep an answer is nested.</summary>
    public static XElement Load(ReadOnlyMemory<byte> xml)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
        using var reader = XmlReader.Create(new MemoryStream(xml.ToArray()), settings);
        return XElement.Load(reader);
    }

    private static void Write(Utf8JsonWriter json, XElement element)
    {
        if (!element.HasElements)
        {
            if (element.Value.Length > 0)
            {
                json.WriteStringValue(element.Value);
                return;
            }

            json.WriteStartObject();
            json.WriteEndObject();
            return;
        }

        json.WriteStartObject();
        foreach (IGrouping<string, XElement> named in element.Elements().GroupBy(e => e.Name.LocalName, StringComparer.Ordinal))
        {
            json.WritePropertyName(named.Key);
            Write(json, [.. named]);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, XElement[] elements)
    {
        if (elements is [var only])
        {
            Write(json, only);
            return;
        }

        json.WriteStartArray();
        foreach (XElement element in elements) Write(json, element);
        json.WriteEndArray();
    }
}
