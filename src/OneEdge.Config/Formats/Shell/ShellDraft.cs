using System.Globalization;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A shell file while it is edited: which statements stay, what their values are, and what is appended.</summary>
internal sealed class ShellDraft
{
    private readonly ShellDocument _document;
    private readonly Dictionary<string, ShellDraftVariable> _variables = [];
    private readonly List<ShellDraftItem> _items = [];
    private readonly List<ShellDraftItem> _appended = [];
    private readonly List<ShellDraftItem> _written = [];

    public ShellDraft(ShellDocument document)
    {
        _document = document;
        foreach (ShellStatement statement in document.Statements)
        {
            var item = new ShellDraftItem(document.Source, statement);
            _items.Add(item);
            if (statement.Kind == ShellStatementKind.Variable) Named(statement.Name).Occurrences.Add(item);
            if (statement.Kind == ShellStatementKind.Export) AddExports(item);
        }
    }

    /// <summary>
    /// The variable of a name; in a change line <c>NAME[2]</c> is the second occurrence of NAME, and <c>NAME[1]</c> NAME itself where there is none, unless a
    /// variable has just that name.
    /// </summary>
    public ShellDraftVariable Variable(string name, bool isLine)
    {
        if (_variables.TryGetValue(name, out ShellDraftVariable? variable) && variable.Exists) return variable;
        if (!isLine || !TryReadPlace(name, out string whole, out int place)) return Named(name);
        ShellDraftVariable repeated = Named(whole);
        if (place > repeated.Occurrences.Count) return place == 1 ? repeated : Named(name);
        return repeated.Occurrence(name, place - 1);
    }

    private static bool TryReadPlace(string name, out string whole, out int place)
    {
        int bracket = name is [.., ']'] ? name.IndexOf('[', StringComparison.Ordinal) : -1;
        whole = bracket > 0 ? name[..bracket] : name;
        place = 0;
        return bracket > 0 && int.TryParse(name.AsSpan()[(bracket + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out place) && place > 0;
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
    public IEnumerable<ShellVariable> Data() => _variables.Values.Where(v => v.Exists).Select(v => new ShellVariable(v.Name, v.Value!, v.IsExported));

    public SourceText ToSource() => ShellWriter.Write(_document.Source, _items, _appended);

    private ShellDraftVariable Named(string name)
    {
        if (!_variables.TryGetValue(name, out ShellDraftVariable? variable)) _variables.Add(name, variable = new ShellDraftVariable(name));
        return variable;
    }

    private void AddExports(ShellDraftItem list)
    {
        for (int i = 0; i < list.Names.Count; i++) Named(list.Names[i]).Exports.Add((list, i));
    }
}
