namespace OneEdge.Config.Formats;

/// <summary>The sections of one keyed name by the value of their NAME.</summary>
internal sealed class OnedKeyIndex
{
    private readonly Dictionary<string, List<OnedEditNode>> _sections = new(StringComparer.Ordinal);

    /// <summary>The section with a NAME; <see langword="null"/> when there is none or more than one.</summary>
    public OnedEditNode? Find(string key) => _sections.TryGetValue(key, out List<OnedEditNode>? found) && found.Count == 1 ? found[0] : null;

    public void Add(OnedEditNode section)
    {
        if (section.Key is not { } key) return;
        if (!_sections.TryGetValue(key, out List<OnedEditNode>? found)) _sections.Add(key, found = new List<OnedEditNode>(1));
        found.Add(section);
    }

    public void Remove(OnedEditNode section, string? key)
    {
        if (key is not null && _sections.TryGetValue(key, out List<OnedEditNode>? found)) found.Remove(section);
    }
}
