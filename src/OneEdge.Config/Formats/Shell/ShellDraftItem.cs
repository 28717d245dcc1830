using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>One assignment or one list of exports while a file is edited.</summary>
internal sealed class ShellDraftItem
{
    private readonly bool[] _unlisted;
    private int _listed;

    /// <summary>Takes a statement over.</summary>
    public ShellDraftItem(SourceText source, ShellStatement statement)
    {
        Statement = statement;
        Name = statement.Name;
        IsExported = statement.Export.Length > 0;
        if (statement.Kind == ShellStatementKind.Variable) Value = OriginalValue = source.GetString(statement.Value);
        _unlisted = new bool[statement.Names.Count];
        _listed = _unlisted.Length;
    }

    /// <summary>Makes a new assignment.</summary>
    public ShellDraftItem(string name)
    {
        Name = name;
        _unlisted = [];
    }

    /// <summary>The statement; <see langword="null"/> for a new one.</summary>
    public ShellStatement? Statement { get; }

    public string Name { get; }

    public string? OriginalValue { get; }

    public string Value { get; set; } = "";

    /// <summary>The change that wrote the value, or -1.</summary>
    public int Change { get; set; } = -1;

    /// <summary>Whether the written value may be an array.</summary>
    public bool MayBeArray { get; set; }

    public bool IsExported { get; set; }

    public bool IsRemoved { get; set; }

    /// <summary>Whether the name at a place is still in the list of exports.</summary>
    public bool Lists(int index) => !_unlisted[index];

    public bool HasUnlisted => _listed < _unlisted.Length;

    /// <summary>Takes a name out of the list; a list without names goes.</summary>
    public void Unlist(int index)
    {
        if (_unlisted[index]) return;
        _unlisted[index] = true;
        if (--_listed == 0) IsRemoved = true;
    }
}
