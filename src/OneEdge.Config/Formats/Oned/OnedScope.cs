namespace OneEdge.Config.Formats;

/// <summary>The top level of a document, or one section, while it is edited.</summary>
internal sealed class OnedScope
{
    private readonly Dictionary<string, OnedGroup> _groups = new(StringComparer.Ordinal);
    private readonly List<OnedEditNode> _nodes;
    private OnedScope[]? _alone;

    /// <summary>The top level of a text.</summary>
    public OnedScope(OnedSyntax syntax)
        : this(syntax, syntax.Nodes)
    {
    }

    /// <summary>A section of a text.</summary>
    public OnedScope(OnedSyntax syntax, OnedEditNode section)
        : this(syntax, syntax.ItemsOf(section.Original)) => Section = section;

    /// <summary>A new section.</summary>
    public OnedScope(OnedEditNode section)
    {
        Section = section;
        _nodes = [];
    }

    private OnedScope(OnedSyntax syntax, ReadOnlySpan<OnedNode> originals)
    {
        _nodes = new List<OnedEditNode>(originals.Length + 1);
        foreach (ref readonly OnedNode original in originals) Append(new OnedEditNode(syntax, original));
    }

    /// <summary>The section; <see langword="null"/> for the top level.</summary>
    public OnedEditNode? Section { get; }

    /// <summary>Every node, also removed ones; those of the text come first.</summary>
    public IReadOnlyList<OnedEditNode> Nodes => _nodes;

    public int Count { get; private set; }

    /// <summary>A list of this scope alone, as the place of a change.</summary>
    public IReadOnlyList<OnedScope> Alone => _alone ??= [this];

    public OnedGroup? Find(string name) => _groups.GetValueOrDefault(name);

    public void Append(OnedEditNode node)
    {
        _nodes.Add(node);
        Count++;
        if (!_groups.TryGetValue(node.Name, out OnedGroup? group)) _groups.Add(node.Name, group = new OnedGroup());
        group.Add(node);
    }

    public void Remove(OnedEditNode node)
    {
        node.IsRemoved = true;
        Count--;
        _groups[node.Name].OnRemoved();
    }
}
