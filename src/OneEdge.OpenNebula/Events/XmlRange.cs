using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Finds where an element lies that a reader passes over.</summary>
internal static class XmlRange
{
    /// <summary>Where the element starts whose start the reader stands on.</summary>
    public static int StartOf(scoped in Utf8XmlReader reader) => reader.Offset - 1;

    /// <summary>Where the element ends whose end the reader stands on.</summary>
    public static int EndOf(scoped in Utf8XmlReader reader, ReadOnlySpan<byte> xml)
    {
        int position = reader.Offset + reader.Name.Length;
        return position + xml[position..].IndexOf((byte)'>') + 1;
    }

    /// <summary>From the start of an element to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="xml">What it reads.</param>
    /// <param name="hasElements">Whether there are elements inside.</param>
    /// <returns>Where the content lies.</returns>
    public static Range SkipContent(ref Utf8XmlReader reader, ReadOnlySpan<byte> xml, out bool hasElements)
    {
        int depth = reader.Depth, name = reader.Offset, start = EndOf(reader, xml);
        hasElements = false;
        while (reader.Read() && (reader.Kind != XmlTokenKind.EndElement || reader.Depth != depth)) hasElements |= reader.Kind == XmlTokenKind.StartElement;
        return reader.Offset == name ? start..start : start..(reader.Offset - 2);
    }
}
