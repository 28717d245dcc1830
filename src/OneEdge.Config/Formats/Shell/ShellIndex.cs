using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Which statements of a shell file have a name, so that a change looks at those alone.</summary>
internal sealed class ShellIndex
{
    private readonly SourceText _source;
    private readonly IReadOnlyList<ShellStatement> _statements;
    private readonly Dictionary<string, (int First, int Last)> _places = [];
    private readonly List<int> _exports = [];

    // For each statement the next one of its name, or -1.
    private readonly int[] _next;
    private Dictionary<string, List<(int Statement, int Place)>>? _listed;

    public ShellIndex(SourceText source, IReadOnlyList<ShellStatement> statements)
    {
        _source = source;
        _statements = statements;
        _next = new int[statements.Count];
        for (int i = 0; i < statements.Count; i++)
        {
            _next[i] = -1;
            if (statements[i].Kind == ShellStatementKind.Export) _exports.Add(i);
            else Add(statements[i].Name, i);
        }
    }

    /// <summary>Every name, of variables and of kinds of statements.</summary>
    public IEnumerable<string> Names => _places.Keys;

    /// <summary>The second statement of each name that occurs more than once, in the order of the first ones.</summary>
    public IEnumerable<int> Seconds => _places.Values.Where(p => p.First != p.Last).Select(p => p.First).Order().Select(first => _next[first]);

    /// <summary>The assignments of a variable, in the order of the text.</summary>
    public IEnumerable<int> Assignments(string name)
    {
        if (!_places.TryGetValue(name, out (int First, int Last) places) || _statements[places.First].Kind != ShellStatementKind.Variable) yield break;
        for (int i = places.First; i >= 0; i = _next[i]) yield return i;
    }

    /// <summary>Where lists of exports name a variable.</summary>
    public IReadOnlyList<(int Statement, int Place)> Listings(string name) =>
        _exports.Count > 0 && (_listed ??= Listed()).TryGetValue(name, out List<(int Statement, int Place)>? places) ? places : [];

    /// <summary>The last statement of a name, a list of exports not counted.</summary>
    public bool TryGetLast(string name, [NotNullWhen(true)] out ShellStatement? statement)
    {
        statement = _places.TryGetValue(name, out (int First, int Last) places) ? _statements[places.Last] : null;
        return statement is not null;
    }

    private void Add(string name, int statement)
    {
        ref (int First, int Last) places = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, name, out bool exists);
        if (exists) _next[places.Last] = statement;
        else places.First = statement;
        places.Last = statement;
    }

    private Dictionary<string, List<(int Statement, int Place)>> Listed()
    {
        Dictionary<string, List<(int Statement, int Place)>> listed = [];
        foreach (int statement in _exports)
        {
            IReadOnlyList<TextSpan> names = _statements[statement].Names;
            for (int i = 0; i < names.Count; i++)
            {
                string name = _source.GetString(names[i]);
                if (!listed.TryGetValue(name, out List<(int Statement, int Place)>? places)) listed.Add(name, places = []);
                places.Add((statement, i));
            }
        }

        return listed;
    }
}
