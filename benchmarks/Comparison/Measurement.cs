using System.Diagnostics;
using System.Globalization;

namespace OneEdge.Comparison;

/// <summary>
/// One timed process: wall clock, exit code, and the largest resident set of it and its reaped children. Exit code 1
/// says that something differs or a part was done.
/// </summary>
/// <param name="Seconds">Wall clock.</param>
/// <param name="MebiBytes">The largest resident set; 0 when GNU time is not there.</param>
/// <param name="ExitCode">The exit code.</param>
internal sealed record Measurement(double Seconds, double MebiBytes, int ExitCode)
{
    private const string GnuTime = "/usr/bin/time";

    /// <summary>Runs a program once. Memory is measured by one process more, which costs time: look at one of the two.</summary>
    public static Measurement Of(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, bool withMemory)
    {
        bool measured = withMemory && File.Exists(GnuTime);
        string report = Path.GetTempFileName();
        var start = new ProcessStartInfo(measured ? GnuTime : program) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        if (measured)
        {
            foreach (string word in new[] { "-f", "%M", "-o", report, program }) start.ArgumentList.Add(word);
        }

        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        long before = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(before).TotalSeconds;
        if (process.ExitCode is not (0 or 1)) Console.Error.WriteLine($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {error.Result}");
        string[] lines = measured ? File.ReadAllLines(report) : [];
        File.Delete(report);
        double memory = lines.Length > 0 && double.TryParse(lines[^1], CultureInfo.InvariantCulture, out double kib) ? kib / 1024 : 0;
        return new Measurement(seconds, memory, process.ExitCode);
    }
}
