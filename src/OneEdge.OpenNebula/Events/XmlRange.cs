using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Finds where an element lies that a reader passes over.</summary>
internal static class XmlRange
{
    /// <summary>Where the element starts whose start the reader stands on.</summary>
    public static int StartOf(scoped in Utf8XmlReader reader) => reader.Offset - 1;

    /// <summary>From the start of an element to its end, with a look at the references in its texts, which the reader leaves to others.</summary>
    /// <returns>Whether there are elements inside.</returns>
    public static bool SkipChecked(ref Utf8XmlReader reader)
    {
        int depth = reader.Depth;
        bool hasElements = false;
        while (reader.Read() && (reader.Kind != XmlTokenKind.EndElement || reader.Depth != depth))
        {
            if (reader.Kind == XmlTokenKind.StartElement) hasElements = true;
            else if (reader.Kind == XmlTokenKind.Text && !reader.IsCData) XmlTextDecoder.CheckReferences(reader.RawText, reader.Offset);
        }

        return hasElements;
    }

    /// <summary>As <see cref="SkipChecked"/>.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="hasElements">Whether there are elements inside.</param>
    /// <returns>Where the content lies.</returns>
    public static Range SkipContent(ref Utf8XmlReader reader, out bool hasElements)
    {
        int name = reader.Offset, start = reader.Position;
        hasElements = SkipChecked(ref reader);
        return reader.Offset == name ? start..start : start..(reader.Offset - 2);
    }
}
