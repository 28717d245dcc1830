using System.Globalization;

namespace OneEdge.Fuzz;

/// <summary>The findings of a run, one of each kind: reduced, told, and kept as files.</summary>
internal sealed class FindingStore(FuzzTarget target, string? directory)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public int Count => _known.Count;

    /// <summary>Adds a finding unless one like it is there.</summary>
    public void Add(FuzzRun run, Finding finding)
    {
        if (!_known.Add(Kind(finding))) return;
        Print($"FINDING {Count}, execution {finding.Execution}: {finding.Failure.Message}");
        byte[] small = run.Reduce(finding);
        Print($"{run.Try(small, finding.Execution, out _) ?? finding.Failure}");
        if (directory is null)
        {
            Print($"input: {Convert.ToBase64String(finding.Input)}");
            Print($"reduced: {FuzzTarget.Show(small)}");
            return;
        }

        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{target.Name}-{Count}"));
        File.WriteAllBytes(path + ".input", small);
        if (target.ToFile(small) is { } file) File.WriteAllBytes(path + ".file", file);
        Print($"input: {path}.input");
    }

    // The law, and for what was thrown also where.
    private static string Kind(Finding finding)
    {
        if (finding.Failure is OracleException) return finding.Law;
        string trace = finding.Failure.StackTrace ?? "";
        return $"{finding.Law} {trace.Split('\n').FirstOrDefault(line => line.Contains("OneEdge.", StringComparison.Ordinal))}";
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
