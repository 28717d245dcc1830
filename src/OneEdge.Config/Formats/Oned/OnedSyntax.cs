using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>The attributes and sections of a text with their places. Comments, blank lines and spacing are the text between them.</summary>
internal sealed class OnedSyntax(SourceText source, ReadOnlyMemory<OnedNode> nodes, ReadOnlyMemory<OnedNode> items, IReadOnlyList<string> names)
{
    public SourceText Source { get; } = source;

    /// <summary>The top level, in the order of the text.</summary>
    public ReadOnlySpan<OnedNode> Nodes => nodes.Span;

    /// <summary>The names that occur, upper-cased, by their numbers.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>The items of a section.</summary>
    public ReadOnlySpan<OnedNode> ItemsOf(in OnedNode section) => items.Span.Slice(section.FirstItem, section.ItemCount);

    public string NameOf(in OnedNode node) => Names[node.Name];

    /// <summary>The value as it stands in the text, with its quotes.</summary>
    public string ValueOf(in OnedNode node) => Source.GetString(TextSpan.FromBounds(node.ValueStart, node.ValueEnd));

    /// <summary>The raw value of the item that identifies a keyed section.</summary>
    public string? KeyOf(in OnedNode section)
    {
        foreach (ref readonly OnedNode item in ItemsOf(section))
        {
            if (item.Name == OnedNameTable.Key) return ValueOf(item);
        }

        return null;
    }
}
