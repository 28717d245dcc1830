using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Templates;

/// <summary>Every recorded answer of a real OpenNebula: whether it took a text, and what it stored.</summary>
public sealed class TemplateConformanceTests
{
    private static readonly string[] Carriers = [".update", ".allocate", ".instantiate", ".attach", ".attachnic", ".schedadd"];

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

    [Fact]
    public void Recorded_request_carries_a_template_that_is_read_just_when_the_core_read_it()
    {
        int read = 0;
        int refused = 0;
        foreach (JsonElement exchange in Exchanges())
        {
            string method = exchange.GetProperty("method").GetString()!;
            string body = exchange.GetProperty("request_body").GetString() ?? "";
            if (!Carriers.Any(c => method.EndsWith(c, StringComparison.Ordinal)) || Answer(exchange) is not { } answer) continue;
            string[] strings = [.. StringParameters(body).Skip(1).Where(s => s.Contains('=', StringComparison.Ordinal) || s.StartsWith('<'))];
            if (strings.Length != 1) continue;
            bool isRefused = answer.Contains("Parse error", StringComparison.OrdinalIgnoreCase);
            _ = isRefused ? refused++ : read++;
            Assert.True(isRefused == (Record.Exception(() => StoredTemplate.Parse(strings[0])) is TemplateSyntaxException), $"{method}: {strings[0]}");
        }

        Assert.True(read > 20 && refused > 2, $"{read} read, {refused} refused");
    }

    [Fact]
    public void Templates_in_recorded_answers_are_read_and_written_again()
    {
        string[] templates = [.. Exchanges().Select(Answer).OfType<string>().SelectMany(TemplatesIn)];
        Assert.NotEmpty(templates);
        Assert.All(templates, xml =>
        {
            StoredTemplate stored = StoredTemplate.ParseXml(xml);
            Assert.Equal(stored, StoredTemplate.ParseXml(stored.ToXml()));
            Assert.Equal(stored, stored.ToTemplate().Stored());
        });
    }

    private static IEnumerable<JsonElement> Exchanges() => Directory.EnumerateFiles(Path.Combine(ConformanceData.Area("opennebula"), "xmlrpc"), "*.json")
        .Select(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement);

    private static string? Answer(JsonElement exchange) =>
        exchange.TryGetProperty("decoded", out JsonElement decoded) && decoded.ValueKind == JsonValueKind.Object
            && decoded.TryGetProperty("result", out JsonElement result)
        && result.ValueKind == JsonValueKind.Array && result.GetArrayLength() > 1 ? result[1].ToString() : null;

    private static IEnumerable<string> StringParameters(string body)
    {
        XDocument call;
        try
        {
            call = XDocument.Parse(body, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return [];
        }

        return call.Descendants("string").Select(s => s.Value);
    }

    private static IEnumerable<string> TemplatesIn(string answer)
    {
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
