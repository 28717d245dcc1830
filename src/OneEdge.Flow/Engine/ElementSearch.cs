using System.Xml;
using System.Xml.Linq;

namespace OneEdge.Flow.Engine;

/// <summary>Finds an element anywhere in a document, as <c>//PATH/TO/ELEMENT</c> of XPath does.</summary>
internal static class ElementSearch
{
    /// <summary>The text of the first element at a path; <see langword="null"/> when there is none.</summary>
    public static string? Find(ReadOnlyMemory<byte> xml, string path)
    {
        using var stream = new MemoryStream(xml.ToArray(), writable: false);
        using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        string[] names = path.Split('/');
        return XDocument.Load(reader).Descendants(names[0]).SelectMany(element => At(element, names.AsSpan(1).ToArray())).FirstOrDefault()?.Value;
    }

    private static IEnumerable<XElement> At(XElement element, string[] names) =>
        names.Aggregate((IEnumerable<XElement>)[element], (found, name) => found.SelectMany(e => e.Elements(name)));
}
