using System.Globalization;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary>One upgrade: plan, questions, application, report.</summary>
/// <param name="io">The outside.</param>
/// <param name="isJson">Whether the result is printed as JSON.</param>
internal sealed class UpgradeRun(HostIo io, bool isJson)
{
    public const string Ask = "ask";

    public required ConfigTree Installed { get; init; }

    public required ConfigTree OldStock { get; init; }

    public required ConfigTree NewStock { get; init; }

    public required string OnConflict { get; init; }

    public bool IsDryRun { get; init; }

    public bool ShowsDiff { get; init; }

    public bool ShowsSecrets { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using ConfigTreeLock? held = IsDryRun ? null : await Installed.LockAsync(cancellationToken);
        UpgradePlan plan = await ConfigUpgrade.PlanAsync(OldStock, Installed, NewStock, new UpgradeOptions { Resolve = Resolve }, cancellationToken);
        if (held is null || !plan.CanApply)
        {
            Report(plan, isSaved: false, backup: null);
            ReportConflicts(plan);
            if (held is not null) return ExitCode.Failed;
            return plan.CanApply ? ExitCode.Done : ExitCode.Partly;
        }

        ConfigBackup? backup = await held.ApplyAsync(plan, cancellationToken);
        Report(plan, isSaved: true, backup);
        return ExitCode.Done;
    }

    private ConflictChoice Resolve(UpgradeConflict conflict) => OnConflict switch
    {
        "mine" => ConflictChoice.Mine,
        "new" => ConflictChoice.New,
        Ask when io.CanAsk && !isJson => Question(conflict),
        _ => ConflictChoice.Fail,
    };

    private ConflictChoice Question(UpgradeConflict conflict)
    {
        var screen = new Screen(io);
        screen.Line(conflict.ToString());
        return screen.Ask("Take", "mine", "new", "fail") switch
        {
            "mine" => ConflictChoice.Mine,
            "new" => ConflictChoice.New,
            _ => ConflictChoice.Fail,
        };
    }

    private void Report(UpgradePlan plan, bool isSaved, ConfigBackup? backup)
    {
        if (isJson)
        {
            UpgradeJson.Write(io, plan, isSaved, backup);
            return;
        }

        var screen = new Screen(io);
        UpgradeFilePlan[] changed = [.. plan.Files.Where(f => f.Action != UpgradeAction.Keep)];
        if (io.IsRich && changed.Length > 0) screen.Table(["ACTION", "FILE", "CARRIED OVER", "CONFLICTS"], changed.Select(Row));
        else foreach (UpgradeFilePlan file in changed) screen.Line(file.ToString());
        foreach (UpgradeConflict conflict in plan.Conflicts.Where(c => c.Choice != ConflictChoice.Fail)) screen.Line($"conflict {conflict}");
        if (ShowsDiff) screen.Diff(plan.ToUnifiedDiff(maskSecrets: !ShowsSecrets));
        if (changed.Length == 0) screen.Line("nothing to do");
        if (isSaved && backup is not null) screen.Line($"backup {backup.Id} in {backup.Directory}");
    }

    private static string[] Row(UpgradeFilePlan file) =>
    [
        UpgradeJson.Word(file.Action), file.File,
        file.Carried.Count.ToString(CultureInfo.InvariantCulture), file.Conflicts.Count.ToString(CultureInfo.InvariantCulture),
    ];

    private void ReportConflicts(UpgradePlan plan)
    {
        foreach (UpgradeConflict conflict in plan.Conflicts.Where(c => c.Choice == ConflictChoice.Fail))
        {
            string place = conflict.Path.Count > 0 ? $"{conflict.File} " : $"{conflict.File}: ";
            io.Error.WriteLine(new Diagnostic(ConfigErrorCodes.UpgradeConflict, DiagnosticSeverity.Error, conflict.ToString()[place.Length..])
            {
                File = conflict.File,
                Hint = io.CanAsk ? "decide with --on-conflict mine|new|ask" : "decide with --on-conflict mine|new; ask needs a terminal",
            });
        }
    }
}
