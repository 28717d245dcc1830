using System.Text;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>The attributes of a text with their places. Strings are made when somebody asks for them.</summary>
internal sealed class TemplateSyntax(SourceText source, ReadOnlyMemory<TemplateNode> nodes, ReadOnlyMemory<TemplateNode> items)
{
    // So many are compared with each other; more are worth a set.
    private const int FewItems = 16;

    public SourceText Source { get; } = source;

    /// <summary>The attributes in the order of the text.</summary>
    public ReadOnlySpan<TemplateNode> Nodes => nodes.Span;

    /// <summary>The values of a vector, repeated ones included.</summary>
    public ReadOnlySpan<TemplateNode> ItemsOf(in TemplateNode vector) => items.Span.Slice(vector.FirstItem, vector.ItemCount);

    public ReadOnlySpan<byte> NameBytes(in TemplateNode node) => Source.Span.Slice(node.NameStart, node.NameLength);

    /// <summary>The name as it is written.</summary>
    public string NameOf(in TemplateNode node) => Encoding.ASCII.GetString(NameBytes(node));

    public ReadOnlySpan<byte> RawValue(in TemplateNode node) => Source.Span[node.ValueStart..node.ValueEnd];

    public string ValueOf(in TemplateNode node)
    {
        ReadOnlySpan<byte> raw = RawValue(node);
        return TemplateValue.Unescape(node.IsQuoted ? raw[1..^1] : raw);
    }

    /// <summary>The attribute as the core understands it: of values with one name the first one counts.</summary>
    public TemplateAttribute AttributeOf(in TemplateNode node)
    {
        string name = TemplateName.Stored(NameOf(node));
        return node.IsVector ? new TemplateAttribute(name, Array.AsReadOnly(ItemValues(node))) : new TemplateAttribute(name, ValueOf(node));
    }

    /// <summary>The number of the first attribute of a stored name, from a number on; -1 when there is none.</summary>
    public int Find(string stored, int from = 0)
    {
        for (int i = from; i < nodes.Length; i++)
        {
            if (TemplateName.IsStoredAs(NameBytes(Nodes[i]), stored)) return i;
        }

        return -1;
    }

    private KeyValuePair<string, string>[] ItemValues(in TemplateNode vector)
    {
        var values = new KeyValuePair<string, string>[vector.ItemCount];
        HashSet<string>? seen = vector.ItemCount > FewItems ? new HashSet<string>(vector.ItemCount, StringComparer.Ordinal) : null;
        int count = 0;
        foreach (ref readonly TemplateNode item in ItemsOf(vector))
        {
            string name = TemplateName.Upper(NameOf(item));
            bool isNew = seen?.Add(name) ?? !Holds(values.AsSpan(0, count), name);
            if (isNew) values[count++] = KeyValuePair.Create(name, ValueOf(item));
        }

        return count == values.Length ? values : values[..count];
    }

    private static bool Holds(ReadOnlySpan<KeyValuePair<string, string>> values, string name)
    {
        foreach ((string key, _) in values)
        {
            if (key == name) return true;
        }

        return false;
    }
}
