using System.Diagnostics;
using OneEdge.Testing;
using SharpFuzz;

namespace OneEdge.Fuzz.Coverage;

/// <summary>A copy of this program whose libraries count the branches they take, in a temporary directory.</summary>
internal sealed class InstrumentedCopy : IDisposable
{
    private const string Marker = "ONEEDGE_FUZZ_INSTRUMENTED";
    private static readonly string[] Libraries = ["OneEdge.Core", "OneEdge.Config", "OneEdge.OpenNebula", "OneEdge.Storage"];

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("oneedge-fuzz-");

    private InstrumentedCopy()
    {
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory)) File.Copy(file, Path.Combine(_directory.FullName, Path.GetFileName(file)));
        foreach (string library in Libraries) Fuzzer.Instrument(Path.Combine(_directory.FullName, library + ".dll"), _ => true, Options.Value);
    }

    /// <summary>Whether this program is such a copy.</summary>
    public static bool IsThis => Environment.GetEnvironmentVariable(Marker) is { Length: > 0 };

    /// <summary>Makes a copy and runs it, once for every command line, all at once.</summary>
    /// <returns>The highest exit code.</returns>
    public static int Run(IEnumerable<string[]> commandLines)
    {
        using var copy = new InstrumentedCopy();
        Process[] processes = [.. commandLines.Select(copy.Start)];
        foreach (Process process in processes) process.WaitForExit();
        int code = processes.Max(p => p.ExitCode);
        foreach (Process process in processes) process.Dispose();
        return code;
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private Process Start(string[] arguments)
    {
        string program = Path.Combine(_directory.FullName, OperatingSystem.IsWindows() ? "OneEdge.Fuzz.exe" : "OneEdge.Fuzz");
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false };
        start.Environment[Marker] = "1";
        // The copy is outside the repository, where vectors are looked for.
        string? area = ConformanceData.TryFind("storage") ?? ConformanceData.TryFind("config");
        start.Environment["ONEEDGE_CONFORMANCE"] = area is null ? _directory.FullName : Path.GetDirectoryName(area);
        // Branches are counted in code that is compiled once, as fast as it gets.
        start.Environment["DOTNET_TieredPGO"] = "0";
        return Process.Start(start)!;
    }
}
