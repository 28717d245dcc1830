using System.Text.RegularExpressions;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>Every recorded run of <c>onecfg patch</c>, repeated with <c>oneedge config patch</c> in a sandbox of its own.</summary>
public sealed partial class PatchConformanceTests
{
    private static readonly Dictionary<string, PatchCase> Cases =
        ConformanceData.TryFind("config") is null ? [] : ConformanceData.Cases("config", "cases.jsonl")
        .Where(c => c.GetProperty("kind").GetString() == "patch").Select(c => new PatchCase(c)).ToDictionary(c => c.Id, StringComparer.Ordinal);

    public static TheoryData<string> Ids => Cases.Count > 0 ? [.. Cases.Keys] : ["vectors absent"];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Recorded_run_is_repeated(string id)
    {
        _ = ConformanceData.Area("config");
        PatchCase run = Cases[id];
        PatchRun actual = await PatchRun.OfAsync(run, TestContext.Current.CancellationToken);
        if (PatchDeviations.Find(run) is { } deviation)
        {
            deviation.Check(run, actual);
            return;
        }

        Assert.Equal(run.ExitCode, actual.ExitCode);
        if (!run.HasSoftErrorText) Assert.Equal(Normative(run.LogLines), Normative(actual.LogLines));
        AssertSameData(run, actual);
    }

    internal static void AssertSameData(PatchCase run, PatchRun actual)
    {
        Dictionary<string, ConfigFormat> formats = run.Inputs.ToDictionary(i => i.Path, i => i.Format, StringComparer.Ordinal);
        foreach ((string path, byte[] expected) in run.Outputs())
        {
            byte[] bytes = actual.Files[path];
            if (expected.AsSpan().SequenceEqual(bytes)) continue;
            Assert.Equal(Data(formats[path], path, expected), Data(formats[path], path, bytes));
        }
    }

    /// <summary>The lines that count, without what comes from parsers.</summary>
    internal static string[] Normative(IEnumerable<string> lines) =>
    [
        .. lines.Where(l => NormativeLine().IsMatch(l)).Select(l => ParserText().Replace(l.Replace("<TR>", "", StringComparison.Ordinal), "${kept}").TrimEnd()),
    ];

    // A file named in a YAML patch has the format of the patch, whatever the catalogue says.
    private static ConfigValue Data(ConfigFormat format, string path, byte[] bytes) =>
        (format == ConfigFormat.Text && path.EndsWith(".yaml", StringComparison.Ordinal) ? ConfigFormat.Yaml : format).Parse(SourceText.FromBytes(bytes))
            .ToValue();

    [GeneratedRegex(@"^(INFO  : (Patched|Applied|Changes) |DEBUG : Patch \[|ERROR : |FATAL : |Unsupported format)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NormativeLine();

    [GeneratedRegex(
        @"^(?<kept>FATAL : FAILED - Error reading (line|yaml) patch |FATAL : FAILED - \([^)]*\): "
            + "|FATAL : FAILED - Failed to parse file "
            + @"|ERROR : Failed to patch file '[^']*' - (Invalid path expression|Too many matches for path expression)).*",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex ParserText();
}
