using System.Text;
using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Finds elements by their names.</summary>
internal static class XmlPath
{
    /// <summary>The text of the first element at a path below the root, such as <c>HOST_SHARE/MAX_CPU</c>.</summary>
    /// <returns>The text; <see langword="null"/> when there is no such element or it holds elements.</returns>
    public static string? Find(ReadOnlySpan<byte> xml, string path)
    {
        if (xml.IsEmpty) return null;
        var reader = new Utf8XmlReader(xml, isChecked: true);
        reader.Read();
        string[] names = path.Split('/');
        int level = 0;
        while (true)
        {
            while (reader.ReadToChild())
            {
                if (!IsNamed(ref reader, names[level])) reader.SkipElement();
                else if (++level == names.Length) return TextOf(ref reader);
            }

            // The path may go on in a sister of the element that ends here.
            if (--level < 0) return null;
        }
    }

    /// <summary>From the start of an element to its end, or into it when it holds elements.</summary>
    public static string? TextOf(ref Utf8XmlReader reader)
    {
        string text = "";
        while (reader.Read() && reader.Kind == XmlTokenKind.Text)
        {
            string part = XmlTextDecoder.GetString(reader.RawText, reader.IsCData, reader.Offset);
            text = text.Length == 0 ? part : text + part;
        }

        return reader.Kind == XmlTokenKind.EndElement ? text : null;
    }

    private static bool IsNamed(ref Utf8XmlReader reader, string name) => Encoding.UTF8.GetString(reader.Name) == name;
}
