using System.CommandLine;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Config;

/// <summary>The arguments of <c>oneedge config patch</c>, named as the original names them.</summary>
internal static class PatchCommandLine
{
    public static HostCommand Create(HostIo io)
    {
        var file = new Argument<string?>("FILE") { Description = "The patch; - or nothing for standard input.", Arity = ArgumentArity.ZeroOrOne };
        var tree = new TreeOptions();
        var format = new Option<string?>("--format")
        {
            Description = "The form of the patch, line or yaml; by default its first line tells.",
            HelpName = "line|yaml",
        };
        format.CompletionSources.Add("line", "yaml");
        var all = new Option<bool>("--all", "-a") { Description = "Save nothing unless every change applies." };
        var noop = new Option<bool>("--noop", "-n") { Description = "Save nothing; only tell what would be done." };
        var verbose = new Option<bool>("--verbose", "-d") { Description = "Tell what is done." };
        var debug = new Option<bool>("--debug", "--ddebug", "--dddebug") { Description = "Tell what became of every change." };
        Option<bool> showSecrets = SecretsOption.Create("Don't mask secret-looking values in what --debug tells.");
        var unprivileged = new Option<bool>("--unprivileged") { Description = "Accepted and without effect, as for the original." };
        Option<string> output = OutputOption.Create();

        var command = new HostCommand(
            "patch",
            "Applies a patch: lines like /etc/one/oned.conf set PORT 2633, or a YAML patch. Exit code 0: all applied, 1: a part, 255: nothing was saved.",
            "config patch changes.txt",
            "config patch changes.txt --root /srv/front-end --noop --verbose",
            "config patch --all --output json < changes.yaml",
            "config diff /srv/old /srv/new --format yaml | oneedge config patch --root /srv/front-end");
        command.SetAction((parsed, cancellationToken) => new PatchCommand(
            new PatchArguments
            {
                File = parsed.GetValue(file),
                Root = parsed.GetValue(tree.Root)!,
                Format = parsed.GetValue(format),
                All = parsed.GetValue(all),
                Noop = parsed.GetValue(noop),
                ShowSecrets = parsed.GetValue(showSecrets),
                Level = parsed.GetValue(debug) ? LogLevel.Debug : parsed.GetValue(verbose) ? LogLevel.Info : LogLevel.Warn,
                BackupDirectory = tree.BackupDirectoryOf(parsed, io),
                Json = OutputOption.IsJson(parsed),
            },
            io).RunAsync(cancellationToken));
        return command.With(
            file, tree.Root, format, all, noop, verbose, debug, showSecrets, unprivileged, tree.BackupDirectory, output, OutputOption.CreateShort());
    }
}
