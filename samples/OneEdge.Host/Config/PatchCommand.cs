using System.Globalization;
using OneEdge.Config;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config patch</c>: applies a patch to an installation, with the log lines and exit codes of the original.</summary>
/// <param name="arguments">The arguments.</param>
/// <param name="io">The outside.</param>
internal sealed class PatchCommand(PatchArguments arguments, HostIo io)
{
    private readonly PatchLog _log = new(io.Error, arguments.Level);

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        if (arguments.Format is not (null or "line" or "yaml"))
        {
            await io.Error.WriteLineAsync($"Unsupported format '{arguments.Format}'. Available formats - line, yaml");
            return ExitCode.Failed;
        }

        if (await ReadPatchAsync(cancellationToken) is not { } text) return ExitCode.Failed;
        var tree = new ConfigTree(arguments.Root, new ConfigTreeOptions { BackupDirectory = arguments.BackupDirectory });
        try
        {
            return await RunAsync(tree, text, cancellationToken);
        }
        catch (ConfigPatchException e)
        {
            return Refuse(e.Diagnostics);
        }
        catch (OneEdgeException e)
        {
            _log.Fatal(e.Message);
            return ExitCode.Failed;
        }
    }

    private async Task<string?> ReadPatchAsync(CancellationToken cancellationToken)
    {
        if (arguments.File is null or "-")
        {
            if (!io.IsInputTerminal) return await io.In.ReadToEndAsync(cancellationToken);
            await io.Error.WriteLineAsync("No patch file or data on standard input found.");
            return null;
        }

        try
        {
            return Text.SourceEncoding.GetString(await File.ReadAllBytesAsync(arguments.File, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await io.Error.WriteLineAsync($"command patch: {e.Message}");
            return null;
        }
    }

    private async Task<int> RunAsync(ConfigTree tree, string text, CancellationToken cancellationToken)
    {
        using ConfigTreeLock? held = await tree.LockAsync(cancellationToken);
        ConfigPatch patch = tree.ReadPatch(text, arguments.Format switch
        {
            "line" => PatchFormat.Lines,
            "yaml" => PatchFormat.Yaml,
            _ => PatchFormat.Detect,
        });
        if (patch.Files.Count == 0)
        {
            _log.Error("No changes to apply");
            return ExitCode.Failed;
        }

        _log.Info($"Applying patch to {patch.Files.Count} files");
        PatchPlan plan = await tree.PlanAsync(patch, cancellationToken);
        if (!Report(plan)) return ExitCode.Failed;
        return Decide(plan) ?? await SaveAsync(held, plan, cancellationToken);
    }

    // The lines of the original, up to the first file that stops the run.
    private bool Report(PatchPlan plan)
    {
        foreach (FilePlan file in plan.Files)
        {
            if (file.IsUnreadable)
            {
                _log.Fatal(Reason(file.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error)));
                foreach (Diagnostic finding in file.Diagnostics) _log.Finding(finding);
                return false;
            }

            foreach (Diagnostic warning in file.Diagnostics) _log.Warn($"File {Path.GetFileName(file.File)}: {warning.Message}");
            _log.Debug($"Patching file '{file.File}'");
            if (file.Outcomes.FirstOrDefault(o => o.Status == ChangeStatus.Failed) is { } failure)
            {
                _log.Error($"Failed to patch file '{file.File}' - {failure.Reason}");
                return false;
            }

            _log.Info($"Patched '{file.File}' with {file.AppliedCount}/{file.Outcomes.Count} changes");
            _log.Debug($"--- PATCH REPORT '{file.File}' --- ");
            foreach (ChangeOutcome outcome in file.Outcomes) _log.Debug("Patch " + outcome.ToReportLine());
        }

        return true;
    }

    private int? Decide(PatchPlan plan)
    {
        if (plan.AppliedCount == 0)
        {
            _log.Error("No changes applied");
            return ExitCode.Failed;
        }

        if (arguments.All && !plan.IsComplete)
        {
            _log.Error(string.Create(CultureInfo.InvariantCulture, $"Modifications not saved due to {plan.ChangeCount - plan.AppliedCount} unapplied changes!"));
            return ExitCode.Failed;
        }

        _log.Info(string.Create(CultureInfo.InvariantCulture, $"Applied {plan.AppliedCount}/{plan.ChangeCount} changes"));
        if (!arguments.Noop) return null;
        _log.Info("Changes ARE NOT saved in no-op mode!");
        return Code(plan);
    }

    private async Task<int> SaveAsync(ConfigTreeLock held, PatchPlan plan, CancellationToken cancellationToken)
    {
        PatchResult result = await held.ApplyAsync(plan, cancellationToken: cancellationToken);
        if (result.Backup is { } backup) _log.Any($"Backup stored in '{backup.Directory}'");
        return Code(plan);
    }

    private int Refuse(IReadOnlyList<Diagnostic> findings)
    {
        Diagnostic first = findings[0];
        if (first is { Code: ConfigErrorCodes.PatchAction, File: { } file }) _log.Error($"Failed to patch file '{file}' - {first.Message}");
        else _log.Fatal(first.Message);
        string name = arguments.File is null or "-" ? "<stdin>" : arguments.File;
        foreach (Diagnostic finding in findings) _log.Finding(finding with { File = name });
        return ExitCode.Failed;
    }

    private static int Code(PatchPlan plan) => plan.IsComplete ? ExitCode.Done : ExitCode.Partly;

    // The original names the line of the item that does not parse, in the words of its parser.
    private static string Reason(Diagnostic error) => error.Code switch
    {
        ConfigErrorCodes.OnedSyntax or ConfigErrorCodes.ShellSyntax =>
            string.Create(CultureInfo.InvariantCulture, $"Failed to parse file (Iterated lens matched less than it should) at line {error.Position?.Line}"),
        ConfigErrorCodes.YamlSyntax => string.Create(CultureInfo.InvariantCulture, $"({error.File}): {error.Message} at line {error.Position?.Line} column {error.Position?.Column}"),
        _ => error.Message,
    };
}
