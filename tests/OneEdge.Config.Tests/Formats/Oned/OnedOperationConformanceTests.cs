using System.Text.Json;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Oned;

public sealed class OnedOperationConformanceTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Patch_cases_give_the_recorded_statuses_reasons_and_data()
    {
        OnedCase[] cases = [.. OnedCase.All("patch")];
        IReadOnlyList<JsonElement> yaml = await OnedCase.YamlThroughRuby(
            cases.Select(c => IsYaml(c) ? c.PatchText : ""), TestContext.Current.CancellationToken);
        Dictionary<string, int> counts = [];
        List<string> failures = [];
        for (int i = 0; i < cases.Length; i++)
        {
            IReadOnlyList<ConfigChange>? changes = IsYaml(cases[i]) ? OnedCase.FromYaml(yaml[i], cases[i].Path) : OnedCase.ReadLines(cases[i].PatchText);
            string result = changes is null || IsAboutThePatch(cases[i]) ? "about the patch or its surroundings" : Judge(cases[i], changes);
            if (result.StartsWith("DIFFERS", StringComparison.Ordinal)) failures.Add($"{cases[i].Id}: {result}");
            counts[result.Split(':')[0]] = counts.GetValueOrDefault(result.Split(':')[0]) + 1;
        }

        output.WriteLine(string.Join('\n', counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value,4} {c.Key}")));
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    private static bool IsYaml(OnedCase c) =>
        (c.Json.GetProperty("options").TryGetProperty("format", out JsonElement format)
            ? format.GetString() == "yaml"
            : c.PatchText.StartsWith("---", StringComparison.Ordinal))
        || (c.Json.TryGetProperty("patch_format", out JsonElement kind)
            && kind.GetString() == "yaml"
            && !c.Json.GetProperty("options").TryGetProperty("format", out _)
            && c.PatchText.StartsWith("---", StringComparison.Ordinal));

    // Ended before the file was read, or for a reason that is not in the file.
    private static bool IsAboutThePatch(OnedCase c)
    {
        if (c.Expect.GetProperty("exit_code").GetInt32() != 255) return false;
        if (c.PatchError is { } error) return error.StartsWith("undefined method", StringComparison.Ordinal);
        if (c.Fatal is { } fatal) return !IsLoadFailure(fatal) && !fatal.StartsWith("Saving failed", StringComparison.Ordinal);
        return c.Log.All(l => !l.Contains("Patching file", StringComparison.Ordinal));
    }

    private static bool IsLoadFailure(string fatal) => fatal.StartsWith("Failed to parse file", StringComparison.Ordinal)
        || fatal.Contains("identification", StringComparison.Ordinal) || fatal.StartsWith("Invalid multiple", StringComparison.Ordinal)
        || fatal.StartsWith("undefined method `key?' for [", StringComparison.Ordinal);

    private static string Judge(OnedCase c, IReadOnlyList<ConfigChange> changes)
    {
        bool loads = ConfigFormat.Oned.TryParse(c.Input(), out ConfigDocument? document, out IReadOnlyList<Diagnostic> diagnostics);
        if (c.Fatal is { } fatal && IsLoadFailure(fatal)) return JudgeLoadFailure(c, fatal, loads, diagnostics);
        if (!loads) return $"DIFFERS: does not load: {diagnostics[0]}";

        ConfigApplyResult result = document!.Apply(changes);
        ChangeOutcome? failed = result.Outcomes.FirstOrDefault(o => o.Status == ChangeStatus.Failed);
        if (c.Fatal is { } saving && saving.StartsWith("Saving failed", StringComparison.Ordinal))
            return failed is not null ? OnedDeviations.RefusedBeforeSaving : "DIFFERS: accepts what the original cannot save";
        if (c.PatchError is { } error) return JudgePatchError(error, failed);
        return JudgeApplied(c, changes, result, failed);
    }

    private static string JudgeLoadFailure(OnedCase c, string fatal, bool loads, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (loads)
            return c.Input().Span.Contains((byte)'\r') || c.Input().ByteOrderMarkLength > 0
                ? OnedDeviations.WindowsText
                : "DIFFERS: loads, unlike the original";
        Diagnostic first = diagnostics[0];
        if (fatal.StartsWith("undefined method", StringComparison.Ordinal)) return first.Code == ConfigErrorCodes.OnedStructure ? "equal" : $"DIFFERS: {first}";
        string text = first.Code == ConfigErrorCodes.OnedSyntax
            ? $"Failed to parse file (Iterated lens matched less than it should) at line {first.Position!.Value.Line}"
            : first.Message;
        return text == fatal ? "equal" : $"DIFFERS: '{text}' instead of '{fatal}'";
    }

    private static string JudgePatchError(string error, ChangeOutcome? failed)
    {
        if (error.StartsWith("Invalid path expression", StringComparison.Ordinal))
        {
            if (failed is not null) return "equal";
            return error.Contains('\'', StringComparison.Ordinal) ? OnedDeviations.Apostrophe : "DIFFERS: accepts a bad expression";
        }

        if (failed is null) return $"DIFFERS: accepts what the original refuses with '{error}'";
        return failed.Reason == error ? "equal" : $"DIFFERS: '{failed.Reason}' instead of '{error}'";
    }

    private static string JudgeApplied(OnedCase c, IReadOnlyList<ConfigChange> changes, ConfigApplyResult result, ChangeOutcome? failed)
    {
        SourceText recorded = c.Output()!;
        if (!ConfigFormat.Oned.TryParse(recorded, out ConfigDocument? expected, out _))
            return failed is not null ? OnedDeviations.KeepsLoadable : "DIFFERS: leaves a file that cannot be read again";
        if (failed is not null)
            return failed.Reason!.Contains("not a name", StringComparison.Ordinal) && failed.Reason.Contains("Augeas", StringComparison.Ordinal)
                ? OnedDeviations.NoExpressions
                : $"DIFFERS: {failed.Reason}";

        IReadOnlyList<string> statuses = c.Statuses;
        for (int i = 0; i < statuses.Count; i++)
        {
            ChangeOutcome outcome = result.Outcomes[i];
            string status = outcome.Status != ChangeStatus.Applied ? "[--]" : outcome.Replaced ? "[OK] replace" : "[OK]";
            if (status == statuses[i]) continue;
            bool isSectionRemoval = changes[i] is { Kind: ChangeKind.Remove, IsLine: true, Path.Count: 1, Key: not null }
                && status == "[OK]"
                && !result.Document.Contains(changes[i].Target);
            return isSectionRemoval ? OnedDeviations.SectionRemovalLine : $"DIFFERS: {status} instead of {statuses[i]} for {changes[i]}";
        }

        bool saved = c.Expect.GetProperty("exit_code").GetInt32() != 255 && !c.Json.GetProperty("options").TryGetProperty("noop", out _);
        if (!saved) return "equal";
        return result.Document.ToValue().Equals(expected.ToValue()) ? "equal" : "DIFFERS: the data after the run";
    }
}
