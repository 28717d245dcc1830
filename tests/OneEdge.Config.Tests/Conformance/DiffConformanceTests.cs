using System.Text.Json;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>Every recorded comparison of two files by the original.</summary>
public sealed class DiffConformanceTests
{
    private static readonly Dictionary<string, JsonElement> Cases =
        ConformanceData.TryFind("config") is null ? [] : ConformanceData.Cases("config", "cases.jsonl")
        .Where(c => c.GetProperty("kind").GetString() == "diff").ToDictionary(c => c.GetProperty("id").GetString()!, StringComparer.Ordinal);

    public static TheoryData<string> Ids => Cases.Count > 0 ? [.. Cases.Keys] : ["vectors absent"];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Recorded_comparison_is_repeated(string id)
    {
        _ = ConformanceData.Area("config");
        var run = new DiffRun(Cases[id]);
        if (run.Unreadable is { } unreadable)
        {
            Assert.True(run.OriginalFails, unreadable.Message);
            return;
        }

        if (DiffDeviations.Find(run) is { } deviation)
        {
            deviation.Check(run);
            return;
        }

        run.AssertSameTexts();
        run.AssertSameOperations();
        run.AssertSameWarnings();
        run.AssertRoundTripsAtLeastAsGood();
    }
}
