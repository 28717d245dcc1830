using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace OneEdge.Storage.Tests.Fuzzing;

/// <summary>The run that is guided by coverage, as it is started by hand.</summary>
public sealed partial class GuidedRunTests
{
    [Fact]
    public async Task Guided_run_keeps_the_images_that_reach_something_new()
    {
        using var nothing = new TemporaryDirectory();
        string program = TestProgram.Path.Replace("OneEdge.TestProgram", "OneEdge.Fuzz", StringComparison.Ordinal);
        var start = new ProcessStartInfo(program, ["qcow2", "--coverage", "--executions", "2000", "--seed", "1"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        // No vectors: the smallest image alone.
        start.Environment["ONEEDGE_CONFORMANCE"] = nothing.Path;
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
        Match first = Begin().Match(output), last = End().Matches(output)[^1];
        Assert.Equal("1", first.Groups["inputs"].Value);
        Assert.True(Number(last, "edges") > Number(first, "edges") + 100, output);
        Assert.True(Number(last, "corpus") > 20, output);
    }

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<inputs>\d+) inputs to start from, (?<edges>\d+) edges", RegexOptions.None, 1000)]
    private static partial Regex Begin();

    [GeneratedRegex(@"(?<edges>\d+) edges, \d+ with classes of counts, corpus (?<corpus>\d+)", RegexOptions.None, 1000)]
    private static partial Regex End();
}
