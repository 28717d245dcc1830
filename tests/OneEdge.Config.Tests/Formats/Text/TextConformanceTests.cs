using System.Security.Cryptography;
using System.Text.Json;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Text;

public sealed class TextConformanceTests
{
    [Fact]
    public void Patches_of_the_original_give_the_recorded_text()
    {
        int count = 0;
        foreach (JsonElement @case in Cases("patch"))
        {
            string id = @case.GetProperty("id").GetString()!;
            JsonElement expect = @case.GetProperty("expect");
            ConfigDocument document = Read(@case.GetProperty("inputs")[0]);
            if (!@case.TryGetProperty("patch_format", out JsonElement format) || format.GetString() != "line") continue;
            ConfigApplyResult result = document.Apply(Lines(@case.GetProperty("patch_text").GetString()!));

            bool failed = result.Outcomes.Any(o => o.Status == ChangeStatus.Failed);
            bool succeeds = !failed && result.AppliedCount > 0;
            Assert.True(succeeds == (expect.GetProperty("exit_code").GetInt32() == 0), id);
            if (expect.TryGetProperty("applied", out JsonElement applied)) Assert.Equal(applied.GetInt32(), result.AppliedCount);
            byte[] output = (failed ? document.Source : result.Text).Bytes.ToArray();
            Assert.True(expect.GetProperty("outputs")[0].GetProperty("sha256").GetString() == Convert.ToHexStringLower(SHA256.HashData(output)), id);
            count++;
        }

        Assert.True(count > 0);
    }

    [Fact]
    public void Differences_are_the_recorded_diffs_byte_for_byte()
    {
        int count = 0;
        foreach (JsonElement @case in Cases("diff"))
        {
            JsonElement expect = @case.GetProperty("expect");
            JsonElement inputs = @case.GetProperty("inputs");
            ConfigDocument old = Read(inputs[0]);
            ConfigDocument newer = Read(inputs[1]);
            ConfigDiff diff = old.DiffTo(newer);
            Assert.Equal(expect.GetProperty("ops").GetInt32(), diff.Changes.Count);
            if (expect.GetProperty("line").TryGetProperty("text", out JsonElement text) && diff.Changes.Count > 0)
                Assert.Equal(text.GetString()!.TrimEnd(), $"{inputs[0].GetProperty("path").GetString()} {diff.Changes[0]}");
            ConfigApplyResult result = old.Apply(diff.Changes);
            Assert.True(result.Text.Span.SequenceEqual(newer.Source.Span));
            count++;
        }

        Assert.True(count > 0);
    }

    private static IEnumerable<JsonElement> Cases(string kind) => ConformanceData.Cases("config", "cases.jsonl")
        .Where(
            c => c.GetProperty("kind").GetString() == kind && c.GetProperty("inputs").EnumerateArray().Any() && c.GetProperty("inputs").EnumerateArray()
                .All(IsText));

    private static bool IsText(JsonElement input) => input.TryGetProperty("class", out JsonElement name) && name.GetString() == ConfigFormat.Text.ClassName;

    private static ConfigDocument Read(JsonElement input)
    {
        string file = Path.Combine(ConformanceData.Area("config"), "files", input.GetProperty("file_hash").GetString()!);
        return ConfigFormat.Text.Parse(SourceText.FromBytes(File.ReadAllBytes(file), input.GetProperty("path").GetString()));
    }

    private static IEnumerable<ConfigChange> Lines(string patch)
    {
        foreach (string line in patch.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = line.Split(' ', 4);
            yield return parts[1] switch
            {
                "ins" => ConfigChange.Insert(parts[2], ConfigValue.ParseJson(parts[3])),
                "set" => ConfigChange.Set(parts[2], ConfigValue.ParseJson(parts[3])),
                _ => ConfigChange.Remove(parts[2]),
            };
        }
    }
}
