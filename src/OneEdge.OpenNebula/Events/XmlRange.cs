using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>Finds where an element lies that a reader passes over.</summary>
internal static class XmlRange
{
    /// <summary>Where the element starts whose start the reader stands on.</summary>
    public static int StartOf(scoped in Utf8XmlReader reader) => reader.Offset - 1;

    /// <summary>From the start of an element to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="hasElements">Whether there are elements inside.</param>
    /// <returns>Where the content lies.</returns>
    public static Range SkipContent(ref Utf8XmlReader reader, out bool hasElements)
    {
        int depth = reader.Depth, name = reader.Offset, start = reader.Position;
        hasElements = false;
        while (reader.Read() && (reader.Kind != XmlTokenKind.EndElement || reader.Depth != depth)) hasElements |= reader.Kind == XmlTokenKind.StartElement;
        return reader.Offset == name ? start..start : start..(reader.Offset - 2);
    }
}
