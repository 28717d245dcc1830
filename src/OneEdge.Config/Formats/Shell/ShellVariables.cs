using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>A variable as changes see it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value that counts, with quotes.</param>
/// <param name="IsExported">Whether an assignment or a list exports it.</param>
internal sealed record ShellVariable(string Name, string Value, bool IsExported);

/// <summary>The data of a shell file: its variables in the order of their first assignment.</summary>
internal sealed class ShellVariables
{
    private readonly Dictionary<string, ShellVariable> _byName;

    private ShellVariables(IReadOnlyList<ShellVariable> variables)
    {
        InOrder = variables;
        _byName = variables.ToDictionary(v => v.Name);
    }

    public IReadOnlyList<ShellVariable> InOrder { get; }

    public static ShellVariables Of(SourceText source, IReadOnlyList<ShellStatement> statements)
    {
        HashSet<string> listed = [.. statements.SelectMany(s => s.Names).Select(source.GetString)];
        return new ShellVariables([.. statements.Where(s => s.Kind == ShellStatementKind.Variable).GroupBy(s => s.Name).Select(occurrences =>
            new ShellVariable(
                occurrences.Key,
                source.GetString(occurrences.Last().Value),
                listed.Contains(occurrences.Key) || occurrences.Any(s => s.Export.Length > 0)))]);
    }

    public ShellVariable? Find(string name) => _byName.GetValueOrDefault(name);
}
