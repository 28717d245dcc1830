using System.Globalization;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A shell file while it is edited: which statements stay, what their values are, and what is appended. It knows only what changes touch.</summary>
internal sealed class ShellDraft(ShellDocument document)
{
    private readonly Dictionary<string, ShellDraftVariable> _variables = [];
    private readonly Dictionary<int, ShellDraftItem> _items = [];
    private readonly List<ShellDraftItem> _appended = [];
    private readonly List<ShellDraftItem> _written = [];

    /// <summary>
    /// The variable of a name; in a change line <c>NAME[2]</c> is the second occurrence of NAME, and <c>NAME[1]</c> NAME itself where there is none, unless a
    /// variable has just that name.
    /// </summary>
    public ShellDraftVariable Variable(string name, bool isLine)
    {
        ShellDraftVariable variable = Named(name);
        if (variable.Exists || !isLine || !TryReadPlace(name, out string whole, out int place)) return variable;
        ShellDraftVariable repeated = Named(whole);
        if (place > repeated.Occurrences.Count) return place == 1 ? repeated : variable;
        return repeated.Occurrence(name, place - 1);
    }

    /// <summary>Gives a variable one value; all its occurrences but the last go.</summary>
    public ShellDraftItem Write(ShellDraftVariable variable, string value)
    {
        if (!variable.Exists)
        {
            var item = new ShellDraftItem(variable.Name);
            _appended.Add(item);
            variable.Occurrences.Add(item);
        }

        variable.KeepLast();
        ShellDraftItem written = variable.Occurrences[^1];
        if (written.Change < 0) _written.Add(written);
        written.Value = value;
        return written;
    }

    /// <summary>The assignments that got a value and are still there.</summary>
    public IEnumerable<ShellDraftItem> Written => _written.Where(w => !w.IsRemoved);

    /// <summary>The data as it is now, in no order.</summary>
    public IEnumerable<ShellVariable> Data()
    {
        foreach (string name in document.Index.Names) Named(name);
        return _variables.Values.Where(v => v.Exists).Select(v => new ShellVariable(v.Name, v.Value!, v.IsExported));
    }

    public SourceText ToSource() => ShellWriter.Write(document, _items, _appended);

    private ShellDraftVariable Named(string name)
    {
        if (_variables.TryGetValue(name, out ShellDraftVariable? variable)) return variable;
        variable = new ShellDraftVariable(name);
        _variables.Add(name, variable);
        foreach (int statement in document.Index.Assignments(name)) variable.Occurrences.Add(ItemOf(statement));
        foreach ((int statement, int place) in document.Index.Listings(name)) variable.Exports.Add((ItemOf(statement), place));
        return variable;
    }

    private ShellDraftItem ItemOf(int statement)
    {
        if (_items.TryGetValue(statement, out ShellDraftItem? known)) return known;
        var item = new ShellDraftItem(document.Source, document.Statements[statement]);
        _items.Add(statement, item);
        return item;
    }

    private static bool TryReadPlace(string name, out string whole, out int place)
    {
        int bracket = name is [.., ']'] ? name.IndexOf('[', StringComparison.Ordinal) : -1;
        whole = bracket > 0 ? name[..bracket] : name;
        place = 0;
        return bracket > 0 && int.TryParse(name.AsSpan()[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out place) && place > 0;
    }
}
