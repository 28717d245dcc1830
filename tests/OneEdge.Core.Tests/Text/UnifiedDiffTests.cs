using System.Diagnostics;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Core.Tests.Text;

public sealed class UnifiedDiffTests
{
    private static string Diff(string old, string newer, int context = 3) =>
        UnifiedDiff.Create(SourceText.From(old), SourceText.From(newer), "old", "new", context).ToString();

    [Fact]
    public void Create_of_equal_texts_is_empty() => Assert.Equal("", Diff("a\n", "a\n"));

    [Fact]
    public void Create_shows_three_lines_of_context_and_both_ranges() =>
        Assert.Equal(
            "--- old\n+++ new\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n", Diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"));

    [Fact]
    public void Create_of_a_text_that_was_empty_names_line_zero() => Assert.Equal("--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n", Diff("", "a\n"));

    [Fact]
    public void Create_marks_a_missing_last_newline() =>
        Assert.Equal("--- old\n+++ new\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n", Diff("a", "a\n"));

    [Fact]
    public void Create_keeps_bytes_that_are_not_utf8()
    {
        SourceText diff = UnifiedDiff.Create(SourceText.FromBytes(new byte[] { 0xE9, 10 }), SourceText.FromBytes(new byte[] { 0xE8, 10 }), "o", "n", 0);
        Assert.Equal([.. "--- o\n+++ n\n@@ -1 +1 @@\n-"u8, 0xE9, 10, (byte)'+', 0xE8, 10], diff.Bytes.ToArray());
    }

    [Fact]
    public void Create_gives_what_diff_prints_for_random_texts()
    {
        using var directory = new TemporaryDirectory();
        for (int seed = 0; seed < 250; seed++)
        {
            var random = new RandomTexts(seed);
            List<string> lines = random.Lines(40);
            byte[] old = GnuTools.Bytes(random.Text(lines));
            byte[] newer = GnuTools.Bytes(random.Text(seed % 5 == 0 ? random.Lines(40) : random.Edit(lines, 6)));
            int context = seed % 4 == 0 ? random.Next(6) : 3;
            string expected = SourceEncoding.GetString(GnuTools.Diff(directory, old, newer, context));
            string actual = UnifiedDiff.Create(SourceText.FromBytes(old), SourceText.FromBytes(newer), "old", "new", context).ToString();
            Assert.True(expected == actual, $"seed {seed}\n{expected}\n--- ours\n{actual}");
        }
    }

    [Fact]
    public void Create_gives_what_diff_prints_for_stock_files_of_two_releases()
    {
        using var directory = new TemporaryDirectory();
        IReadOnlyList<string> trees = RealFiles.StockTrees();
        int compared = 0;
        for (int i = 1; i < trees.Count; i++)
        {
            foreach (string file in Directory.EnumerateFiles(trees[i - 1], "*", SearchOption.AllDirectories))
            {
                string other = Path.Combine(trees[i], Path.GetRelativePath(trees[i - 1], file));
                if (!File.Exists(other)) continue;
                byte[] old = File.ReadAllBytes(file);
                byte[] newer = File.ReadAllBytes(other);
                if (old.AsSpan().SequenceEqual(newer)) continue;
                SourceText actual = UnifiedDiff.Create(SourceText.FromBytes(old), SourceText.FromBytes(newer), "old", "new");
                Assert.Equal(SourceEncoding.GetString(GnuTools.Diff(directory, old, newer, 3)), actual.ToString());
                compared++;
            }
        }

        Assert.True(compared > 10);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    [InlineData(1_000_000)]
    public void Create_is_fast_and_correct_for_hostile_texts_of_a_megabyte(int kinds)
    {
        var random = new Random(1);
        string Text() => string.Concat(Enumerable.Range(0, 300_000).Select(_ => (char)('!' + random.Next(kinds)) + "\n"));
        SourceText old = SourceText.From(Text());
        SourceText newer = SourceText.From(Text());

        var watch = Stopwatch.StartNew();
        SourceText diff = UnifiedDiff.Create(old, newer, "old", "new");
        HangLimit.AssertNotReached(watch);
        UnifiedPatchResult result = UnifiedPatch.Parse(diff).Apply(old);
        Assert.Null(result.Reason);
        Assert.True(result.Text!.Span.SequenceEqual(newer.Span));
    }
}
