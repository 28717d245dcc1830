using System.Diagnostics;
using OneEdge.Testing;
using OneEdge.Text;

namespace OneEdge.Core.Tests.Text;

public sealed class UnifiedPatchTests
{
    private const string Header = "--- old\n+++ new\n";

    private static UnifiedPatchResult Apply(string diff, string text = "a\nb\nc\n") =>
        UnifiedPatch.Parse(SourceText.From(diff)).Apply(SourceText.From(text, "t"));

    [Fact]
    public void Apply_keeps_the_name_of_the_text() => Assert.Equal("t", Apply(Header + "@@ -1 +1 @@\n-a\n+x\n").Text!.Name);

    [Fact]
    public void Apply_finds_a_hunk_at_an_offset_and_says_where()
    {
        UnifiedPatchResult result = Apply(Header + "@@ -9 +9 @@\n-b\n+x\n");
        Assert.Equal("a\nx\nc\n", result.Text?.ToString());
        Assert.Equal(new UnifiedPatchPlace(2, -7, 0), Assert.Single(result.Places));
    }

    [Fact]
    public void Apply_ignores_context_that_differs_and_leaves_it_as_it_is()
    {
        UnifiedPatchResult result = Apply(Header + "@@ -1,3 +1,3 @@\n A\n-b\n+x\n c\n");
        Assert.Equal("a\nx\nc\n", result.Text?.ToString());
        Assert.Equal(1, result.Places[0].Fuzz);
    }

    [Fact]
    public void Apply_changes_nothing_when_one_of_two_hunks_does_not_fit()
    {
        UnifiedPatchResult result = Apply(Header + "@@ -1 +1 @@\n-a\n+x\n@@ -2 +2 @@\n-q\n+y\n");
        Assert.Null(result.Text);
        Assert.Equal("hunk 2 (line 6 of the diff) does not apply: line 2 of the text is not what the diff expects, and no place nearby fits", result.Reason);
    }

    [Theory]
    [InlineData("garbage", "There is no hunk of a unified diff in the text.")]
    [InlineData("", "There is no hunk of a unified diff in the text.")]
    [InlineData("@@ -x +1 @@\n-a\n", "Malformed diff at its line 1: not a hunk header; expected @@ -LINE,COUNT +LINE,COUNT @@.")]
    [InlineData("@@ -1 +1 @@\n-a\n*b\n", "Malformed diff at its line 3: a line of a hunk begins with a blank, '-' or '+'.")]
    [InlineData("@@ -1 +1 @@\n a\n", "Malformed diff at its line 2: the hunk changes nothing.")]
    [InlineData("@@ -1,9 +1,9 @@\n-a\n+b\n", "Malformed diff at its line 3: the diff ends in the middle of a hunk.")]
    [InlineData("@@ -99999999999999999999 +1 @@\n-a\n+x\n", "Malformed diff at its line 1: not a hunk header; expected @@ -LINE,COUNT +LINE,COUNT @@.")]
    public void TryParse_of_something_else_says_what_and_where(string diff, string message)
    {
        Assert.False(UnifiedPatch.TryParse(SourceText.From(diff), out _, out Diagnostic? error));
        Assert.Equal(message, error.Message);
        Assert.Throws<FormatException>(() => UnifiedPatch.Parse(SourceText.From(diff)));
    }

    [Fact]
    public void Apply_takes_a_last_line_without_a_line_end_where_patch_drops_it() =>
        Assert.Equal("x\nb\nc\n", Apply(Header + "@@ -1 +1 @@\n-a\n+x").Text?.ToString());

    public static TheoryData<string, string> AsPatchDoes() => new()
    {
        { "@@ -1,3 +1,3 @@\n a\n-b\n+x\n", "a\nb\nc\n" },
        { "@@ -1,2 +1,2 @@\n-a\n+x\n b\n--- old\n+++ new\n@@ -1,2 +1,2 @@\n-x\n+y\n b\n", "a\nb\nc\n" },
        { "@@ -1,2 +1,2 @@\n-a\n+x\n b\ntrailing garbage\n", "a\nb\nc\n" },
        { "@@ -0,0 +1 @@\n+q\n", "a\n" },
        { "@@ -1,3 +1,2 @@\n a\n-b\n", "a\nb\nc\n" },
        { "@@ -1,2 +1,3 @@\n a\n b\n+q\n", "a\nb" },
        { "@@ -1,1 +1,2 @@\n a\n\\ No newline at end of file\n+b\n", "a" },
        { "@@ -1,1 +1,1 @@\n-a\n+b\n\\ No newline at end of file\n", "a\nc\n" },
        { "@@ -5 +5 @@\n-a\n+b\ngarbage\n@@ -7 +7 @@\n-c\n+d\n", "a\nb\nc\n" },
        { "@@ -9,0 +9 @@\n+b\n", "a\nb\nc\n" },
        { "@@ -1 +1 @@ section\n-a\n+b\n", "a\n" },
        { "@@ -1,2 +1,2 @@\n-a\n+x\n\tb\n", "a\n\tb\n" },
        { "@@ -1,2 +1,2 @@\n-a\n+x\n\n", "a\n\n" },
        { "@@ -1,4 +1,4 @@\n-a\n+x\n", "a\nb\nc\n" },
        { "@@ -1,5 +1,5 @@\n-a\n+x\n", "a\nb\nc\n" },
        { "@@ -1 +1 @@\r\n-a\r\n+x\r\n", "a\r\nb\r\n" },
        { "@@ -3 +3 @@\n-c\n+x\n@@ -1 +1 @@\n-a\n+y\n", "a\nb\nc\n" },
        { "@@ -1 1 @@\n-a\n+x\n", "a\n" },
        { "@@ -1 +1\n-a\n+x\n", "a\n" },
        { "--- /dev/null\n+++ new\n@@ -0,0 +1 @@\n+q\n", "a\n" },
        { "--- /dev/null\n+++ new\n@@ -0,0 +1 @@\n+q\n", "" },
        { "--- old\r\n+++ new\r\n@@ -1,2 +1,2 @@\r\n-a\r\n+x\r\n b\r\n", "a\nb\n" },
        { "--- old\r\n+++ new\r\n@@ -1 +1 @@\n-a\r\n+x\r\n", "a\r\nb\r\n" },
    };

    [Theory]
    [MemberData(nameof(AsPatchDoes))]
    public void Apply_accepts_and_refuses_as_patch_does(string diff, string text)
    {
        if (!diff.StartsWith('-')) diff = Header + diff;
        using var directory = new TemporaryDirectory();
        AssertSame(directory, GnuTools.Bytes(text), GnuTools.Bytes(diff), "example");
    }

    [Fact]
    public void Apply_gives_what_patch_gives_for_random_texts_that_have_moved_on()
    {
        using var directory = new TemporaryDirectory();
        int applied = 0;
        int refused = 0;
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new RandomTexts(seed);
            List<string> lines = random.Lines(30);
            string text = random.Text(lines);
            string newer = random.Text(random.Edit(lines, 5));
            if (text == newer) continue;
            SourceText diff = UnifiedDiff.Create(SourceText.From(text), SourceText.From(newer), "old", "new", seed % 3 == 0 ? random.Next(5) : 3);
            string moved = random.Text(random.Edit(lines, 4));
            if (AssertSame(directory, GnuTools.Bytes(moved), diff.Bytes.ToArray(), $"seed {seed}")) applied++;
            else refused++;
        }

        Assert.True(applied > 50 && refused > 50, $"{applied} applied, {refused} refused");
    }

    [Fact]
    public void Apply_of_the_diff_of_two_texts_gives_the_second_one()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            var random = new RandomTexts(seed);
            List<string> lines = random.Lines(30);
            SourceText old = SourceText.From(random.Text(lines));
            SourceText newer = SourceText.From(random.Text(random.Edit(lines, 5)));
            if (old.ToString() == newer.ToString()) continue;
            UnifiedPatchResult result = UnifiedPatch.Parse(UnifiedDiff.Create(old, newer, "old", "new")).Apply(old);
            Assert.Equal(newer.ToString(), result.Text?.ToString());
        }
    }

    [Fact]
    public void Apply_of_a_hostile_patch_ends_in_bounded_time()
    {
        string text = string.Concat(Enumerable.Repeat("a\n", 400_000));
        string diff = Header + "@@ -200000,100002 +200000,100001 @@\n" + string.Concat(Enumerable.Repeat(" a\n", 100_000)) + "-b\n b\n";
        var watch = Stopwatch.StartNew();
        Assert.Null(Apply(diff, text).Text);
        HangLimit.AssertNotReached(watch);
    }

    private static bool AssertSame(TemporaryDirectory directory, byte[] text, byte[] diff, string what)
    {
        byte[]? expected = GnuTools.Patch(directory, text, diff);
        string? reason = "no diff";
        byte[]? actual = null;
        if (UnifiedPatch.TryParse(SourceText.FromBytes(diff), out UnifiedPatch? patch, out _))
        {
            UnifiedPatchResult result = patch.Apply(SourceText.FromBytes(text));
            (actual, reason) = (result.Text?.Bytes.ToArray(), result.Reason);
        }

        string Show(byte[]? bytes) => bytes is null ? "(refused)" : SourceEncoding.GetString(bytes);
        Assert.True(
            Show(expected) == Show(actual), $"{what}\n{Show(diff)}\non\n{Show(text)}\npatch gives\n{Show(expected)}\nwe give ({reason})\n{Show(actual)}");
        return actual is not null;
    }
}
