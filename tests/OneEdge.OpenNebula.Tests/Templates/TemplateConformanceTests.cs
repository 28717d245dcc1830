using System.Text.Json;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Templates;

/// <summary>Every recorded answer of a real OpenNebula: whether it took a text, and what it stored.</summary>
public sealed class TemplateConformanceTests
{
    public static TheoryData<int> Cases => ConformanceData.TryFind("opennebula") is null ? [-1] : [.. Enumerable.Range(0, Recorded().Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Recorded_text_is_stored_or_refused_as_recorded(int number)
    {
        ConformanceData.Area("opennebula");
        JsonElement recorded = Recorded()[number];
        string input = recorded.GetProperty("input").GetString()!;
        if (!recorded.GetProperty("ok").GetBoolean())
        {
            Assert.Throws<TemplateSyntaxException>(() => StoredTemplate.Parse(input));
            return;
        }

        StoredTemplate stored = StoredTemplate.Parse(input);
        if (recorded.TryGetProperty("append_to", out JsonElement old)) stored = StoredTemplate.Parse(old.GetString()!).Merge(stored);
        Assert.Equal(recorded.GetProperty("stored_xml").GetString(), stored.ToXml());
        Assert.Equal(stored, StoredTemplate.ParseXml(stored.ToXml()));
    }

    // Templates that requests of the recording carried; the core took most of them.
    [Fact]
    public void Templates_in_recorded_answers_are_read_and_written_again()
    {
        string[] templates = [.. Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "xmlrpc"), "*.json").SelectMany(TemplatesIn)];
        Assert.NotEmpty(templates);
        Assert.All(templates, xml =>
        {
            StoredTemplate stored = StoredTemplate.ParseXml(xml);
            Assert.Equal(stored, StoredTemplate.ParseXml(stored.ToXml()));
            Assert.Equal(stored, stored.ToTemplate().Stored());
        });
    }

    private static IEnumerable<string> TemplatesIn(string file)
    {
        using JsonDocument exchange = JsonDocument.Parse(File.ReadAllText(file));
        if (!exchange.RootElement.TryGetProperty("decoded", out JsonElement decoded) || decoded.ValueKind != JsonValueKind.Array || decoded.GetArrayLength() < 2
            || decoded[1].ValueKind != JsonValueKind.String) yield break;
        string answer = decoded[1].GetString()!;
        for (int at = 0; (at = answer.IndexOf("<TEMPLATE>", at, StringComparison.Ordinal)) >= 0;)
        {
            int end = answer.IndexOf("</TEMPLATE>", at, StringComparison.Ordinal) + "</TEMPLATE>".Length;
            yield return answer[at..end];
            at = end;
        }
    }

    private static JsonElement[] Recorded() =>
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(ConformanceData.TryFind("opennebula")!, "template_syntax.json"))).RootElement.EnumerateArray()];
}
