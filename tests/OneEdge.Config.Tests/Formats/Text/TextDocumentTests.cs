using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Config.Tests.Formats.Text;

public sealed class TextDocumentTests
{
    private const string Diff = "--- old\n+++ new\n@@ -1,2 +1,2 @@\n a\n-b\n+x\n";

    private static ChangeOutcome Outcome(ConfigChange change, string text = "a\nb\n") => Assert.Single(ConfigFormat.Text.Parse(text).Apply(change).Outcomes);

    [Fact]
    public void Find_gives_the_whole_text_at_the_root_only()
    {
        ConfigDocument document = ConfigFormat.Text.Parse("a\nb\n");
        Assert.Equal(ConfigValue.From("a\nb\n"), document.Find(ConfigPath.Root));
        Assert.Null(document.Find("a"));
        Assert.Equal([KeyValuePair.Create(ConfigPath.Root, ConfigValue.From("a\nb\n"))], document.Enumerate());
    }

    [Fact]
    public void Set_applies_a_diff_whatever_the_path() =>
        Assert.Equal("a\nx\n", ConfigFormat.Text.Parse("a\nb\n").Apply(ConfigChange.Set("any/where", Diff)).Text.ToString());

    [Fact]
    public void Set_of_null_does_nothing() => Assert.Equal(ChangeStatus.NotApplied, Outcome(ConfigChange.Set("/", ConfigValue.Null)).Status);

    [Fact]
    public void Set_of_a_diff_that_does_not_fit_fails_and_says_which_hunk()
    {
        ChangeOutcome outcome = Outcome(ConfigChange.Set("/", Diff), "q\nr\n");
        Assert.Equal((ChangeStatus.Failed, "Patch command failed"), (outcome.Status, outcome.Reason));
        Assert.StartsWith("hunk 1 (line 3 of the diff) does not apply", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_of_a_number_fails() => Assert.Equal("Patch command failed", Outcome(ConfigChange.Set("/", 5)).Reason);

    [Fact]
    public void Insert_and_remove_fail()
    {
        Assert.Equal(ChangeStatus.Failed, Outcome(ConfigChange.Insert("/", Diff)).Status);
        Assert.Equal(ChangeStatus.Failed, Outcome(ConfigChange.Remove("/")).Status);
    }

    [Fact]
    public void A_change_that_fails_leaves_the_document_as_it_is()
    {
        ConfigDocument document = ConfigFormat.Text.Parse("a\nb\n");
        Assert.Same(document, document.Apply(ConfigChange.Set("/", "garbage")).Document);
    }

    [Fact]
    public void Diff_of_equal_texts_is_empty() => Assert.True(ConfigFormat.Text.Parse("a").DiffTo(ConfigFormat.Text.Parse("a")).IsEmpty);

    [Fact]
    public void Diff_carries_bytes_that_are_not_utf8()
    {
        ConfigDocument old = ConfigFormat.Text.Parse(SourceText.FromBytes(new byte[] { 0xE9, 10 }));
        ConfigDocument newer = ConfigFormat.Text.Parse(SourceText.FromBytes(new byte[] { 0xE8, 0xFF }));
        Assert.Equal([0xE8, 0xFF], old.Apply(old.DiffTo(newer).Changes).Text.Bytes.ToArray());
    }

    [Fact]
    public void Diff_of_every_stock_file_to_that_of_every_other_release_gives_that_one_when_applied()
    {
        IReadOnlyList<string> trees = RealFiles.StockTrees();
        foreach ((string file, string name) in RealFiles.Stock())
        {
            foreach (string other in trees.Select(tree => tree + name).Where(File.Exists))
            {
                ConfigDocument old = ConfigFormat.Text.Parse(SourceText.FromBytes(File.ReadAllBytes(file)));
                ConfigDocument newer = ConfigFormat.Text.Parse(SourceText.FromBytes(File.ReadAllBytes(other)));
                Assert.True(old.Apply(old.DiffTo(newer).Changes).Text.Span.SequenceEqual(newer.Source.Span), name);
            }
        }
    }
}
