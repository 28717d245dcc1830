using System.Reflection;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.Tests;

/// <summary>What <c>docs</c> lists is what there is.</summary>
public sealed partial class FlowDocumentationTests
{
    [Fact]
    public void Every_error_code_is_explained_and_no_other_one()
    {
        string[] codes = [.. typeof(FlowErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"{field.GetRawConstantValue()} {field.Name}").Order(StringComparer.Ordinal)];

        // Those of the server are its own.
        string[] rows = [.. CodeRow().Matches(Document("flow.md")).Where(row => !IsOfServer(row.Groups["code"].Value))
            .Select(row => $"{row.Groups["code"].Value} {row.Groups["name"].Value}").Order(StringComparer.Ordinal)];
        Assert.Equal(codes, rows);
    }

    [Fact]
    public void Error_codes_are_used_once()
    {
        object?[] values = [.. typeof(FlowErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetRawConstantValue())];
        Assert.Equal(values.Distinct(), values);
    }

    [Fact]
    public void Every_deviation_of_lives_is_shown_by_a_test_and_no_other_one()
    {
        string section = Document("deviations.md").Split("\n## ").Single(text => text.StartsWith("Flow: life cycle", StringComparison.Ordinal));
        string[] rules = [.. RuleRow().Matches(section).Select(row => row.Groups["rule"].Value).Where(rule => rule != "rule").Order(StringComparer.Ordinal)];
        string[] shown = [.. typeof(FlowDocumentationTests).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetCustomAttributes<TraitAttribute>()).Where(trait => trait.Name == "Deviation")
            .Select(trait => trait.Value).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(rules, shown);
    }

    private static bool IsOfServer(string code) =>
        code.StartsWith("OEF04", StringComparison.Ordinal) && string.CompareOrdinal(code, "OEF0450") <= 0;

    private static string Document(string name) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", name)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\| `(?<code>OEF\d+)` \| `(?<name>\w+)` \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^\| (?<rule>[a-z][a-z-]+) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RuleRow();
}
