using OneEdge.Text;

namespace OneEdge.Config;

/// <summary>Decides what an upgrade makes of one file from its three texts; pure.</summary>
/// <param name="catalog">Which file has which format; a file that it does not know is taken as opaque text.</param>
/// <param name="limits">What readers accept.</param>
/// <param name="resolve">Decides conflicts.</param>
internal sealed class UpgradePlanner(ConfigCatalog catalog, ConfigLimits limits, Func<UpgradeConflict, ConflictChoice> resolve)
{
    public UpgradeFilePlan Plan(string file, SourceText? old, SourceText? mine, SourceText? @new)
    {
        if (mine is null) return old is null && @new is not null ? new UpgradeFilePlan(file, UpgradeAction.Create, Before: null, @new) : Keep(file, mine);
        if (old is null) return @new is null || Same(mine, @new) ? Keep(file, mine) : Decide(file, ConflictKind.FileAdded, mine, @new);
        if (@new is null)
            return Same(mine, old) ? new UpgradeFilePlan(file, UpgradeAction.Remove, mine, After: null) : Decide(file, ConflictKind.FileGone, mine, @new);
        if (Same(mine, old)) return Update(file, mine, @new);
        if (Same(old, @new) || Same(mine, @new)) return Keep(file, mine);
        return Merge(file, old, mine, @new);
    }

    private UpgradeFilePlan Merge(string file, SourceText old, SourceText mine, SourceText @new)
    {
        ConfigFormat format = catalog.FormatOf(file) ?? ConfigFormat.Text;
        ConfigDocument?[] documents = new ConfigDocument?[3];
        SourceText[] texts = [old, mine, @new];
        string[] roles = ["the old stock file", "the installed file", "the new stock file"];
        for (int i = 0; i < texts.Length; i++)
        {
            if (format.TryParse(texts[i], out documents[i], out IReadOnlyList<Diagnostic> findings, limits)) continue;
            return Decide(
                file, ConflictKind.Unreadable, mine, @new, $"{roles[i]} can't be read: {findings.First(d => d.Severity == DiagnosticSeverity.Error)}");
        }

        UpgradeConflict? statements = StatementMerge.Conflict(file, documents[0]!, documents[1]!, documents[2]!);
        if (statements is not null) statements = statements with { Choice = resolve(statements) };
        if (statements?.Choice == ConflictChoice.Mine) return Keep(file, mine) with { Conflicts = [statements] };
        (ConfigApplyResult result, IReadOnlyList<UpgradeConflict> conflicts) = DocumentMerge.Run(file, documents[0]!, documents[1]!, documents[2]!, resolve);
        return Update(file, mine, result.Text) with { Carried = result.Outcomes, Conflicts = statements is null ? conflicts : [statements, .. conflicts] };
    }

    private UpgradeFilePlan Decide(string file, ConflictKind kind, SourceText mine, SourceText? @new, string? detail = null)
    {
        var conflict = new UpgradeConflict(file, kind, ConfigPath.Root, Old: null, Mine: null, New: null) { Detail = detail };
        conflict = conflict with { Choice = resolve(conflict) };
        UpgradeFilePlan plan = conflict.Choice != ConflictChoice.New ? Keep(file, mine)
            : @new is null ? new UpgradeFilePlan(file, UpgradeAction.Remove, mine, After: null)
            : Update(file, mine, @new);
        return plan with { Conflicts = [conflict] };
    }

    private static UpgradeFilePlan Update(string file, SourceText mine, SourceText after) =>
        Same(mine, after) ? Keep(file, mine) : new UpgradeFilePlan(file, UpgradeAction.Update, mine, after);

    private static UpgradeFilePlan Keep(string file, SourceText? mine) => new(file, UpgradeAction.Keep, mine, mine);

    private static bool Same(SourceText left, SourceText right) => left.Span.SequenceEqual(right.Span);
}
