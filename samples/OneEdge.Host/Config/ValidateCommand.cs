using System.CommandLine;
using System.Globalization;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config validate</c>: looks for what is probably wrong.</summary>
internal static class ValidateCommand
{
    public static HostCommand Create(HostIo io)
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files, or roots of installations.", Arity = ArgumentArity.OneOrMore };
        var stock = new Option<string?>("--stock")
        {
            Description = "The root of the stock files of the same release: also tells unknown keys and changed types.",
            HelpName = "DIR",
        };
        Option<string?> type = FileLocator.CreateTypeOption();
        var command = new HostCommand(
            "validate", "Checks files: syntax, repeated keys, second spellings, references to missing sections. Exit code 1: there are findings.",
            "config validate /",
            "config validate /etc/one/oned.conf --stock /srv/stock-6.10",
            "config validate ./*.yaml --type yaml --output json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var run = new Validation(parsed.GetValue(stock), FileLocator.FormatOf(parsed.GetValue(type)));
            foreach (string path in parsed.GetRequiredValue(paths)) await run.AddAsync(path, cancellationToken);
            if (OutputOption.IsJson(parsed)) WriteJson(io, run);
            else WriteText(io, run);
            return run.Findings.Any(f => f.Severity != DiagnosticSeverity.Info) ? ExitCode.Partly : ExitCode.Done;
        });
        return command.With(paths, stock, type, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static void WriteText(HostIo io, Validation run)
    {
        foreach (Diagnostic finding in run.Findings) io.Out.WriteLine(finding);
        if (io.IsInteractive) io.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Findings.Count} findings in {run.FileCount} files"));
    }

    private static void WriteJson(HostIo io, Validation run) => JsonOutput.Write(io, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("files", run.FileCount);
        JsonOutput.WriteFindings(json, "findings", run.Findings);
        json.WriteEndObject();
    });
}
