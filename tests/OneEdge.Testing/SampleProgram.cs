using System.Diagnostics;
using System.Runtime.InteropServices;

namespace OneEdge.Testing;

/// <summary>What a program below <c>samples</c> did when it was run.</summary>
/// <param name="ExitCode">How it ended.</param>
/// <param name="Out">What it said.</param>
/// <param name="Error">What it complained of.</param>
public sealed record SampleProgram(int ExitCode, string Out, string Error)
{
    /// <summary>Runs one; it is built in the same configuration as the running tests.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="temporary">The directory for its temporary files.</param>
    public static async Task<SampleProgram> RunAsync(string name, string temporary)
    {
        CancellationToken ct = TestContext.Current.CancellationToken;
        using Process sample = Process.Start(new ProcessStartInfo(Find(name))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment =
            {
                ["TMPDIR"] = temporary,
                ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../..")),
            },
        })!;
        Task<string> errors = sample.StandardError.ReadToEndAsync(ct);
        string output = await sample.StandardOutput.ReadToEndAsync(ct);
        await sample.WaitForExitAsync(ct);
        return new SampleProgram(sample.ExitCode, output, await errors);
    }

    private static string Find(string name)
    {
        // .../tests/<Project>/bin/<Configuration>/<Framework>/
        var framework = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string program = OperatingSystem.IsWindows() ? $"OneEdge.Samples.{name}.exe" : $"OneEdge.Samples.{name}";
        string path = Path.Combine(RepositoryRoot.Path, "samples", name, "bin", framework.Parent!.Name, framework.Name, program);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built; reference it from the test project.", path);
    }
}
