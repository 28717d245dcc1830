using System.Diagnostics;
using OneEdge.Testing;

namespace OneEdge.Config.Tests.Patch;

public sealed class HostilePatchTests
{
    private const string Oned = "/etc/one/oned.conf";

    [Fact]
    public void Many_bad_lines_are_listed_up_to_a_thousand()
    {
        string text = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"/no/file{i} set A 1\n"));
        var clock = Stopwatch.StartNew();

        ConfigPatchException e = Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseLines(text));

        Assert.Equal(1001, e.Diagnostics.Count);
        Assert.Equal("and 99000 more findings", e.Diagnostics[^1].Message);
        HangLimit.AssertNotReached(clock);
    }

    [Fact]
    public void Many_bad_changes_of_a_YAML_patch_are_listed_up_to_a_thousand()
    {
        string changes = string.Concat(Enumerable.Range(0, 5_000).Select(i => $"    - {{state: no{i}, path: [], extra: {{}}}}\n"));

        ConfigPatchException e = Assert.Throws<ConfigPatchException>(
            () => ConfigPatch.ParseYaml($"---\npatches:\n  {Oned}:\n    class: Augeas::ONE\n    change:\n{changes}"));

        Assert.Equal(1001, e.Diagnostics.Count);
        Assert.Equal("and 4000 more findings", e.Diagnostics[^1].Message);
        Assert.Equal("Invalid patch action 'no999'", e.Diagnostics[^2].Message);
    }

    [Fact]
    public void Alias_bomb_is_refused_with_the_limit()
    {
        string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
            + string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        var clock = Stopwatch.StartNew();

        ConfigPatchException e = Assert.Throws<ConfigPatchException>(() => ConfigPatch.ParseYaml("---\n" + bomb + "patches: *a30\n"));

        Assert.Contains("1000000 values", Assert.Single(e.Diagnostics).Message, StringComparison.Ordinal);
        Assert.NotNull(e.Diagnostics[0].Position);
        HangLimit.AssertNotReached(clock);
    }

    [Theory]
    [InlineData("oned", "PORT = 1\n", "PORT")]
    [InlineData("shell", "A=1\n", "A")]
    public void Thousands_of_unwritable_values_of_one_variable_are_refused_in_few_passes(string format, string text, string name)
    {
        ConfigDocument document = (format == "oned" ? ConfigFormat.Oned : ConfigFormat.Shell).Parse(text);
        ConfigChange[] changes = [.. Enumerable.Range(0, 20_000).Select(i => ConfigChange.Set(name, $"two words {i}"))];
        var clock = Stopwatch.StartNew();

        ConfigApplyResult result = document.Apply(changes);

        Assert.All(result.Outcomes, o => Assert.Equal(ChangeStatus.Failed, o.Status));
        Assert.Same(document.Source, result.Text);
        HangLimit.AssertNotReached(clock);
    }

    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{\"a\":", 200_000)]
    [InlineData("\"", 1)]
    [InlineData("\0", 3)]
    public void Bad_JSON_is_a_finding_with_its_line(string piece, int times)
    {
        ConfigPatchException e = Assert.Throws<ConfigPatchException>(
            () => ConfigPatch.ParseLines($"\n{Oned} set A {string.Concat(Enumerable.Repeat(piece, times))}x"));

        Assert.Equal(2, Assert.Single(e.Diagnostics).Position!.Value.Line);
    }

    [Fact]
    public void Line_of_ten_megabytes_is_read() =>
        Assert.Equal(10_000_000, ConfigPatch.ParseLines($"{Oned} set A \"{new string('x', 10_000_000)}\"").Files[0].Changes[0].Value!.AsString().Length);

    [Fact]
    public void Path_of_a_million_elements_does_not_apply()
    {
        ConfigPatch patch = ConfigPatch.ParseLines($"{Oned} set {string.Concat(Enumerable.Repeat("a/", 1_000_000))} 1");

        Assert.NotEqual(ChangeStatus.Applied, ConfigFormat.Oned.Parse("A = 1\n").Apply(patch.Files[0].Changes).Outcomes[0].Status);
        Assert.NotEqual(ChangeStatus.Applied, ConfigFormat.Yaml.Parse("a: 1\n").Apply(patch.Files[0].Changes).Outcomes[0].Status);
    }

    [Theory]
    [InlineData("A\0B")]
    [InlineData("A\nB")]
    public void Name_with_a_control_character_leaves_a_readable_document(string name)
    {
        foreach (ConfigFormat format in (ConfigFormat[])[ConfigFormat.Oned, ConfigFormat.Shell, ConfigFormat.Yaml])
            Assert.NotNull(format.Parse("").Apply(ConfigChange.Set(ConfigPath.Create(name), "1")).Document.ToValue());
    }
}
