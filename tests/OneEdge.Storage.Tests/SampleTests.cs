using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OneEdge.Storage.Tests;

public sealed class SampleTests
{
    [Fact]
    public async Task Sample_shows_chain_cache_and_recovery_and_leaves_nothing()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its hosts run Linux.");
        Tool.Require("rsync", "rsync");
        using var temporary = new TemporaryDirectory();
        using Process sample = Process.Start(new ProcessStartInfo(Program())
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["TMPDIR"] = temporary.Path,
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            },
        })!;
        Task<string> errors = sample.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await sample.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await sample.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Empty(await errors);
        Assert.Equal(0, sample.ExitCode);
        Assert.Contains("the guest sees what was written: True\n", output, StringComparison.Ordinal);
        Assert.Contains("two asked for datastores/1/0a1b2c3d, 1 copied it\n", output, StringComparison.Ordinal);
        Assert.Contains("evicted: 1/0a1b2c3d\n", output, StringComparison.Ordinal);
        Assert.EndsWith("the disk is back: True\n", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temporary.Path));
    }

    private static string Program()
    {
        // .../tests/<Project>/bin/<Configuration>/<Framework>/
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(
            RepositoryRoot.Path, "samples", "Storage", "bin", framework.Parent!.Name, framework.Name,
            OperatingSystem.IsWindows() ? "OneEdge.Samples.Storage.exe" : "OneEdge.Samples.Storage");
    }
}
