using System.Globalization;
using System.Text.Json;
using OneEdge.Config.Formats;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Shell;

/// <summary>Recorded patches of shell files: the status of each change and the data of each file.</summary>
public sealed class ShellOperationConformanceTests
{
    /// <summary>The deviations: each selects the recorded cases that it is about.</summary>
    private static readonly (string Rule, Func<JsonElement, bool> Selects)[] Deviations =
    [
        ("a value that does not fit the grammar is refused at once instead of when the file is saved", c => Logs(c).Any(
            l => l.Contains("Saving failed", StringComparison.Ordinal))),
        ("a set or ins on an array replaces it, where the original reports success and writes nothing", IsArrayReplaced),
    ];

    [Fact]
    public void Patches_give_the_recorded_status_lines_and_data()
    {
        int equal = 0;
        var deviating = Deviations.ToDictionary(d => d.Rule, _ => 0);
        List<string> wrong = [];
        foreach (JsonElement recorded in ShellVectors.Cases("patch"))
        {
            string? rule = Deviations.FirstOrDefault(d => d.Selects(recorded)).Rule;
            string? difference = Difference(recorded);
            if (rule is not null) deviating[rule]++;
            if (rule is null && difference is not null) wrong.Add($"{recorded.GetProperty("id")}: {difference}");
            if (difference is null) equal++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{equal} equal; {string.Join("; ", deviating.Select(d => $"{d.Value}: {d.Key}"))}");
        Assert.Empty(wrong);
        Assert.True(equal > 0);
    }

    [Fact]
    public void Values_that_the_original_cannot_save_fail_and_change_nothing()
    {
        foreach (JsonElement recorded in ShellVectors.Cases("patch").Where(Deviations[0].Selects))
        {
            ShellDocument document = Input(recorded);
            ConfigApplyResult result = document.Apply(Changes(recorded));
            Assert.Contains(
                result.Outcomes, o => o.Status == ChangeStatus.Failed && o.Reason!.Contains("does not fit a shell variable", StringComparison.Ordinal));
            Assert.Same(document.Source, result.Text);
        }
    }

    private static ShellDocument Input(JsonElement recorded) =>
        ShellVectors.Document(ShellVectors.File(recorded.GetProperty("inputs")[0].GetProperty("file_hash").GetString()!));

    private static IReadOnlyList<ConfigChange> Changes(JsonElement recorded)
    {
        string patch = recorded.GetProperty("patch_text").GetString()!;
        return recorded.GetProperty("patch_format").GetString() == "line" ? ShellVectors.LineChanges(patch) : ShellVectors.YamlChanges(patch);
    }

    private static IEnumerable<string> Logs(JsonElement recorded) =>
        recorded.GetProperty("expect").GetProperty("log_lines").EnumerateArray().Select(l => l.GetString()!);

    private static bool IsArrayReplaced(JsonElement recorded) => Logs(recorded).Any(l => l.StartsWith("DEBUG : Patch [OK]", StringComparison.Ordinal))
        && recorded.GetProperty("expect").GetProperty("outputs")[0].TryGetProperty("unchanged", out _)
        && Changes(recorded) is [{ Key: { } key }] && Input(recorded).Find([key]) is { Kind: ConfigValueKind.String } value && value.AsString() is ['(', ..];

    private static string? Difference(JsonElement recorded)
    {
        ShellDocument document = Input(recorded);
        ConfigApplyResult result = document.Apply(Changes(recorded));
        JsonElement expect = recorded.GetProperty("expect");
        string[] lines = [.. Logs(recorded).Where(l => l.StartsWith("DEBUG : Patch [", StringComparison.Ordinal))];
        string[] own = [.. result.Outcomes.Select(StatusLine)];
        bool failed = result.Outcomes.Any(o => o.Status == ChangeStatus.Failed);
        if (failed)
        {
            string reason = result.Outcomes.First(o => o.Status == ChangeStatus.Failed).Reason!;
            return Logs(recorded).Any(l => l.EndsWith(" - " + reason, StringComparison.Ordinal)) ? null : $"failed: {reason}";
        }

        if (!own.SequenceEqual(lines)) return $"{string.Join(" / ", own)} instead of {string.Join(" / ", lines)}";
        if (recorded.GetProperty("options").TryGetProperty("noop", out _)) return null;
        JsonElement output = expect.GetProperty("outputs")[0];
        if (output.TryGetProperty("unchanged", out _))
            return ShellVectors.Data(document) == ShellVectors.Data(result.Document) ? null : "data is not as before";
        byte[] bytes = output.TryGetProperty("file_hash", out JsonElement hash)
            ? ShellVectors.File(hash.GetString()!)
            : Patched(document.Source, output.GetProperty("udiff").GetString()!);
        string expected = ShellVectors.Data(ShellVectors.Document(bytes));
        string actual = ShellVectors.Data(result.Document);
        return expected == actual ? null : $"data\n{actual}\ninstead of\n{expected}";
    }

    private static string StatusLine(ChangeOutcome outcome)
    {
        string status = outcome.Status == ChangeStatus.Applied ? "[OK] " : "[--] ";
        return $"DEBUG : Patch {status}{(outcome.Replaced ? "replace " : "")}{ChangeLineText.Of(outcome.Change)}";
    }

    // The recorded output as a unified diff of the input.
    private static byte[] Patched(SourceText source, string udiff)
    {
        string[] old = source.ToString().Split('\n');
        List<string> lines = [];
        int at = 0;
        foreach (string line in udiff.Split('\n').Skip(2).Where(l => l.Length > 0))
        {
            if (line.StartsWith("@@", StringComparison.Ordinal))
            {
                string[] range = line.Split(' ')[1][1..].Split(',');
                int start = int.Parse(range[0], CultureInfo.InvariantCulture) - (range is [_, "0"] ? 0 : 1);
                while (at < start) lines.Add(old[at++]);
            }
            else if (line[0] == '+')
            {
                lines.Add(line[1..]);
            }
            else if (line[0] is ' ' or '-')
            {
                if (line[0] == ' ') lines.Add(old[at]);
                at++;
            }
        }

        lines.AddRange(old[at..]);
        return SourceEncoding.GetBytes(string.Join('\n', lines));
    }
}
