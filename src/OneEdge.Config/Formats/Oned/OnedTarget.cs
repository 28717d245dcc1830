namespace OneEdge.Config.Formats;

/// <summary>What a change is about: the occurrences of a name in a scope, and what stands in the way of making one more.</summary>
internal sealed class OnedTarget
{
    /// <summary>No place at all.</summary>
    public static OnedTarget Nothing { get; } = new();

    /// <summary>Where the occurrences are; several only for an item of repeated sections that are not told apart.</summary>
    public IReadOnlyList<OnedScope> Scopes { get; init; } = [];

    /// <summary>The name, which may not be one that can be written.</summary>
    public OnedName Name { get; init; }

    /// <summary>A section that is addressed by its NAME; it alone is the target.</summary>
    public OnedEditNode? Section { get; init; }

    /// <summary>The section that has to be made first; <see langword="null"/> when the place exists.</summary>
    public string? NewSection { get; init; }

    /// <summary>Why no occurrence can be made.</summary>
    public string? CannotCreate { get; init; }

    /// <summary>More about <see cref="CannotCreate"/>.</summary>
    public string? CannotCreateDetail { get; init; }

    public OnedEditNode? First => Section ?? (Single is { } group && Name.Occurrence == 0 ? group.First : All.FirstOrDefault());

    /// <summary>Whether there may be more occurrences than the first one.</summary>
    public bool IsRepeated => Section is null && !(Single is { } group && Name.Occurrence == 0 && group.Count <= 1);

    public IEnumerable<OnedEditNode> All
    {
        get
        {
            if (Section is not null) return [Section];
            IEnumerable<OnedGroup> groups = Scopes.Select(s => s.Find(Name.Text)).OfType<OnedGroup>();
            return Name.Occurrence == 0 ? groups.SelectMany(g => g.All) : groups.Select(g => g.At(Name.Occurrence)).OfType<OnedEditNode>();
        }
    }

    private OnedGroup? Single => Section is null && Scopes.Count == 1 ? Scopes[0].Find(Name.Text) : null;

    /// <summary>The first occurrence with a value. A section has the null value.</summary>
    public OnedEditNode? WithValue(ConfigValue? value)
    {
        if (value?.Kind == ConfigValueKind.String && Single is { } group && Name.Occurrence == 0) return group.WithValue(value.AsString());
        return All.FirstOrDefault(n => Holds(n, value));
    }

    /// <summary>Whether a node has a value. As in the original, only texts equal texts: the number 1 is not the <c>1</c> of the file.</summary>
    public static bool Holds(OnedEditNode node, ConfigValue? value) => node.ValueOrNull is { } text
        ? value?.Kind == ConfigValueKind.String && value.AsString() == text
        : value is null or { IsNull: true };
}
