using System.Text.Json;

namespace OneEdge.Config.Tests.Formats.Oned;

public sealed class OnedDiffConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Diff_cases_give_the_recorded_operations_and_warnings()
    {
        OnedCase[] cases = [.. OnedCase.All("diff")];
        IReadOnlyList<JsonElement> yaml = await OnedCase.YamlThroughRuby(cases.Select(c => Text(c, "yaml") ?? ""), TestContext.Current.CancellationToken);
        List<string> failures = [];
        int equal = 0;
        int windows = 0;
        for (int i = 0; i < cases.Length; i++)
        {
            string? problem = Judge(cases[i], yaml[i]);
            if (problem is null) equal++;
            else if (cases[i].Input(0).Span.IndexOf("\r\n"u8) >= 0) windows++;
            else failures.Add($"{cases[i].Id}: {problem}");
        }

        output.WriteLine($"{equal} of {cases.Length} diff cases equal, {windows} {OnedDeviations.WindowsText}");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    [Fact]
    public void Diff_cases_applied_as_lines_come_at_least_as_close_as_the_original_came()
    {
        List<string> failures = [];
        int better = 0;
        foreach (OnedCase c in OnedCase.All("diff"))
        {
            if (!TryParse(c, out ConfigDocument? old, out ConfigDocument? @new)) continue;
            ConfigDiff diff = old!.DiffTo(@new!);
            if (diff.IsEmpty) continue;
            ConfigDocument byLine = old.Apply(OnedCase.ReadLines(string.Join('\n', diff.Changes.Select(change => "/f " + change)))!).Document;
            ConfigDocument byData = old.Apply(diff.Changes).Document;
            bool similar = byLine.DiffTo(@new!).IsEmpty;
            bool recorded = Similar(c, "roundtrip_line");
            if (recorded && !similar) failures.Add($"{c.Id}: lines do not lead to the new file");
            if (similar && !recorded) better++;
            if (!byData.DiffTo(@new!).IsEmpty && Similar(c, "roundtrip_yaml")) failures.Add($"{c.Id}: the changes do not lead to the new file");
        }

        output.WriteLine($"{better} line round trips hold that do not hold in the original");
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static string? Judge(OnedCase c, JsonElement yaml)
    {
        bool parses = TryParse(c, out ConfigDocument? old, out ConfigDocument? @new);
        if (c.Expect.TryGetProperty("error", out _)) return parses ? "reads what the original refuses" : null;
        if (!parses) return "does not read";
        ConfigDiff diff = old!.DiffTo(@new!);
        if (c.Expect.GetProperty("similar").GetBoolean() != diff.IsEmpty) return "similar";
        string[] warnings = [.. diff.Warnings.Select(w => $"WARN  : File {w.File}: {w.Message}").Distinct()];
        if (!warnings.SequenceEqual(c.Expect.GetProperty("warnings").EnumerateArray().Select(w => w.GetString())))
            return "warnings " + string.Join("; ", warnings);
        string[] expected = [.. (OnedCase.FromYaml(yaml, FileOf(yaml)) ?? []).Select(Data)];
        string[] actual = [.. diff.Changes.Select(Data)];
        return expected.SequenceEqual(actual)
            ? null
            : $"\n  {string.Join("\n  ", expected.Except(actual))}\nbut\n  {string.Join("\n  ", actual.Except(expected))}";
    }

    private static string Data(ConfigChange c) => $"{c.Kind} {c.Path} {c.Key?.ToJson()} value {c.Value?.ToJson()} old {c.Old?.ToJson()} multiple {c.Multiple}";

    private static string FileOf(JsonElement yaml) => yaml.GetProperty("patches").EnumerateObject().Select(p => p.Name).FirstOrDefault() ?? "";

    private static bool Similar(OnedCase c, string member) =>
        c.Expect.TryGetProperty(member, out JsonElement trip) && trip.ValueKind == JsonValueKind.Object && trip.GetProperty("similar_to_new").GetBoolean();

    private static string? Text(OnedCase c, string member)
    {
        if (!c.Expect.TryGetProperty(member, out JsonElement part)) return null;
        return part.TryGetProperty("text", out JsonElement text)
            ? text.GetString()
            : System.Text.Encoding.UTF8.GetString(OnedCase.FileBytes(part.GetProperty("file_hash").GetString()!));
    }

    private static bool TryParse(OnedCase c, out ConfigDocument? old, out ConfigDocument? @new) =>
        ConfigFormat.Oned.TryParse(c.Input(0), out old, out _) & ConfigFormat.Oned.TryParse(c.Input(1), out @new, out _);
}
