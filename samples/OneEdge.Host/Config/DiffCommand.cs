using System.CommandLine;
using OneEdge.Config;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary><c>oneedge config diff</c>: compares two files or two installations.</summary>
internal static class DiffCommand
{
    private static readonly string[] Formats = ["text", "line", "yaml", "unified"];

    public static HostCommand Create(HostIo io)
    {
        var old = new Argument<string>("OLD") { Description = "The old file, or the root of the old installation." };
        var @new = new Argument<string>("NEW") { Description = "The new file or root." };
        var format = new Option<string>("--format")
        {
            Description = "text and unified are for people; line and yaml are patches that turn OLD into NEW.",
            HelpName = string.Join('|', Formats),
            DefaultValueFactory = _ => Formats[0],
        };
        format.CompletionSources.Add(Formats);
        Option<string?> type = FileLocator.CreateTypeOption();
        var release = new Option<string?>("--release")
        {
            Description = "Which files have which format: the catalogue of this release instead of all.",
            HelpName = "X.Y.Z",
        };
        release.Validators.Add(r =>
        {
            if (!Version.TryParse(r.Tokens[0].Value, out _)) r.AddError($"'{r.Tokens[0].Value}' is not a release like 6.10.5.");
        });
        Option<bool> showSecrets = SecretsOption.Create("Don't mask secret-looking values in text and unified; line, yaml and JSON always carry them.");
        var command = new HostCommand(
            "diff", "Tells what differs as data: comments and layout don't count, except for unified. Exit code 0: nothing, 1: something, 255: error.",
            "config diff /srv/stock-6.10/etc/one/oned.conf /etc/one/oned.conf",
            "config diff /srv/stock-6.10 / --format line > my-changes.txt",
            "config diff old.yaml new.yaml --type yaml --format unified");
        command.SetAction((parsed, cancellationToken) =>
        {
            string wanted = parsed.GetValue(format)!;
            if (!Formats.Contains(wanted))
            {
                io.Error.WriteLine($"Unsupported format '{wanted}'. Available formats - {string.Join(", ", Formats)}");
                return Task.FromResult(ExitCode.Failed);
            }

            ConfigCatalog catalog = parsed.GetValue(release) is { } version ? ConfigCatalog.For(Version.Parse(version)) : ConfigCatalog.Default;
            var reader = new DifferenceReader(catalog, FileLocator.FormatOf(parsed.GetValue(type)));
            var report = new DiffReport(io, wanted, OutputOption.IsJson(parsed), parsed.GetValue(showSecrets));
            return RunAsync(reader, report, parsed.GetRequiredValue(old), parsed.GetRequiredValue(@new), cancellationToken);
        });
        return command.With(old, @new, format, type, release, showSecrets, OutputOption.Create(), OutputOption.CreateShort());
    }

    private static async Task<int> RunAsync(DifferenceReader reader, DiffReport report, string old, string @new, CancellationToken cancellationToken)
    {
        IReadOnlyList<FileDifference> differences = await reader.ReadAsync(old, @new, cancellationToken);
        return report.Write(differences, reader.Findings);
    }
}
