using System.Reflection;
using System.Text.Json;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>What was recorded of the original is re-created by name; this finds what was left out.</summary>
public sealed class RecordedCasesTests
{
    private static readonly string[] Told = [.. Traits("Case")];

    [Fact]
    public void Every_recorded_life_has_a_test()
    {
        string[] recorded = [.. File.ReadLines(Path.Combine(ConformanceData.Area("flow"), "lifecycle.jsonl"))
            .Select(line => JsonElement.Parse(line).GetProperty("id").GetString()!)];
        Assert.NotEmpty(recorded);
        Assert.Empty(recorded.Except(Told));
    }

    [Fact]
    public void Every_recorded_trace_has_a_test()
    {
        string[] recorded = [.. Directory.GetFiles(ConformanceData.Area(Path.Combine("opennebula", "traces")), "*.jsonl")
            .Select(file => $"trace-{Path.GetFileName(file)[..2]}")];
        Assert.NotEmpty(recorded);
        Assert.Empty(recorded.Except(Told));
    }

    // B25, the answers of the server, is not for this library.
    [Fact]
    public void Every_known_defect_has_a_test() =>
        Assert.Empty(Enumerable.Range(1, 26).Where(n => n != 25).Select(n => $"B{n}").Except(Traits("Defect")));

    private static IEnumerable<string> Traits(string name) => typeof(RecordedCasesTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Where(trait => trait.Name == name).Select(trait => trait.Value);
}
