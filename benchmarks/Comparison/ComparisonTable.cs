using System.Globalization;

namespace OneEdge.Comparison;

/// <summary>Rows of a Markdown table: medians of both programs, which take turns, so that whatever else the machine does hits both.</summary>
internal static class ComparisonTable
{
    public static void Head()
    {
        Console.WriteLine("| work | original, median | ours, median | times faster | original, memory | ours, memory |");
        Console.WriteLine("|---|---|---|---|---|---|");
    }

    /// <summary>Measures and prints one row.</summary>
    /// <param name="name">What is done.</param>
    /// <param name="original">The original, once, with memory or time measured; null when there is none.</param>
    /// <param name="ours">Ours, likewise.</param>
    /// <param name="runs">How often ours runs.</param>
    /// <param name="theirRuns">How often the original runs; fewer than ours, and its memory is not measured.</param>
    public static void Row(string name, Func<bool, Measurement>? original, Func<bool, Measurement> ours, int runs, int theirRuns)
    {
        List<Measurement> theirs = [], mine = [];
        for (int i = 0; i < runs; i++)
        {
            if (original is not null && i < theirRuns) theirs.Add(original(false));
            mine.Add(ours(false));
        }

        double? theirMemory = original is null || theirRuns < runs ? null : original(true).MebiBytes;
        double ourMemory = ours(true).MebiBytes;
        double ourMedian = Median(mine.Select(m => m.Seconds));
        double? theirMedian = theirs.Count > 0 ? Median(theirs.Select(m => m.Seconds)) : null;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {Cell(theirMedian, "0.000 s")} | {ourMedian:0.0000} s | {Cell(theirMedian / ourMedian, "0.0")} "
            + $"| {Cell(theirMemory, "0 MiB")} | {ourMemory:0} MiB |"));
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Cell(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
