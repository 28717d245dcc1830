using System.Xml.Linq;
using OneEdge.Config;
using OneEdge.Host.Cli;
using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>An object for people: what lists show of it, then every element under its path, secrets masked unless they are asked for.</summary>
internal static class ObjectText
{
    public static void Write(HostIo io, OpenNebulaObject item, IEnumerable<(string Heading, string Value)> known, bool showSecrets)
    {
        var screen = new Screen(io);
        screen.Heading(item.ToString());
        screen.Table(["", ""], known.Where(k => k.Value.Length > 0).Select(k => (IReadOnlyList<string>)[k.Heading, k.Value]));
        IEnumerable<(string Path, string Value)> leaves = Leaves(XmlJson.Load(item.Xml), "");
        screen.Table(["ELEMENT", "VALUE"], leaves.Select(l => (IReadOnlyList<string>)[l.Path, showSecrets ? l.Value : Masked(l.Path, l.Value)]));
    }

    // By the names on the way to it: PASSWORD, LOGIN_TOKEN/TOKEN, TEMPLATE/CONTEXT/DB_PASSWORD.
    private static string Masked(string path, string value) =>
        ConfigSecrets.Mask(ConfigPath.Create([.. path.Split('/').Select(ConfigValue.From)]), ConfigValue.From(value)).AsString();

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
                yield return (below, child.Value);
            }
        }
    }
}
