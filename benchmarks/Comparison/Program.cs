using System.Globalization;
using OneEdge.Comparison;

// Whole processes beside the original, in one run:
//   dotnet run -c Release --project benchmarks/Comparison -- OUR_HOST INPUTS [ORIGINAL] [RUNS]
// OUR_HOST is the published native host, INPUTS the folder with the inputs of the recorded figures, ORIGINAL the original's onecfg
// (left out when absent), RUNS the number of runs, 5 when absent.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: OneEdge.Comparison OUR_HOST INPUTS [ORIGINAL] [RUNS]");
    return 2;
}

string host = args[0], inputs = args[1];
string? original = args.Length > 2 && File.Exists(args[2]) ? args[2] : null;
int runs = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 5;
string[] patches = ["set-1", "set-100", "set-1000", "set-10000", "ins-1", "ins-100", "ins-1000", "ins-2000", "ins-10000", "yaml-1", "yaml-100", "yaml-1000", "yaml-10000"];
HashSet<string> tooSlow = ["ins-1000", "ins-2000", "ins-10000"];

Console.WriteLine("| work | original, median | ours, median | times faster | original, memory | ours, memory |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (string patch in patches)
{
    string file = Path.Combine(inputs, patch + ".patch");
    if (!File.Exists(file)) continue;
    Row("patch " + patch,
        original is null || tooSlow.Contains(patch) ? null : (s, memory) => Measurement.Of(original, ["patch", "--prefix", s.Root, file], new Dictionary<string, string> { ["ONECFG_BACKUP_DIR"] = s.Backups }, memory),
        (s, memory) => Measurement.Of(host, ["config", "patch", "--root", s.Root, file], new Dictionary<string, string> { ["ONECFG_BACKUP_DIR"] = s.Backups }, memory));
}

Row("diff of two releases' oned.conf", original: null, (s, memory) => Measurement.Of(host,
    ["config", "diff", "--format", "line", "--type", "oned", Path.Combine(inputs, "oned-6.0.0.conf"), Path.Combine(inputs, "oned-6.10.5.conf")], new Dictionary<string, string>(), memory));
return 0;

void Row(string name, Func<Sandbox, bool, Measurement>? original, Func<Sandbox, bool, Measurement> ours)
{
    // Alternating, so that whatever else the machine does hits both.
    List<Measurement> theirs = [], mine = [];
    for (int i = 0; i < runs; i++)
    {
        if (original is not null) theirs.Add(Once(original));
        mine.Add(Once(ours));
    }

    double? theirMemory = original is null ? null : Once(original, memory: true).MebiBytes;
    double ourMemory = Once(ours, memory: true).MebiBytes;
    double ourMedian = Median(mine.Select(m => m.Seconds));
    string faster = theirs.Count > 0 ? (Median(theirs.Select(m => m.Seconds)) / ourMedian).ToString("0.0", CultureInfo.InvariantCulture) : "-";
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {name} | {(theirs.Count > 0 ? $"{Median(theirs.Select(m => m.Seconds)):0.000} s" : "-")} | {ourMedian:0.0000} s | {faster} | {(theirMemory is { } memory ? $"{memory:0} MiB" : "-")} | {ourMemory:0} MiB |"));
}

Measurement Once(Func<Sandbox, bool, Measurement> run, bool memory = false)
{
    using var sandbox = new Sandbox(inputs);
    return run(sandbox, memory);
}

static double Median(IEnumerable<double> values)
{
    double[] sorted = [.. values.Order()];
    return sorted[sorted.Length / 2];
}
