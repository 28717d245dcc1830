using OneEdge.Text;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>A rule by which we answer recorded runs differently on purpose; <c>docs/deviations.md</c> gives the reason under the same name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Selects">Whether a run is one of them, judged by its input and by what the original did.</param>
/// <param name="Check">What must hold instead.</param>
internal sealed record PatchDeviation(string Name, Func<PatchCase, bool> Selects, Action<PatchCase, PatchRun> Check);

internal static class PatchDeviations
{
    public static IReadOnlyList<PatchDeviation> Rules { get; } =
    [
        new("unwritable-values-are-refused", run => Logs(run, "Saving failed"), AssertRefused),
        new("augeas-path-expressions", run => Logs(run, "Invalid path expression") || HasPathExpressions(run), AssertRefusedOrDone),
        new(
            "files-stay-loadable",
            run => run.ExitCode is 0 or 1 && Outputs(run).Any(o => !o.Format.TryParse(SourceText.FromBytes(o.Bytes), out _, out _)),
            AssertRefused),
        new(
            "byte-order-mark-and-crlf",
            run => Logs(run, "Failed to parse file")
                && run.Inputs.Any(i => i.Bytes.AsSpan().StartsWith("\uFEFF"u8) || i.Bytes.AsSpan().Contains((byte)'\r')),
            AssertDone),
        new("crlf-is-no-part-of-a-value", HasCarriageReturns, AssertDone),
        new("sections-are-removed-by-line", RemovesSection, AssertDone),
        new("links-elsewhere-do-not-matter", run => Logs(run, "Found symbolic links"), AssertDone),
        new("one-directory-is-enough", run => Logs(run, "Error making backup"), AssertDone),
        new("invalid-patches-are-refused-as-a-whole", run => !run.HasSoftErrorText && Logs(run, "Invalid patch action"), AssertInvalid),
        new("shell-arrays-are-replaced", run => run.ExitCode is 0 or 1 && WritesArray(run), AssertDone),
        new(
            "quoted-symbols-keep-their-quotes",
            run => SourceEncoding.GetString(run.Patch).Contains("\":\\\"", StringComparison.Ordinal),
            (run, actual) => AssertSameLines(run, actual)),
        new("reports-show-what-was-asked", ReportsShowLaterState, AssertSameButValues),
    ];

    public static PatchDeviation? Find(PatchCase run) => Rules.FirstOrDefault(r => r.Selects(run));

    private static bool Logs(PatchCase run, string text) => run.LogLines.Any(l => l.Contains(text, StringComparison.Ordinal));

    private static IEnumerable<(ConfigFormat Format, byte[] Bytes)> Outputs(PatchCase run)
    {
        Dictionary<string, ConfigFormat> formats = run.Inputs.ToDictionary(i => i.Path, i => i.Format, StringComparer.Ordinal);
        return run.Outputs().Select(o => (formats[o.Path], o.Bytes));
    }

    // The files that the original accepts with CRLF keep the CR in their values; ours do not.
    private static bool HasCarriageReturns(PatchCase run) =>
        run.ExitCode == 0 && run.Inputs.Any(i => (i.Format == ConfigFormat.Oned || i.Format == ConfigFormat.Shell) && i.Bytes.AsSpan().IndexOf("\r\n"u8) >= 0);

    private static bool RemovesSection(PatchCase run) => run.ExitCode == ExitFailed && Logs(run, "[--] rm  \"") && ReadPatch(run) is { } patch
        && patch.Files.All(f => ConfigFormat.Oned.Parse(SourceText.FromBytes(Input(run, f))) is var document
            && f.Changes.All(c => c is { Kind: ChangeKind.Remove, Path.Count: 1, Key: not null }
                && c.Key.ToString().StartsWith('"') && document.Contains(c.Target)));

    private static bool WritesArray(PatchCase run) => ReadPatch(run) is { } patch
        && patch.Files.Where(f => f.Format == ConfigFormat.Shell).Any(f => ConfigFormat.Shell.Parse(SourceText.FromBytes(Input(run, f))) is var document
            && f.Changes.Any(c => c.Kind != ChangeKind.Remove
                && document.Find(c.Target) is { Kind: ConfigValueKind.String } value && value.AsString().StartsWith('(')));

    private static byte[] Input(PatchCase run, FilePatch file) => run.Inputs.Single(i => i.Path == file.File).Bytes;

    // Wildcards, steps and predicates, with which the original finds, or makes, what no name says.
    private static bool HasPathExpressions(PatchCase run) => Logs(run, "Patching file") && ReadPatch(run) is { } patch
        && patch.Files.Where(f => f.Format == ConfigFormat.Oned || f.Format == ConfigFormat.Shell).SelectMany(f => f.Changes).SelectMany(c => c.Target)
            .Select(e => e.ToString()).Any(e => e is "." or ".." || e.AsSpan().ContainsAny('*', '(', '|'));

    private static ConfigPatch? ReadPatch(PatchCase run)
    {
        try
        {
            return ConfigPatch.Parse(SourceEncoding.GetString(run.Patch));
        }
        catch (ConfigPatchException)
        {
            return null;
        }
    }

    // The original prints the object that it inserted, with what later changes of the same run did to it.
    private static bool ReportsShowLaterState(PatchCase run) => ReadPatch(run) is { } patch
        && patch.Files.SelectMany(f => f.Changes).Any(c => c.Value is { Kind: ConfigValueKind.Array or ConfigValueKind.Map }
            && patch.Files.SelectMany(f => f.Changes)
            .Any(later => later != c && later.Target.Count >= c.Target.Count && later.Target.Take(c.Target.Count).SequenceEqual(c.Target)));

    private static void AssertRefused(PatchCase run, PatchRun actual)
    {
        Assert.Equal(ExitFailed, actual.ExitCode);
        string error = Assert.Single(actual.LogLines, l => l.StartsWith("ERROR : Failed to patch file '", StringComparison.Ordinal));
        Assert.InRange(error.Length, 60, 2000);
        AssertUntouched(run, actual);
    }

    private static void AssertInvalid(PatchCase run, PatchRun actual)
    {
        Assert.Equal(ExitFailed, actual.ExitCode);
        Assert.Equal(PatchConformanceTests.Normative(run.LogLines), PatchConformanceTests.Normative(actual.LogLines));
        AssertUntouched(run, actual);
    }

    private static void AssertDone(PatchCase run, PatchRun actual)
    {
        ConfigPatch patch = ReadPatch(run)!;
        foreach (FilePatch file in patch.Files)
        {
            byte[] before = Input(run, file);
            ConfigApplyResult expected = file.Format.Parse(SourceText.FromBytes(before)).Apply(file.Changes);
            Assert.Equal(expected.IsComplete ? 0 : 1, actual.ExitCode);
            Assert.Equal(expected.Text.Bytes, actual.Files[file.File]);
        }
    }

    private static void AssertRefusedOrDone(PatchCase run, PatchRun actual)
    {
        if (actual.ExitCode is 0 or 1)
        {
            AssertDone(run, actual);
            return;
        }

        Assert.Equal(ExitFailed, actual.ExitCode);
        Assert.Single(actual.LogLines, l => l.StartsWith("ERROR : ", StringComparison.Ordinal));
        AssertUntouched(run, actual);
    }

    private static void AssertSameLines(PatchCase run, PatchRun actual)
    {
        Assert.Equal(run.ExitCode, actual.ExitCode);
        Assert.Equal(PatchConformanceTests.Normative(run.LogLines), PatchConformanceTests.Normative(actual.LogLines));
    }

    private static void AssertSameButValues(PatchCase run, PatchRun actual)
    {
        Assert.Equal(run.ExitCode, actual.ExitCode);
        Assert.Equal(PatchConformanceTests.Normative(run.LogLines).Select(WithoutValue), PatchConformanceTests.Normative(actual.LogLines).Select(WithoutValue));
        PatchConformanceTests.AssertSameData(run, actual);
    }

    private static string WithoutValue(string line)
    {
        int value = line.StartsWith("DEBUG : Patch [", StringComparison.Ordinal) ? line.IndexOfAny(['[', '{'], "DEBUG : Patch [".Length) : -1;
        return value < 0 ? line : line[..value];
    }

    private static void AssertUntouched(PatchCase run, PatchRun actual) => Assert.All(run.Inputs, i => Assert.Equal(i.Bytes, actual.Files[i.Path]));

    private const int ExitFailed = 255;
}
