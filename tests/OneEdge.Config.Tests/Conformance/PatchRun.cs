using OneEdge.Host;
using OneEdge.Host.Config;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>One run of our patch command on the input of a recorded run.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="LogLines">The lines of standard error, with the sandbox written as <c>&lt;PREFIX&gt;</c>.</param>
/// <param name="Files">The bytes of every input file after the run.</param>
internal sealed record PatchRun(int ExitCode, IReadOnlyList<string> LogLines, IReadOnlyDictionary<string, byte[]> Files)
{
    public static async Task<PatchRun> OfAsync(PatchCase run, CancellationToken cancellationToken)
    {
        using var sandbox = new TemporaryDirectory();
        Directory.CreateDirectory(sandbox["etc/one"]);
        if (!run.Option("no_remotes")) Directory.CreateDirectory(sandbox["var/lib/one/remotes/etc"]);
        foreach ((string path, _, byte[] bytes) in run.Inputs) sandbox.Write(path, bytes);
        if (run.Option("symlink")) File.CreateSymbolicLink(sandbox["etc/one/link.conf"], "oned.conf");

        using var outside = new TemporaryDirectory();
        string patchFile = run.Option("patch_missing") ? outside["missing"] : outside.Write("patch", run.Patch);
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(run.Option("stdin") ? SourceEncoding.GetString(run.Patch) : "");
        var arguments = new PatchArguments
        {
            File = run.Option("stdin") ? null : patchFile,
            Root = sandbox.Path,
            Format = run.Format,
            All = run.Option("all"),
            Noop = run.Option("noop"),
            ShowSecrets = true,
            Level = run.Log switch
            {
                "default" => LogLevel.Warn,
                "verbose" or "info" => LogLevel.Info,
                _ => LogLevel.Debug,
            },
        };
        int exitCode = await new PatchCommand(arguments, new HostIo(input, TextWriter.Null, error)).RunAsync(cancellationToken);
        string[] lines = error.ToString().Replace(sandbox.Path, "<PREFIX>", StringComparison.Ordinal)
            .Replace(patchFile, "<PATCHFILE>", StringComparison.Ordinal)
            .Split('\n');
        return new PatchRun(exitCode, lines, run.Inputs.ToDictionary(i => i.Path, i => File.ReadAllBytes(sandbox[i.Path]), StringComparer.Ordinal));
    }
}
