using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using OneEdge.Fuzz.Coverage;
using OneEdge.Fuzz.Targets;

namespace OneEdge.Fuzz;

/// <summary>
/// <c>TARGET --executions N --seed S [--start I] [--findings N] [--corpus DIR] [--save DIR]</c>: the same seed, corpus and numbers make the same inputs.
/// <c>TARGET --coverage [--seconds S] [--jobs J]</c> and the same: guided by the branches that inputs reach.
/// <c>TARGET --input FILE</c>: a saved input alone.
/// Exit code 0: nothing was found; 1: something was; 2: the command line is wrong.
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(30);

    public static int Main(string[] args)
    {
        // Instrumented code writes to the map from its first branch on, and targets are such code.
        using CoverageMap? map = InstrumentedCopy.IsThis ? new CoverageMap() : null;
        return Run(args, map);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Run(string[] args, CoverageMap? map)
    {
        if (FuzzOptions.Parse(args) is not { } options || FuzzTargets.All.FirstOrDefault(t => t.Name == options.Target) is not { } target)
        {
            Console.Error.WriteLine("usage: OneEdge.Fuzz TARGET [--executions N] [--seed S] [--start I] [--findings N] [--corpus DIR] [--save DIR]");
            Console.Error.WriteLine("       OneEdge.Fuzz TARGET --coverage [--seconds S] [--jobs J] [those of above]");
            Console.Error.WriteLine("       OneEdge.Fuzz TARGET --input FILE");
            Console.Error.WriteLine($"targets: {string.Join(' ', FuzzTargets.All.Select(t => t.Name))}");
            return 2;
        }

        if (options.Input is { } path) return RunOne(new FuzzRun(target, [], options.Seed), File.ReadAllBytes(path));
        if (options.HasCoverage) return map is not null ? RunGuided(target, options, map)
            : InstrumentedCopy.Run(Enumerable.Range(0, options.Jobs).Select(job => options.ToArguments(job).ToArray()));
        IReadOnlyList<byte[]> corpus = Corpus.Of(target, options.Corpus);
        long last = options.Start + options.Executions - 1;
        Print($"{target.Name}: seed {options.Seed}, executions {options.Start} to {last}, {corpus.Count} inputs to start from");
        return Run(options, new FuzzRun(target, corpus, options.Seed), new FindingStore(target, options.Save));
    }

    private static int RunOne(FuzzRun run, byte[] input)
    {
        Finding? finding = run.Execute(0, input);
        Print($"{finding?.Failure.ToString() ?? "nothing is wrong"}; {run.Accepted} accepted, {run.MostAllocated:N0} bytes, {run.Slowest}");
        return finding is null ? 0 : 1;
    }

    private static int RunGuided(FuzzTarget target, FuzzOptions options, CoverageMap map)
    {
        var run = new CoverageRun(target, options, map);
        long lastSeen = -1;
        using var watch = new Timer(_ => StopWhenHanging(run.Run, ref lastSeen), state: null, Hang, Hang);
        return run.Execute() == 0 ? 0 : 1;
    }

    private static int Run(FuzzOptions options, FuzzRun run, FindingStore findings)
    {
        long lastSeen = -1;
        using var watch = new Timer(_ => StopWhenHanging(run, ref lastSeen), state: null, Hang, Hang);
        var clock = Stopwatch.StartNew();
        for (long i = options.Start; i < options.Start + options.Executions && findings.Count < options.Findings; i++)
        {
            if (run.Execute(i) is { } finding) findings.Add(run, finding);
            if (run.Executions % 1_000_000 == 0) Summary(run, clock);
        }

        Summary(run, clock);
        Print($"{findings.Count} findings");
        return findings.Count == 0 ? 0 : 1;
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
