using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace OneEdge.Benchmarks;

/// <summary>
/// Runs the benchmarks. On top of BenchmarkDotNet's own switches: <c>--dry</c> runs each once, in this process, to see that it works;
/// <c>--inprocess</c> measures briefly in this process, without building a project for each.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        bool dry = args.Contains("--dry");
        bool inProcess = args.Contains("--inprocess");
        List<string> rest = [.. args.Where(a => a is not ("--dry" or "--inprocess"))];
        if (!rest.Any(a => a is "--filter" or "-f" or "--list")) rest.AddRange(["--filter", "*"]);

        IConfig config = DefaultConfig.Instance.WithCultureInfo(CultureInfo.InvariantCulture);
        if (dry || inProcess) config = config.AddJob((dry ? Job.Dry : Job.ShortRun).WithToolchain(InProcessEmitToolchain.Instance));
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. rest], config).ToList();
        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
    }
}
