using System.Diagnostics;
using System.Globalization;
using OneEdge.Fuzz.Targets;

namespace OneEdge.Fuzz;

/// <summary>
/// <c>TARGET --executions N --seed S [--start I] [--findings N] [--corpus DIR]</c>: the same seed, corpus and numbers make the same inputs.
/// Exit code 0: nothing was found; 1: something was; 2: the command line is wrong.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static int Main(string[] args)
    {
        if (FuzzOptions.Parse(args) is not { } options || FuzzTargets.All.FirstOrDefault(t => t.Name == options.Target) is not { } target)
        {
            Console.Error.WriteLine("usage: OneEdge.Fuzz TARGET [--executions N] [--seed S] [--start I] [--findings N] [--corpus DIR]");
            Console.Error.WriteLine($"targets: {string.Join(' ', FuzzTargets.All.Select(t => t.Name))}");
            return 2;
        }

        IReadOnlyList<byte[]> corpus = Corpus.Of(target, options.Corpus);
        long last = options.Start + options.Executions - 1;
        Print($"{target.Name}: seed {options.Seed}, executions {options.Start} to {last}, {corpus.Count} inputs to start from");
        return Run(options, new FuzzRun(target, corpus, options.Seed));
    }

    private static int Run(FuzzOptions options, FuzzRun run)
    {
        long lastSeen = -1;
        using var watch = new Timer(_ => StopWhenHanging(run, ref lastSeen), state: null, Hang, Hang);
        var clock = Stopwatch.StartNew();
        int findings = 0;
        for (long i = options.Start; i < options.Start + options.Executions && findings < options.Findings; i++)
        {
            if (run.Execute(i) is { } finding)
            {
                findings++;
                Report(options, run, finding);
            }

            if (run.Executions % 1_000_000 == 0) Summary(run, clock);
        }

        Summary(run, clock);
        Print($"{findings} findings");
        return findings == 0 ? 0 : 1;
    }

    private static void Report(FuzzOptions options, FuzzRun run, Finding finding)
    {
        Print($"FINDING seed {options.Seed} execution {finding.Execution}: {finding.Failure.Message}");
        Print($"input: {Convert.ToBase64String(finding.Input)}");
        byte[] small = run.Reduce(finding);
        Print($"reduced: {FuzzTarget.Show(small)}");
        Print($"{run.Try(small, finding.Execution, out _) ?? finding.Failure}");
    }

    private static void Summary(FuzzRun run, Stopwatch clock)
    {
        double rate = run.Executions / Math.Max(clock.Elapsed.TotalSeconds, 0.001);
        double accepted = 100.0 * run.Accepted / Math.Max(run.Executions, 1);
        Print($"{run.Executions:N0} executions, {rate:N0}/s, {accepted:F1} % accepted, at most {run.MostAllocated:N0} bytes for one");
    }

    private static void StopWhenHanging(FuzzRun run, ref long lastSeen)
    {
        if (run.Current == lastSeen && run.Executions > 0)
        {
            Print($"FINDING execution {run.Current}: an input takes little time: it has been running for {Hang}");
            Print($"input: {Convert.ToBase64String(run.CurrentInput)}");
            Environment.Exit(1);
        }

        lastSeen = run.Current;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
