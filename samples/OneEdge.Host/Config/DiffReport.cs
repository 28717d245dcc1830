using OneEdge.Config;
using OneEdge.Host.Cli;
using OneEdge.Text;

namespace OneEdge.Host.Config;

/// <summary>Prints a comparison.</summary>
/// <param name="io">The outside.</param>
/// <param name="format"><c>text</c>, <c>line</c>, <c>yaml</c> or <c>unified</c>.</param>
/// <param name="isJson">Whether JSON is printed instead.</param>
/// <param name="showSecrets">Whether secret-looking values are shown to people.</param>
internal sealed class DiffReport(HostIo io, string format, bool isJson, bool showSecrets)
{
    public int Write(IReadOnlyList<FileDifference> files, IReadOnlyList<Diagnostic> findings)
    {
        foreach (Diagnostic finding in findings) io.Error.WriteLine(finding);
        FileDifference[] differing = [.. files.Where(f => IsUnified ? f.DiffersInText : f.DiffersInData)];
        if (isJson) DiffJson.Write(io, differing, findings);
        else if (IsUnified) new Screen(io).Diff(string.Concat(differing.Select(Unified)));
        else if (format == "text") WriteText(differing);
        else WritePatch(differing);
        if (findings.Any(f => f.Severity == DiagnosticSeverity.Error)) return ExitCode.Failed;
        return differing.Length > 0 ? ExitCode.Partly : ExitCode.Done;
    }

    private bool IsUnified => format == "unified" && !isJson;

    private string Unified(FileDifference file)
    {
        SourceText old = file.Old ?? SourceText.From(""), @new = file.New ?? SourceText.From("");
        return (showSecrets
            ? UnifiedDiff.Create(old, @new, file.OldLabel, file.NewLabel)
            : UnifiedDiff.CreateMasked(old, @new, file.OldLabel, file.NewLabel)).ToString();
    }

    // The original's form: the name, a line a change, an empty line between files.
    private void WriteText(FileDifference[] files)
    {
        var screen = new Screen(io);
        for (int i = 0; i < files.Length; i++)
        {
            if (i > 0) screen.Line("");
            screen.Heading(files[i].Name);
            if (files[i].IsOneSided) screen.Line(files[i].Old is null ? "- only in NEW" : "- only in OLD");
            foreach (ConfigChange change in files[i].Changes) screen.Line($"- {Line(change)}");
        }
    }

    private string Line(ConfigChange change) => (showSecrets ? change : ConfigSecrets.Mask(change)).ToString();

    private void WritePatch(FileDifference[] files)
    {
        foreach (FileDifference file in files.Where(f => f.IsOneSided))
        {
            string side = file.Old is null ? "NEW" : "OLD";
            var finding = new Diagnostic(HostErrorCodes.OnlyInOne, DiagnosticSeverity.Warning, $"The file is only in {side}; a patch can't say that.");
            io.Error.WriteLine(finding with { File = file.Name });
        }

        var patch = new ConfigPatch(files.Where(f => f.Changes.Count > 0).Select(f => new FilePatch(f.Name, f.Format, f.Changes)));
        io.Out.Write(format == "line" ? patch.ToLines() : patch.ToYaml());
    }
}
