namespace OneEdge.Comparison;

/// <summary>Patches and differences of configuration files, as for the recorded figures of the original.</summary>
internal sealed class ConfigComparison(string host, string inputs, int runs)
{
    private static readonly string[] Patches =
    [
        "set-1", "set-100", "set-1000", "set-10000", "ins-1", "ins-100", "ins-1000", "ins-2000", "ins-10000", "yaml-1", "yaml-100", "yaml-1000", "yaml-10000",
    ];

    // What takes the original tens of seconds runs once, what takes it longer not at all.
    private static readonly HashSet<string> Slow = ["ins-1000", "ins-2000"];
    private static readonly HashSet<string> Endless = ["ins-10000"];

    public void Run(string? original, string? originalDiff)
    {
        ComparisonTable.Head();
        foreach (string patch in Patches)
        {
            string file = Path.Combine(inputs, patch + ".patch");
            if (File.Exists(file)) Patch(patch, file, Endless.Contains(patch) ? null : original);
        }

        string[] files = [Path.Combine(inputs, "oned-6.0.0.conf"), Path.Combine(inputs, "oned-6.10.5.conf")];
        ComparisonTable.Row(
            "diff of two releases' oned.conf",
            originalDiff is null ? null : memory => Measurement.Of(originalDiff, files, new Dictionary<string, string>(), memory),
            memory => Measurement.Of(host, ["config", "diff", "--format", "line", "--type", "oned", .. files], new Dictionary<string, string>(), memory),
            runs,
            runs);
    }

    private void Patch(string name, string file, string? original) => ComparisonTable.Row(
        "patch " + name,
        original is null ? null : memory => InSandbox(s => Measurement.Of(original, ["patch", "--prefix", s.Root, file], BackupsOf(s), memory)),
        memory => InSandbox(s => Measurement.Of(host, ["config", "patch", "--root", s.Root, file], BackupsOf(s), memory)),
        runs,
        Slow.Contains(name) ? 1 : runs);

    private Measurement InSandbox(Func<Sandbox, Measurement> run)
    {
        using var sandbox = new Sandbox(inputs);
        return run(sandbox);
    }

    private static Dictionary<string, string> BackupsOf(Sandbox sandbox) => new() { ["ONECFG_BACKUP_DIR"] = sandbox.Backups };
}
