using System.Text.Json;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Conformance;

/// <summary>One recorded comparison, and ours of the same files.</summary>
internal sealed class DiffRun
{
    private readonly JsonElement _expect;

    public DiffRun(JsonElement data)
    {
        Id = data.GetProperty("id").GetString()!;
        _expect = data.GetProperty("expect");
        JsonElement[] inputs = [.. data.GetProperty("inputs").EnumerateArray()];
        File = inputs[0].GetProperty("path").GetString()!;
        Format = ConfigFormat.All.Single(f => f.ClassName == inputs[0].GetProperty("class").GetString());
        try
        {
            Old = Parse(inputs[0]);
            New = Parse(inputs[1]);
        }
        catch (ConfigSyntaxException e)
        {
            Unreadable = e;
            return;
        }

        Diff = Old.DiffTo(New);
        Patch = new ConfigPatch(Diff.IsEmpty ? [] : [new FilePatch(File, Format, Diff.Changes)]);
    }

    /// <summary>Why we can't read one of the files; the members below are only set when we can.</summary>
    public ConfigSyntaxException? Unreadable { get; }

    public string Id { get; }

    public string File { get; }

    public ConfigFormat Format { get; }

    public ConfigDocument Old { get; } = null!;

    public ConfigDocument New { get; } = null!;

    public ConfigDiff Diff { get; } = null!;

    public ConfigPatch Patch { get; } = null!;

    /// <summary>Whether the original died on these files.</summary>
    public bool OriginalFails => _expect.TryGetProperty("error", out _);

    /// <summary>Whether the original can't apply its own patch.</summary>
    public bool OriginalLosesData =>
        _expect.TryGetProperty("roundtrip_yaml", out JsonElement recorded) && recorded.ValueKind == JsonValueKind.Object && !Is(recorded, "data_equal_new");

    public string ExpectedLine => Text("line");

    /// <summary>The recorded operations as data.</summary>
    public ConfigValue ExpectedOperations => ConfigFormat.Yaml.Parse(Text("yaml")).ToValue();

    public void AssertSameTexts()
    {
        Assert.Equal(Trimmed(ExpectedLine), Trimmed(Patch.ToLines()));
        Assert.Equal(Trimmed(Text("text")), Trimmed(Patch.ToText()));
    }

    public void AssertSameOperations() => Assert.Equal(ExpectedOperations, ConfigFormat.Yaml.Parse(Patch.ToYaml()).ToValue());

    public void AssertSameWarnings() => Assert.Equal(
        _expect.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!.Split(": ", 3)[^1]).Order(StringComparer.Ordinal),
        Diff.Warnings.Concat(Old.Diagnostics).Concat(New.Diagnostics).Where(w => w.Code != ConfigErrorCodes.YamlDuplicateKey).Select(w => w.Message)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal));

    public void AssertRoundTripsAtLeastAsGood()
    {
        AssertRoundTrip("roundtrip_line", () => ConfigPatch.ParseLines(Patch.ToLines()));
        AssertRoundTrip("roundtrip_yaml", () => ConfigPatch.ParseYaml(Patch.ToYaml()));
    }

    /// <summary>The difference, written and read as YAML, gives the data of the new file.</summary>
    public void AssertRoundTrips()
    {
        ConfigApplyResult result = Old.Apply(ConfigPatch.ParseYaml(Patch.ToYaml()).Files.SelectMany(f => f.Changes));
        Assert.True(result.IsComplete, string.Join("; ", result.Outcomes.Select(o => o.Reason)));
        Assert.Equal(New.ToValue(), result.Document.ToValue());
    }

    /// <summary>As <see cref="AssertSameTexts"/>, apart from the values behind <c>rm</c>.</summary>
    public void AssertSameLinesWithoutRemovedValues()
    {
        string[] expected = Trimmed(ExpectedLine).Split('\n'), actual = Trimmed(Patch.ToLines()).Split('\n');
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair =>
        {
            if (pair.First.Contains(" rm  ", StringComparison.Ordinal)) Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal);
            else Assert.Equal(pair.First, pair.Second);
        });
    }

    private void AssertRoundTrip(string name, Func<ConfigPatch> reread)
    {
        if (!_expect.TryGetProperty(name, out JsonElement recorded) || recorded.ValueKind != JsonValueKind.Object) return;
        ConfigApplyResult result = Old.Apply(reread().Files[0].Changes);
        if (Is(recorded, "similar_to_new"))
            Assert.True(result.Document.DiffTo(New).IsEmpty, $"{name}: the result differs from the new file:\n{Patch.ToLines()}\n{result.Text}");
        if (Is(recorded, "data_equal_new")) Assert.Equal(New.ToValue(), result.Document.ToValue());
        if (recorded.GetProperty("exit_code").GetInt32() == 0) Assert.True(result.IsComplete, name);
    }

    private ConfigDocument Parse(JsonElement input) => Format.Parse(
        SourceText.FromBytes(ConformanceFiles.Read(input.GetProperty("file_hash").GetString()!), Path.GetFileName(input.GetProperty("path").GetString())));

    private string Text(string name)
    {
        JsonElement value = _expect.GetProperty(name);
        return value.TryGetProperty("text", out JsonElement text)
            ? text.GetString()!
            : SourceEncoding.GetString(ConformanceFiles.Read(value.GetProperty("file_hash").GetString()!));
    }

    private static bool Is(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd())).Trim();
}
