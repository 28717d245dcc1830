using OneEdge.Text;

namespace OneEdge.Config.Tests.Fuzzing;

/// <summary>What fuzzing found, one test each.</summary>
public sealed class FoundByFuzzingTests
{
    private const string Oned = "/etc/one/oned.conf";
    private const string Yaml = "/etc/one/cli/oneimage.yaml";

    [Fact]
    public void Change_line_with_bytes_that_are_not_UTF8_in_its_value_is_a_finding()
    {
        string line = SourceEncoding.GetString([.. "/etc/one/oned.conf set A \"caf"u8, 0xE9, .. "\"\n"u8]);

        ConfigPatchException e = Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseLines(line));

        Assert.Contains("bytes that are not UTF-8", Assert.Single(e.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set P\"\\")]
    [InlineData("rm \\\"")]
    [InlineData("set /\"\\ 1")]
    [InlineData("set \"A\tB\" 1")]
    [InlineData("rm \"A\u00a0\"")]
    [InlineData("rm A\u00a0")]
    [InlineData("rm \"A\0\"")]
    [InlineData("ins \\\"\0 \"\"")]
    [InlineData("rm \\\"\0 null")]
    [InlineData("set \"\\ \\/\"")]
    [InlineData("rm /\"\\\0 null")]
    public void Path_with_quotes_backslashes_or_blanks_survives_writing_as_a_line(string line)
    {
        ConfigPatch patch = ConfigPatch.ParseLines($"{Oned} {line}");

        Assert.Equal(patch.Files[0].Changes, ConfigPatch.ParseLines(patch.ToLines()).Files[0].Changes);
    }

    [Theory]
    [InlineData("1e999", double.PositiveInfinity)]
    [InlineData("-1e999", double.NegativeInfinity)]
    public void Number_too_large_for_a_float_survives_writing_as_a_line(string json, double value)
    {
        ConfigPatch patch = ConfigPatch.ParseLines($"{Yaml} set a {json}");

        Assert.Equal(ConfigValue.From(value), patch.Files[0].Changes[0].Value);
        Assert.Equal(patch.Files[0].Changes, ConfigPatch.ParseLines(patch.ToLines()).Files[0].Changes);
    }

    [Theory]
    [InlineData("VM_MAD = 1\n", "rm VM_MAD/A")]
    [InlineData("VM_MAD = 1\n", "set VM_MAD/\"kvm\"/A 1")]
    [InlineData("VM_MAD = 1\n", "ins VM_MAD/kvm 1")]
    public void Change_below_a_plain_value_with_the_name_of_keyed_sections_does_not_apply(string text, string line)
    {
        ConfigDocument document = ConfigFormat.Oned.Parse(text);

        ConfigApplyResult result = document.Apply(ConfigPatch.ParseLines($"{Oned} {line}").Files[0].Changes);

        Assert.NotEqual(ChangeStatus.Applied, result.Outcomes[0].Status);
        Assert.Same(document.Source, result.Text);
    }

    [Theory]
    [InlineData("A=1\r\nB=6\r", "A=1\r\nB=6\r\nNEW = 1")]
    [InlineData("\r\n\r", "\r\n\r\nNEW = 1")]
    public void Line_appended_to_oned_conf_behind_a_lone_CR_ends_that_line_once(string text, string expected) =>
        Assert.Equal(expected, ConfigFormat.Oned.Parse(text).Apply(ConfigChange.Insert("NEW", "1")).Text.ToString());

    [Theory]
    [InlineData("x\n")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\"a b\"\n")]
    public void Shell_value_that_ends_with_a_line_end_is_refused(string value)
    {
        ConfigDocument document = ConfigFormat.Shell.Parse("A=1\n");

        ConfigApplyResult result = document.Apply(ConfigChange.Set("A", value));

        Assert.Equal(ChangeStatus.Failed, result.Outcomes[0].Status);
        Assert.Same(document.Source, result.Text);
    }

    [Fact]
    public void JSON_of_collections_as_keys_grows_with_their_depth_only()
    {
        ConfigValue key = "k";
        for (int i = 0; i < 100; i++) key = ConfigValue.Map([KeyValuePair.Create(key, ConfigValue.Null)]);

        Assert.InRange(key.ToJson().Length, 100, 10_000);
        Assert.Equal("""{"{\"a\"=>[1, \"b\"]}":2}""", ConfigFormat.Yaml.Parse("? {a: [1, b]}\n: 2\n").ToValue().ToJson());
    }

    [Fact]
    public void Deeply_nested_YAML_keys_are_read_without_growing_beyond_their_text()
    {
        string text = "---\npatches:\n  /x:\n    class: Simple\n    change:\n  " + string.Concat(Enumerable.Repeat("? ", 40)) + "a\n";

        ConfigPatchException e = Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseYaml(text));

        Assert.InRange(e.Message.Length, 1, 5000);
    }

    [Theory]
    [InlineData("a\u0085b\n")]
    [InlineData("? a\u2028? b\u2029")]
    [InlineData("\u0085? a\u0085? b\u0085")]
    [InlineData(" u:\n  5:\u20281\n r")]
    public void YAML_with_rare_line_ends_is_edited(string text)
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse(text);
        foreach (KeyValuePair<ConfigPath, ConfigValue> entry in document.Enumerate())
        {
            ConfigApplyResult result = document.Apply(entry.Key.Count == 0 ? ConfigChange.Set(ConfigPath.Root, 1) : ConfigChange.Remove(entry.Key));
            Assert.Equal(ChangeStatus.Applied, result.Outcomes[0].Status);
            Assert.DoesNotContain(entry.Key, result.Document.Enumerate().Select(e => e.Key).Where(k => k.Count > 0));
        }
    }

    [Fact]
    public void Change_below_a_rare_line_end_leaves_the_other_lines() =>
        Assert.Equal("a: 1 # c\u2028b: 3\n", ConfigFormat.Yaml.Parse("a: 1 # c\u2028b: 2\n").Apply(ConfigChange.Set("b", 3)).Text.ToString());

    [Fact]
    public void Symbol_with_bytes_that_are_not_UTF8_is_refused_in_YAML()
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse("a: 1 # c\n");

        ConfigApplyResult result = document.Apply(ConfigPatch.ParseLines($"{Yaml} set :\udcff 1").Files[0].Changes);

        Assert.Equal(ChangeStatus.Failed, result.Outcomes[0].Status);
        Assert.Same(document.Source, result.Text);
    }
}
