using System.Globalization;
using OneEdge.Comparison;

// Whole processes beside the original, in one run:
//   dotnet run -c Release --project benchmarks/Comparison -- OUR_HOST INPUTS [ORIGINAL] [RUNS] [ORIGINAL_DIFF]
// OUR_HOST is the published native host, INPUTS the folder with the inputs of the recorded figures, ORIGINAL the original's onecfg,
// RUNS the number of runs, 5 when absent, ORIGINAL_DIFF a program that prints the original's difference of two files. Of the original,
// what is absent is left out, and what takes it tens of seconds is run once.
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: OneEdge.Comparison OUR_HOST INPUTS [ORIGINAL] [RUNS] [ORIGINAL_DIFF]");
    return 2;
}

string host = args[0], inputs = args[1];
string? original = args.Length > 2 && File.Exists(args[2]) ? args[2] : null;
string? originalDiff = args.Length > 4 && File.Exists(args[4]) ? args[4] : null;
int runs = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 5;
string[] patches =
[
    "set-1", "set-100", "set-1000", "set-10000", "ins-1", "ins-100", "ins-1000", "ins-2000", "ins-10000", "yaml-1", "yaml-100", "yaml-1000", "yaml-10000",
];
HashSet<string> slow = ["ins-1000", "ins-2000"];
HashSet<string> endless = ["ins-10000"];

Console.WriteLine("| work | original, median | ours, median | times faster | original, memory | ours, memory |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (string patch in patches)
{
    string file = Path.Combine(inputs, patch + ".patch");
    if (!File.Exists(file)) continue;
    Func<Sandbox, bool, Measurement>? theirs = original is null || endless.Contains(patch) ? null
        : (s, memory) => Measurement.Of(original, ["patch", "--prefix", s.Root, file], BackupsOf(s), memory);
    Row(
        "patch " + patch,
        theirs,
        (s, memory) => Measurement.Of(host, ["config", "patch", "--root", s.Root, file], BackupsOf(s), memory),
        slow.Contains(patch) ? 1 : runs);
}

string[] files = [Path.Combine(inputs, "oned-6.0.0.conf"), Path.Combine(inputs, "oned-6.10.5.conf")];
Row(
    "diff of two releases' oned.conf",
    originalDiff is null ? null : (_, memory) => Measurement.Of(originalDiff, files, new Dictionary<string, string>(), memory),
    (_, memory) => Measurement.Of(host, ["config", "diff", "--format", "line", "--type", "oned", .. files], new Dictionary<string, string>(), memory),
    runs);
return 0;

static Dictionary<string, string> BackupsOf(Sandbox sandbox) => new() { ["ONECFG_BACKUP_DIR"] = sandbox.Backups };

void Row(string name, Func<Sandbox, bool, Measurement>? original, Func<Sandbox, bool, Measurement> ours, int theirRuns)
{
    // Alternating, so that whatever else the machine does hits both.
    List<Measurement> theirs = [], mine = [];
    for (int i = 0; i < runs; i++)
    {
        if (original is not null && i < theirRuns) theirs.Add(Once(original));
        mine.Add(Once(ours));
    }

    double? theirMemory = original is null || theirRuns < runs ? null : Once(original, memory: true).MebiBytes;
    double ourMemory = Once(ours, memory: true).MebiBytes;
    double ourMedian = Median(mine.Select(m => m.Seconds));
    double? theirMedian = theirs.Count > 0 ? Median(theirs.Select(m => m.Seconds)) : null;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Cell(theirMedian, "0.000 s")} | {ourMedian:0.0000} s | {Cell(theirMedian / ourMedian, "0.0")} "
        + $"| {Cell(theirMemory, "0 MiB")} | {ourMemory:0} MiB |"));
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

static string Cell(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
