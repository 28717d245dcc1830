namespace OneEdge.OpenNebula;

/// <summary>A document: a text that a program keeps in OpenNebula.</summary>
public sealed record Document : OwnedObject, IModel<Document>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public Document()
    {
    }

    private Document(ref ModelReader reader)
    {
        int start = reader.Begin();
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("TYPE"u8)) Type = (DocumentType)reader.Int32();
            else reader.Skip();
        }

        Raw = Complete(ref reader, start);
    }

    /// <summary>Whose document it is.</summary>
    public DocumentType Type { get; init; }

    static ReadOnlySpan<byte> IModel<Document>.ElementName => "DOCUMENT"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>DOCUMENT</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Document Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<Document>(xml);

    /// <summary>Reads an element of an answer: <c>DOCUMENT</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static Document ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static Document IModel<Document>.Read(ref ModelReader reader) => Read(ref reader);

    internal static Document Read(ref ModelReader reader) => new(ref reader);
}
