using System.Reflection;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>What <c>docs</c> lists is what there is.</summary>
public sealed partial class ServerDocumentationTests
{
    [Fact]
    public void Every_error_code_is_explained_once_and_no_other_one()
    {
        string[] codes = [.. typeof(FlowServerErrorCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"{field.GetRawConstantValue()} {field.Name}").Order(StringComparer.Ordinal)];
        string[] rows = [.. CodeRow().Matches(Document("flow.md")).Select(row => $"{row.Groups["code"].Value} {row.Groups["name"].Value}")
            .Order(StringComparer.Ordinal)];
        Assert.Equal(codes, rows);
        Assert.Equal(codes.Length, codes.Select(c => c.Split(' ')[0]).Distinct().Count());
    }

    [Fact]
    public void Every_deviation_is_met_by_an_exchange_and_no_other_one()
    {
        string section = Document("deviations.md").Split("\n## ").Single(text => text.StartsWith("OneFlow server", StringComparison.Ordinal));
        string[] listed = [.. RuleRow().Matches(section).Select(row => row.Groups["rule"].Value).Where(rule => rule != "rule").Order(StringComparer.Ordinal)];
        string[] met = [.. Exchange.Recorded().Concat(Exchange.Described()).Select(ServerDeviations.Of).OfType<Deviation>().Select(d => d.Rule)
            .Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(listed, met);
    }

    [Fact]
    public void Every_path_is_listed()
    {
        string text = Document("flow.md");
        foreach (FlowRoute route in FlowRoutes.All)
        {
            string shortened = route.Pattern.Replace("/service/{id}", "", StringComparison.Ordinal);
            Assert.True(text.Contains($"{route.Pattern}`", StringComparison.Ordinal)
                || (shortened.Length > 0 && text.Contains($"`{shortened}`", StringComparison.Ordinal)), route.Pattern);
        }
    }

    private static string Document(string name) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", name)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^\| `(?<code>OEF04(?:[0-4]\d|50))` \| `(?<name>\w+)` \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex CodeRow();

    [GeneratedRegex(@"^\| (?<rule>[a-z][a-z-]+) \|", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RuleRow();
}
