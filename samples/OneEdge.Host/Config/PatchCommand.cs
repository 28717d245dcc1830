using System.Globalization;
using OneEdge.Config;
using OneEdge.Host.Cli;

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
            return WriteErrors([new Diagnostic(e.Code, DiagnosticSeverity.Error, e.Message)]);
        }
    }

    private async Task<string?> ReadPatchAsync(CancellationToken cancellationToken)
    {
        if (arguments.File is null or "-")
        {
            if (!io.IsInputTerminal) return await io.In.ReadToEndAsync(cancellationToken);
            await io.Error.WriteLineAsync("No patch file or data on standard input found.");
            WriteErrors([new Diagnostic(HostErrorCodes.Usage, DiagnosticSeverity.Error, "No patch file or data on standard input found.")]);
            return null;
        }

        try
        {
            return Text.SourceEncoding.GetString(await InputBytes.ReadFileAsync(arguments.File, ConfigLimits.Default.MaxBytes, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await io.Error.WriteLineAsync($"command patch: {e.Message}");
            WriteErrors([new Diagnostic(HostErrorCodes.Storage, DiagnosticSeverity.Error, e.Message) { File = arguments.File }]);
            return null;
        }
    }

    private async Task<int> RunAsync(ConfigTree tree, string text, CancellationToken cancellationToken)
    {
        using ConfigTreeLock? held = arguments.Noop ? null : await tree.LockAsync(cancellationToken);
        ConfigPatch patch = tree.ReadPatch(text, arguments.Format switch
        {
            "line" => PatchFormat.Lines,
            "yaml" => PatchFormat.Yaml,
            _ => PatchFormat.Detect,
        });
        if (patch.Files.Count == 0)
        {
            _log.Error("No changes to apply");
            return Finish(
                new PatchResult(await tree.PlanAsync(patch, cancellationToken), IsSaved: false, "No changes to apply", Backup: null), ExitCode.Failed);
        }

        _log.Info($"Applying patch to {patch.Files.Count} files");
        PatchPlan plan = await tree.PlanAsync(patch, cancellationToken);
        if ((Report(plan) ?? Decide(plan)) is { } refusal) return Finish(new PatchResult(plan, IsSaved: false, refusal, Backup: null), ExitCode.Failed);
        if (held is null)
        {
            _log.Info("Changes ARE NOT saved in no-op mode!");
            return Finish(new PatchResult(plan, IsSaved: false, "no-op mode", Backup: null), Code(plan));
        }

        PatchResult result = await held.ApplyAsync(plan, cancellationToken: cancellationToken);
        if (result.Backup is { } backup) _log.Any($"Backup stored in '{backup.Directory}'");
        return Finish(result, Code(plan));
    }

    // The lines of the original, up to the first file that stops the run; gives the reason of the stop.
    private string? Report(PatchPlan plan)
    {
        foreach (FilePlan file in plan.Files)
        {
            if (file.IsUnreadable)
            {
                Diagnostic error = file.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
                _log.Fatal(Reason(error));
                foreach (Diagnostic finding in file.Diagnostics) _log.Finding(finding);
                return error.ToString();
            }

            foreach (Diagnostic warning in file.Diagnostics) _log.Warn($"File {Path.GetFileName(file.File)}: {warning.Message}");
            _log.Debug($"Patching file '{file.File}'");
            if (file.FirstFailure is { } failure)
            {
                _log.Error($"Failed to patch file '{file.File}' - {failure.Reason}");
                if (failure.Detail is { } detail) _log.Detail(detail);
                return failure.Explanation ?? "A change can't be applied.";
            }

            _log.Info($"Patched '{file.File}' with {file.AppliedCount}/{file.Outcomes.Count} changes");
            _log.Debug($"--- PATCH REPORT '{file.File}' --- ");
            if (arguments.Level < LogLevel.Debug) continue;
            foreach (ChangeOutcome outcome in file.Outcomes) _log.Debug("Patch " + outcome.ToReportLine(maskSecrets: !arguments.ShowSecrets));
        }

        return null;
    }

    // Gives the reason when nothing may be saved.
    private string? Decide(PatchPlan plan)
    {
        string? refusal = null;
        if (plan.AppliedCount == 0) refusal = "No changes applied";
        else if (arguments.All && !plan.IsComplete)
            refusal = string.Create(CultureInfo.InvariantCulture, $"Modifications not saved due to {plan.ChangeCount - plan.AppliedCount} unapplied changes!");
        if (refusal is not null) _log.Error(refusal);
        else _log.Info(string.Create(CultureInfo.InvariantCulture, $"Applied {plan.AppliedCount}/{plan.ChangeCount} changes"));
        return refusal;
    }

    private int Finish(PatchResult result, int exitCode)
    {
        if (arguments.Json) PatchJson.Write(io, result);
        return exitCode;
    }

    private int WriteErrors(IReadOnlyList<Diagnostic> findings)
    {
        if (arguments.Json) ErrorReport.WriteJson(io, findings);
        return ExitCode.Failed;
    }

    private int Refuse(IReadOnlyList<Diagnostic> findings)
    {
        Diagnostic first = findings[0];
        if (first is { Code: ConfigErrorCodes.PatchAction, File: { } file }) _log.Error($"Failed to patch file '{file}' - {first.Message}");
        else _log.Fatal(first.Message);
        string name = arguments.File is null or "-" ? "<stdin>" : arguments.File;
        Diagnostic[] named = [.. findings.Select(f => f with { File = name })];
        foreach (Diagnostic finding in named) _log.Finding(finding);
        return WriteErrors(named);
    }

    private static int Code(PatchPlan plan) => plan.IsComplete ? ExitCode.Done : ExitCode.Partly;

    // The original names the line of the item that does not parse, in the words of its parser.
    private static string Reason(Diagnostic error) => error.Code switch
    {
        ConfigErrorCodes.OnedSyntax or ConfigErrorCodes.ShellSyntax =>
            string.Create(CultureInfo.InvariantCulture, $"Failed to parse file (Iterated lens matched less than it should) at line {error.Position?.Line}"),
        ConfigErrorCodes.YamlSyntax => string.Create(
            CultureInfo.InvariantCulture, $"({error.File}): {error.Message} at line {error.Position?.Line} column {error.Position?.Column}"),
        _ => error.Message,
    };
}
