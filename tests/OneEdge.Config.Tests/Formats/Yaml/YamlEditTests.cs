using OneEdge.Config.Formats;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Yaml;

/// <summary>What an edit leaves of a text: everything but what it changes.</summary>
public sealed class YamlEditTests
{
    private const string Commented =
        "# top\n:a: 1 # one\n\n# about b\n:b:\n  - x # first\n  # second\n  - 'y'\n:c:\n  :d: \"q\"   # keep\n  :e: [1, 2] # flow\n";

    [Theory]
    [InlineData(":a", "2", "# top\n:a: 2 # one\n")]
    [InlineData(":c/:d", "\"r\"", "  :d: r   # keep\n")]
    [InlineData(":c/:e", "[1, 2, 3]", "  :e: [1, 2, 3] # flow\n")]
    [InlineData(":c/:e", "[2]", "  :e: [2] # flow\n")]
    [InlineData(":c/:e", "5", "  :e: 5 # flow\n")]
    [InlineData(":b", "[\"x\", \"z\"]", "  - x # first\n  # second\n  - z\n")]
    [InlineData(":b", "1", ":b: 1\n:c:")]
    [InlineData(":a", "{\"k\": [1]}", ":a: # one\n  k:\n    - 1\n\n# about b")]
    [InlineData(":a", "\"l1\\nl2\\n\"", ":a: | # one\n  l1\n  l2\n\n")]
    [InlineData(":n", "null", "  :e: [1, 2] # flow\n:n: null\n")]
    [InlineData(":c/:n", "{\"a\": 1}", "  :e: [1, 2] # flow\n  :n:\n    a: 1\n")]
    public void Set_writes_the_value_and_nothing_else(string path, string json, string expected)
    {
        ConfigApplyResult result = ConfigFormat.YamlStrict.Parse(Commented).Apply(ConfigChange.Set(path, ConfigValue.ParseJson(json)));

        Assert.Contains(expected, result.Text.ToString(), StringComparison.Ordinal);
        AssertCommentsStay(Commented, result.Text);
    }

    [Theory]
    [InlineData("k:\n- a\n- b\n", "k", "k:\n- a\n- b\n- new\n")]
    [InlineData("k:\n  - a\nz: 1\n", "k", "k:\n  - a\n  - new\nz: 1\n")]
    [InlineData("k: [a, b]\n", "k", "k: [a, b, new]\n")]
    [InlineData("k: [a, b,]\n", "k", "k: [a, b, new,]\n")]
    [InlineData("k: [\n  a,\n  b\n]\n", "k", "k: [\n  a,\n  b,\n  new\n]\n")]
    [InlineData("k: []\n", "k", "k:\n  - new\n")]
    [InlineData("- a", "/", "- a\n- new")]
    [InlineData("- a\r\n- b\r\n", "/", "- a\r\n- b\r\n- new\r\n")]
    [InlineData("- - a\n  - b\n- c\n", "/", "- - a\n  - b\n- c\n- new\n")]
    [InlineData("k: |-\n  text", "m", "k: |-\n  text\nm: new")]
    [InlineData("k: |\n  text", "m", "k: |-\n  text\nm: new")]
    [InlineData("k: 1\n...\n---\nz: 2\n", "m", "k: 1\nm: new\n...\n---\nz: 2\n")]
    [InlineData("a:\n    b:\n        c: 1\n", "a/b/m", "a:\n    b:\n        c: 1\n        m: new\n")]
    [InlineData("x: {a: 1}\n", "x/m", "x: {a: 1, m: new}\n")]
    [InlineData("x: {}\n", "x/m", "x:\n  m: new\n")]
    public void Insert_follows_the_style_of_its_surroundings(string before, string path, string after) =>
        Assert.Equal(after, Apply(before, ConfigChange.Insert(path, "new")));

    [Theory]
    [InlineData("a: 1 # one\n# about b\nb: 2 # two\nc: 3\n", "b", "a: 1 # one\n# about b\nc: 3\n")]
    [InlineData("a:\n  b: 1\n", "a/b", "a: {}\n")]
    [InlineData("a:\n  # note\n  b: 1\nc: 2\n", "a/b", "a: {}\n  # note\nc: 2\n")]
    [InlineData("a: {b: 1, c: 2}\n", "a/b", "a: {c: 2}\n")]
    [InlineData("a: {b: 1, c: 2}\n", "a/c", "a: {b: 1}\n")]
    [InlineData("a: {b: 1}\n", "a/b", "a: {}\n")]
    [InlineData("? a\n: 1\nb: 2\n", "a", "b: 2\n")]
    [InlineData("a: 1\n", "a", "{}\n")]
    [InlineData("a: 1\nb:\n  - x\n  - y\n\nc: 3\n", "b", "a: 1\n\nc: 3\n")]
    [InlineData("a: |\n  x\n  y\nb: 2\n", "a", "b: 2\n")]
    [InlineData("a: 1\na: 2\nb: 3\n", "a", "b: 3\n")]
    [InlineData("a: &x {p: 1}\nb: *x\nc: *x\n", "a", "b: &x\n  p: 1\nc: *x\n")]
    [InlineData("a: &x\n  p: 1\nb:\n  <<: *x\n  q: 2\n", "a", "b:\n  q: 2\n  p: 1\n")]
    [InlineData("a: &x\n  p: 1\nb:\n  <<: *x\n  q: 2\n", "b/p", "a: &x\n  p: 1\nb:\n  q: 2\n")]
    public void Remove_takes_the_member_and_its_own_comment_only(string before, string path, string after) =>
        Assert.Equal(after, Apply(before, ConfigChange.Remove(path)));

    [Theory]
    [InlineData("- a # one\n# about b\n- b\n", "a", "# about b\n- b\n")]
    [InlineData("- a\n", "a", "[]\n")]
    [InlineData("[a, b, c] # x\n", "b", "[a, c] # x\n")]
    [InlineData("[a, # one\n b, # two\n c]\n", "b", "[a, # one\n  # two\n c]\n")]
    [InlineData("[a, # one\n b]\n", "b", "[a # one\n ]\n")]
    public void Remove_takes_an_item(string before, string item, string after) =>
        Assert.Equal(after, Apply(before, ConfigChange.Remove(ConfigPath.Root, item) with { Key = null, Path = ConfigPath.Root }));

    [Theory]
    [InlineData("", "---\na: 1\n")]
    [InlineData("# note\n", "# note\na: 1\n")]
    [InlineData("---\n", "---\na: 1\n")]
    [InlineData("--- # note\n", "--- # note\na: 1\n")]
    [InlineData("hello # note\n", "a: 1 # note\n")]
    [InlineData("--- hello\n", "---\na: 1\n")]
    [InlineData("# top\n- x\n- y\n# end\n", "# top\na: 1\n# end\n")]
    [InlineData("# top\nb: 2\n# end\n", "# top\na: 1\n# end\n")]
    public void Set_of_the_whole_document_keeps_the_comments_around_it(string before, string after) =>
        Assert.Equal(after, Apply(before, ConfigChange.Set(ConfigPath.Root, ConfigValue.Map(("a", 1)))));

    [Fact]
    public void Change_below_an_alias_is_made_at_its_anchor() =>
        Assert.Equal(":x: &d # anchor\n  :p: 2\n:y: *d\n", Apply(":x: &d # anchor\n  :p: 1\n:y: *d\n", ConfigChange.Set(":y/:p", 2)));

    [Fact]
    public void Change_of_a_merged_member_makes_it_explicit() =>
        Assert.Equal("a: &x\n  p: 1\nb:\n  <<: *x\n  p: 5\n", Apply("a: &x\n  p: 1\nb:\n  <<: *x\n", ConfigChange.Set("b/p", 5)));

    [Fact]
    public void New_member_of_a_merged_map_does_not_reach_the_maps_that_merge_it()
    {
        ConfigApplyResult result = ConfigFormat.Yaml.Parse("a: &x\n  p: 1\nb:\n  <<: *x\n  q: 2\n").Apply(ConfigChange.Insert("a/n", 3));

        Assert.Equal("{\"a\":{\"p\":1,\"n\":3},\"b\":{\"q\":2,\"p\":1}}", result.Document.ToValue().ToJson());
    }

    [Fact]
    public void Value_that_is_there_already_leaves_the_very_text()
    {
        ConfigDocument document = ConfigFormat.Yaml.Parse(Commented);

        Assert.Same(document.Source, document.Apply(ConfigChange.Set(":a", 1)).Text);
    }

    [Theory]
    [InlineData("a: 1", "a/b/c", "Patch path 'a/b' not found")]
    [InlineData(":a: 1", ":a/:b/:c", "Patch path 'a/b' not found")]
    [InlineData("a: 1", "a/b", "Expected Hash but got Integer")]
    [InlineData("- 1", "b", "Expected Hash but got Array")]
    [InlineData("", "b", "Expected Hash but got FalseClass")]
    [InlineData("a: :s", "a/b", "Expected Hash but got Symbol")]
    public void Change_that_cannot_be_made_fails_with_the_words_of_the_original(string text, string path, string reason)
    {
        ConfigApplyResult result = ConfigFormat.Yaml.Parse(text).Apply(ConfigChange.Set(path, 1));

        Assert.Equal((ChangeStatus.Failed, reason), (result.Outcomes[0].Status, result.Outcomes[0].Reason));
    }

    [Fact]
    public void Ten_thousand_changes_cost_little_more_than_one_text()
    {
        ConfigDocument document = ConfigFormat.YamlStrict.Parse(Commented);
        ConfigChange[] changes =
        [
            .. Enumerable.Range(0, 10_000).Select(i => ConfigChange.Set($":c/:k{i}", i)),
            .. Enumerable.Range(0, 10_000).Select(i => ConfigChange.Insert(":b", i)),
        ];
        ConfigApplyResult grown = document.Apply(changes);

        ConfigApplyResult shrunk = grown.Document.Apply(
        [
            .. Enumerable.Range(0, 10_000).Select(i => ConfigChange.Remove($":c/:k{i}")),
            .. Enumerable.Range(0, 10_000).Select(i => ConfigChange.Remove(":b", i)),
        ]);

        Assert.True(grown.IsComplete && shrunk.IsComplete);
        Assert.Equal(Commented, shrunk.Text.ToString());
    }

    private static string Apply(string before, ConfigChange change)
    {
        var editor = (YamlEditor)ConfigFormat.Yaml.Parse(before).CreateEditor();
        Assert.Equal(ChangeStatus.Applied, editor.Apply(change).Status);
        string after = editor.ToSource().ToString();
        Assert.Equal(YamlEditDetail.Fine, editor.Detail);
        return after;
    }

    private static void AssertCommentsStay(string before, SourceText after)
    {
        foreach (string comment in before.Split('\n').Where(l => l.TrimStart().StartsWith('#')))
            Assert.Contains(comment.Trim() == "# second" ? "" : comment, after.ToString(), StringComparison.Ordinal);
    }
}
