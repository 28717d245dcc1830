using System.CommandLine;
using OneEdge.Config;
using OneEdge.Files;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config set</c>: gives one key a value.</summary>
internal static class SetCommand
{
    public static HostCommand Create(HostIo io)
    {
        var file = new FileArguments();
        var path = new Argument<string>("PATH") { Description = "The path of the value, the key included." };
        var value = new Argument<string>("JSON")
        {
            Description = "The value as JSON: 2633, true, '\"text\"'. In oned.conf and shell files text keeps its own quotes: '\"\\\"mysql\\\"\"'.",
        };
        var command = new HostCommand("set", "Sets a value and leaves every other byte of the file as it is. A file of an installation is backed up first.",
            "config set /etc/one/oned.conf PORT 2634",
            "config set /etc/one/oned.conf DB/BACKEND '\"\\\"mysql\\\"\"' --root /srv/front-end",
            "config set ./onevm.yaml :ID/:size 8 --type yaml-strict");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            bool inTree = file.IsInTree(parsed);
            LocatedFile located = inTree ? InCatalog(file.TreeName(parsed)) : file.Locate(parsed);
            ConfigChange change = ChangeOf(located, parsed.GetRequiredValue(path), parsed.GetRequiredValue(value));
            return inTree
                ? await SetInTreeAsync(file.Tree.Tree(parsed, io), located, change, io, OutputOption.IsJson(parsed), cancellationToken)
                : await SetInFileAsync(parsed.GetRequiredValue(file.File), located, change, io, OutputOption.IsJson(parsed), cancellationToken);
        });
        return command.With(file.File, path, value, file.Tree.Root, file.Tree.BackupDirectory, file.Type, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static LocatedFile InCatalog(string name) => ConfigCatalog.Default.FormatOf(name) is { } format
        ? new LocatedFile(name, format)
        : new FileLocator(ConfigCatalog.Default).Require(name);

    // Through the reader of change lines, so that a value means here what it means in a patch (symbols among others).
    private static ConfigChange ChangeOf(LocatedFile file, string path, string json)
    {
        const string name = "/file";
        string word = path.Any(char.IsWhiteSpace) || path.StartsWith('"') ? $"\"{path.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : path;
        try
        {
            return ConfigPatch.ParseLines(
                $"{name} set {word} {json.ReplaceLineEndings(" ")}", new ConfigCatalog([new ConfigCatalogEntry(name, file.Format)])).Files[0].Changes[0];
        }
        catch (ConfigPatchException e)
        {
            throw new ConfigPatchException([.. e.Diagnostics.Select(d => d with { File = "JSON", Position = null })]);
        }
    }

    private static async Task<int> SetInTreeAsync(
        ConfigTree tree, LocatedFile file, ConfigChange change, HostIo io, bool isJson, CancellationToken cancellationToken)
    {
        PatchResult result = await tree.PatchAsync(new ConfigPatch([new FilePatch(file.Name, file.Format, [change])]), cancellationToken: cancellationToken);
        if (isJson) PatchJson.Write(io, result);
        if (result.IsSaved)
        {
            if (!isJson) io.Out.WriteLine(new PlannedChange(file.Name, result.Plan.Files[0].Outcomes[0]));
            if (!isJson && result.Backup is { } backup) io.Out.WriteLine($"backup {backup.Id} in {backup.Directory}");
            return ExitCode.Done;
        }

        Diagnostic[] findings = [.. result.Plan.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
        string reason = result.Plan.FirstFailure?.Outcome.Explanation ?? result.Plan.Changes.FirstOrDefault()?.Outcome.Explanation ?? result.Reason
            ?? "The change does not apply.";
        return new ErrorReport(io, isJson: false).Show(findings.Length > 0 ? findings : [NotApplied(file.Name, reason)]);
    }

    private static async Task<int> SetInFileAsync(
        string path, LocatedFile file, ConfigChange change, HostIo io, bool isJson, CancellationToken cancellationToken)
    {
        ConfigDocument document = await file.ReadAsync(path, cancellationToken);
        ConfigApplyResult result = document.Apply(change);
        ChangeOutcome outcome = result.Outcomes[0];
        bool applied = outcome.Status == ChangeStatus.Applied;
        if (applied && !ReferenceEquals(result.Text, document.Source))
            await AtomicFile.ReplaceAsync(path, result.Text.Bytes, cancellationToken: cancellationToken);
        if (isJson)
        {
            JsonOutput.Write(io, json =>
            {
                json.WriteStartObject();
                json.WriteBoolean("saved", applied);
                json.WriteString("file", path);
                json.WritePropertyName("change");
                PatchJson.WriteOutcome(json, outcome);
                json.WriteEndObject();
            });
        }

        if (!applied) return new ErrorReport(io, isJson: false).Show([NotApplied(path, outcome.Explanation ?? "The change does not apply.")]);
        if (!isJson) io.Out.WriteLine(new PlannedChange(path, outcome));
        return ExitCode.Done;
    }

    private static Diagnostic NotApplied(string file, string reason) => new(HostErrorCodes.NotApplied, DiagnosticSeverity.Error, reason) { File = file };
}
