namespace OneEdge.Config.Formats;

/// <summary>A variable while a file is edited: its assignments, and its places in lists of exports.</summary>
internal sealed class ShellDraftVariable(string name)
{
    public string Name { get; } = name;

    /// <summary>The assignments that are left, in the order of the text.</summary>
    public List<ShellDraftItem> Occurrences { get; } = [];

    /// <summary>The lists of exports that name it, with the place in each.</summary>
    public List<(ShellDraftItem List, int Index)> Exports { get; } = [];

    public bool Exists => Occurrences.Count > 0;

    /// <summary>The value that counts.</summary>
    public string? Value => Exists ? Occurrences[^1].Value : null;

    public bool IsExported => Occurrences.Exists(o => o.IsExported) || Exports.Exists(e => e.List.Lists(e.Index));

    private ShellDraftVariable? Whole { get; init; }

    /// <summary>One assignment of the variable as a variable of its own.</summary>
    public ShellDraftVariable Occurrence(string name, int index) => new(name) { Whole = this, Occurrences = { Occurrences[index] } };

    /// <summary>Leaves one assignment, exported when one of them was.</summary>
    public void KeepLast()
    {
        if (Occurrences.Count < 2) return;
        // The shell exports a variable whichever of its assignments says so.
        if (Occurrences.Exists(o => o.IsExported)) Occurrences[^1].IsExported = true;
        for (int i = 0; i < Occurrences.Count - 1; i++) Occurrences[i].IsRemoved = true;
        Occurrences.RemoveRange(0, Occurrences.Count - 1);
    }

    public void SetExported(bool exported)
    {
        if (exported == IsExported) return;
        if (exported)
        {
            Occurrences[^1].IsExported = true;
            return;
        }

        foreach (ShellDraftItem occurrence in Occurrences) occurrence.IsExported = false;
        foreach ((ShellDraftItem list, int index) in Exports) list.Unlist(index);
        Exports.Clear();
    }

    public void Remove()
    {
        SetExported(false);
        foreach (ShellDraftItem occurrence in Occurrences)
        {
            occurrence.IsRemoved = true;
            Whole?.Occurrences.Remove(occurrence);
        }

        Occurrences.Clear();
    }
}
