using System.Text;
using System.Xml;
using OneEdge.OpenNebula;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.Fuzz;

/// <summary>The tokens of a text, by our reader and by that of the framework, in one form: <c>&lt;name</c>, <c>&gt;name</c> and texts joined.</summary>
internal static class XmlJudge
{
    public static List<string>? Ours(ReadOnlySpan<byte> xml)
    {
        try
        {
            return OursOrThrow(xml);
        }
        catch (OpenNebulaXmlException)
        {
            return null;
        }
    }

    public static List<string> OursOrThrow(ReadOnlySpan<byte> xml)
    {
        var tokens = new List<string>();
        var text = new StringBuilder();
        var reader = new Utf8XmlReader(xml);
        while (reader.Read())
        {
            if (reader.Kind == XmlTokenKind.Text)
            {
                var decoded = new byte[reader.RawText.Length];
                text.Append(Encoding.UTF8.GetString(decoded, 0, XmlTextDecoder.Decode(reader.RawText, reader.IsCData, decoded, reader.Offset)));
                continue;
            }

            Flush(tokens, text);
            tokens.Add((reader.Kind == XmlTokenKind.StartElement ? "<" : ">") + Encoding.UTF8.GetString(reader.Name));
        }

        return tokens;
    }

    public static List<string>? Theirs(byte[] xml)
    {
        var tokens = new List<string>();
        var text = new StringBuilder();
        // A reader for text, so that names may have colons; bytes that are not UTF-8 are an error of the encoding.
        try
        {
            using var reader = new XmlTextReader(new StringReader(new UTF8Encoding(false, true).GetString(xml)))
            {
                Namespaces = false,
                DtdProcessing = DtdProcessing.Prohibit,
                EntityHandling = EntityHandling.ExpandEntities,
                Normalization = true,
            };
            while (reader.Read()) Add(reader, tokens, text);
            return tokens;
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static void Add(XmlTextReader reader, List<string> tokens, StringBuilder text)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Flush(tokens, text);
                tokens.Add("<" + reader.Name);
                if (reader.IsEmptyElement) tokens.Add(">" + reader.Name);
                break;
            case XmlNodeType.EndElement:
                Flush(tokens, text);
                tokens.Add(">" + reader.Name);
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when reader.Depth > 0:
                text.Append(reader.Value);
                break;
        }
    }

    private static void Flush(List<string> tokens, StringBuilder text)
    {
        if (text.Length > 0) tokens.Add(text.ToString());
        text.Clear();
    }
}
