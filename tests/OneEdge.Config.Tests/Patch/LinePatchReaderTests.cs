namespace OneEdge.Config.Tests.Patch;

public sealed class LinePatchReaderTests
{
    private const string Oned = "/etc/one/oned.conf";
    private const string Yaml = "/etc/one/cli/oneimage.yaml";

    [Theory]
    [InlineData("set PORT 2633", "set PORT 2633")]
    [InlineData("SET PORT 2633", "set PORT 2633")]
    [InlineData("  \"set\"   \"PORT\"   2633  ", "set PORT 2633")]
    [InlineData("ins VM_MAD/\"kvm\"/TYPE \"\\\"x\\\"\"", "ins \"VM_MAD/\\\"kvm\\\"/TYPE\" \"\\\"x\\\"\"")]
    [InlineData("set \"VM_MAD/\\\"a b\\\"/X\" 1", "set \"VM_MAD/\\\"a b\\\"/X\" 1")]
    [InlineData("set //DB///BACKEND/ 1", "set DB/BACKEND 1")]
    [InlineData("set PORT", "set PORT null")]
    [InlineData("set / {\"a\":1}", "set / {\"a\":1}")]
    public void Line_is_taken_apart_as_the_original_does(string line, string expected) =>
        Assert.Equal(expected, Single($"{Oned} {line}").ToString());

    [Fact]
    public void Removal_with_a_value_addresses_an_item_of_the_list()
    {
        ConfigChange change = Single($"{Oned} rm VM_RESTRICTED_ATTR \"\\\"NIC/MAC\\\"\"");

        Assert.Null(change.Key);
        Assert.Equal(ConfigPath.Create("VM_RESTRICTED_ATTR"), change.Path);
        Assert.Equal(ConfigValue.From("\"NIC/MAC\""), change.Old);
        Assert.Equal("rm  VM_RESTRICTED_ATTR \"\\\"NIC/MAC\\\"\"", change.ToString());
    }

    [Fact]
    public void Colon_makes_symbols_in_YAML_files_only()
    {
        ConfigChange yaml = Single($$"""{{Yaml}} set :USER/:size {":a":[":b",":"]}""");
        ConfigChange oned = Single($"{Oned} set :USER \":x\"");

        Assert.Equal(ConfigPath.Create(ConfigValue.Symbol("USER")), yaml.Path);
        Assert.Equal(ConfigValue.Map([KeyValuePair.Create(ConfigValue.Symbol("a"), ConfigValue.Array(ConfigValue.Symbol("b"), ":"))]), yaml.Value);
        Assert.Equal(ConfigValueKind.String, oned.Key!.Kind);
        Assert.Equal(ConfigValueKind.String, oned.Value!.Kind);
    }

    [Fact]
    public void Lines_of_one_file_are_grouped_at_its_first_place()
    {
        ConfigPatch patch = ConfigPatch.ParseLines($"# comment\n\n{Oned} set A 1\r\n{Yaml} set b 2\n  {Oned} rm C\n");

        Assert.Equal([Oned, Yaml], patch.Files.Select(f => f.File));
        Assert.Equal(["set A 1", "rm  C"], patch.Files[0].Changes.Select(c => c.ToString()));
    }

    [Fact]
    public void Every_bad_line_is_reported_with_its_number_and_a_hint()
    {
        ConfigPatchException e = Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseLines(
            $"{Oned} set PORT 1\nword\n/etc/one/onedd.conf set A 1\n{Oned} zap A 1\n{Oned} set\n{Oned} set \"A 1\n{Oned} set A 'x'\n"));

        Assert.Equal(
            [2, 3, 4, 6, 7], e.Diagnostics.Where(d => d.Code != ConfigErrorCodes.PatchPath || d.Position!.Value.Line != 5).Select(d => d.Position!.Value.Line));
        Assert.Equal("Invalid format at line: 2.", e.Diagnostics[0].Message);
        Assert.Equal("Unknown or missing file to patch '/etc/one/onedd.conf'", e.Diagnostics[1].Message);
        Assert.Contains("/etc/one/oned.conf", e.Diagnostics[1].Hint, StringComparison.Ordinal);
        Assert.Equal("Invalid patch action 'zap'", e.Diagnostics[2].Message);
        Assert.All(e.Diagnostics, d => Assert.NotNull(d.Hint));
    }

    [Fact]
    public void Byte_order_mark_is_part_of_the_file_name() =>
        Assert.Equal(ConfigErrorCodes.PatchUnknownFile, Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseLines($"\uFEFF{Oned} set A 1")).Code);

    [Fact]
    public void Lines_written_read_back_as_the_same_patch()
    {
        ConfigPatch patch = ConfigPatch.ParseLines($"""
            {Oned} set "VM_MAD/\"a b\"/X" "\"1\""
            {Oned} rm VM_RESTRICTED_ATTR "\"NIC/MAC\""
            {Oned} rm LOG
            {Yaml} ins :default ":ID"
            {Yaml} rm :default ":NAME"
            """);

        ConfigPatch again = ConfigPatch.ParseLines(patch.ToLines());

        Assert.Equal(patch.Files.SelectMany(f => f.Changes), again.Files.SelectMany(f => f.Changes));
    }

    private static ConfigChange Single(string line) => Assert.Single(Assert.Single(ConfigPatch.ParseLines(line).Files).Changes);
}
