namespace OneEdge.OpenNebula.Xml;

/// <summary>What <see cref="Utf8XmlReader"/> stands on.</summary>
internal enum XmlTokenKind
{
    /// <summary>The beginning or the end of the document.</summary>
    None,

    /// <summary>The start of an element; an empty element has a start and an end as well.</summary>
    StartElement,

    /// <summary>The end of an element.</summary>
    EndElement,

    /// <summary>Character data with references, or a CDATA section. One text may come as several tokens.</summary>
    Text,
}
