using System.Xml;
using System.Xml.Linq;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>An object for people: what lists show of it, then every element under its path.</summary>
internal static class ObjectText
{
    public static void Write(HostIo io, OpenNebulaObject item, IEnumerable<(string Heading, string Value)> known)
    {
        var screen = new Screen(io);
        screen.Heading(item.ToString());
        screen.Table(["", ""], known.Where(k => k.Value.Length > 0).Select(k => (IReadOnlyList<string>)[k.Heading, k.Value]));
        using var reader = XmlReader.Create(new MemoryStream(item.Xml.ToArray()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        screen.Table(["ELEMENT", "VALUE"], Leaves(XElement.Load(reader), "").Select(l => (IReadOnlyList<string>)[l.Path, l.Value]));
    }

    private static IEnumerable<(string Path, string Value)> Leaves(XElement element, string path)
    {
        foreach (XElement child in element.Elements())
        {
            string below = path.Length == 0 ? child.Name.LocalName : $"{path}/{child.Name.LocalName}";
            if (child.HasElements)
            {
                foreach ((string, string) leaf in Leaves(child, below)) yield return leaf;
            }
            else if (child.Value.Length > 0)
            {
                yield return (below, child.Value.ReplaceLineEndings(" "));
            }
        }
    }
}
