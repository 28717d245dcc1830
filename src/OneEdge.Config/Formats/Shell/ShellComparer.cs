namespace OneEdge.Config.Formats;

/// <summary>Compares the variables of two shell files.</summary>
internal static class ShellComparer
{
    public static ConfigDiff Compare(ShellDocument older, ShellDocument newer)
    {
        List<ConfigChange> changes = [];
        foreach (ShellVariable old in older.Variables.InOrder.OrderBy(v => v.Name, StringComparer.Ordinal))
        {
            if (Change(old, newer.Variables.Find(old.Name)) is { } change) changes.Add(change);
        }

        IEnumerable<ShellVariable> added = newer.Variables.InOrder.Where(v => older.Variables.Find(v.Name) is null);
        changes.AddRange(added.OrderBy(v => v.Name, StringComparer.Ordinal).Select(Insert));
        return new ConfigDiff(changes, [.. older.Diagnostics, .. newer.Diagnostics, .. OtherStatements(older, newer)]);
    }

    private static ConfigChange? Change(ShellVariable old, ShellVariable? @new)
    {
        if (@new is null) return new ConfigChange { Kind = ChangeKind.Remove, Key = old.Name, Old = old.Value };
        bool? export = old.IsExported == @new.IsExported ? null : @new.IsExported;
        if (old.Value != @new.Value)
            return new ConfigChange { Kind = ChangeKind.Set, Key = old.Name, Value = @new.Value, Old = old.Value, Export = export };
        return export is null ? null : new ConfigChange { Kind = ChangeKind.Set, Key = old.Name, Export = export };
    }

    private static ConfigChange Insert(ShellVariable added) =>
        new() { Kind = ChangeKind.Insert, Key = added.Name, Value = added.Value, Export = added.IsExported };

    // No change can express a statement that is not a variable, so the reader of a difference has to know of it.
    private static IEnumerable<Diagnostic> OtherStatements(ShellDocument older, ShellDocument newer)
    {
        ILookup<string, string> before = Others(older);
        ILookup<string, string> after = Others(newer);
        string[] names = [.. before.Concat(after).Select(g => g.Key).Distinct().Where(n => !before[n].SequenceEqual(after[n]))];
        if (names.Length == 0) yield break;
        string message = $"Statements other than variables differ and are not compared: {string.Join(", ", names)}.";
        yield return new Diagnostic(ConfigErrorCodes.ShellStatement, DiagnosticSeverity.Warning, message) { File = newer.Source.Name };
    }

    private static ILookup<string, string> Others(ShellDocument document) => document.Statements
        .Where(s => s.Kind == ShellStatementKind.Other)
        .ToLookup(s => s.Name, s => document.Source.GetString(s.Content));
}
