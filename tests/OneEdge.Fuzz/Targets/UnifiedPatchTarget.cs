using OneEdge.Text;

namespace OneEdge.Fuzz.Targets;

/// <summary>Unified diffs: those that were written by hand, and those of the library.</summary>
internal sealed class UnifiedPatchTarget : FuzzTarget
{
    private static readonly SourceText Sample = SourceText.From("a\nb\nc\nd\ne\nf\ng\n");

    public override string Name => "unified-patch";

    public override IReadOnlyList<string> Seeds { get; } =
    [
        "--- old\n+++ new\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n",
        "--- a\n+++ b\n@@ -1 +1,2 @@\n-a\n+x\n+y\n@@ -5,3 +6,2 @@\n e\n-f\n g\n\\ No newline at end of file\n",
        "--- /dev/null\n+++ b\n@@ -0,0 +1,2 @@\n+x\n+y\n",
        "text\n--- a\r\n+++ b\r\n@@ -2,2 +2,2 @@\r\n b\r\n-c\r\n+x\r\n\\ No newline at end of file\r\n",
        "a\nb\nc\nd\nx\nb\nc\ny\n",
    ];

    public override IReadOnlyList<string> Tokens { get; } =
        ["--- a\n", "+++ b\n", "@@ -1,3 +1,3 @@\n", "@@ -1 +1 @@\n", "@@ -0,0 +1 @@\n", "@@ -2147483647,2147483647 +2147483647,2147483647 @@\n", "@@", "-",
            "+", " ", "\\ No newline at end of file\n", "\n", "\r\n", "\t", "=", "-a\n", "+x\n", " b\n", " c\n", "a\n", "b\n", "c\n", ",", "0", "9",
            "/dev/null"];

    public override bool Execute(byte[] input, Chance chance)
    {
        CheckOwnDiff(input, chance);
        bool accepted = UnifiedPatch.TryParse(SourceText.FromBytes(input, "f"), out UnifiedPatch? patch, out Diagnostic? error);
        CheckDiagnostics(error is null ? [] : [error], input, accepted);
        if (patch is null) return false;
        UnifiedPatchResult result = patch.Apply(Sample);
        OracleException.Check(result.IsApplied || result.Reason.Length > 0, "a patch that does not apply has a reason", () => "");
        OracleException.Check(result.Places.Count <= patch.HunkCount, "a hunk has one place", () => $"{result.Places.Count} of {patch.HunkCount}");
        return true;
    }

    // The input in two parts is an old and a new text.
    private static void CheckOwnDiff(byte[] input, Chance chance)
    {
        int cut = chance.Below(input.Length + 1);
        SourceText old = SourceText.FromBytes(input.AsMemory(0, cut));
        SourceText newer = SourceText.FromBytes(input.AsMemory(cut));
        SourceText diff = UnifiedDiff.Create(old, newer, "old", "new", chance.Below(4));
        _ = UnifiedDiff.CreateMasked(old, newer, "old", "new");
        if (diff.Length == 0)
        {
            OracleException.Check(old.Span.SequenceEqual(newer.Span), "texts without a difference are equal", () => "");
            return;
        }

        bool readable = UnifiedPatch.TryParse(diff, out UnifiedPatch? patch, out Diagnostic? error);
        OracleException.Check(readable, "a written diff can be read", () => $"{error}\n{Show(diff.Span)}");
        UnifiedPatchResult result = patch!.Apply(old);
        OracleException.Check(result.IsApplied
            && result.Text.Span.SequenceEqual(newer.Span), "a diff applied to the old text gives the new one",
            () => $"{result.Reason}\n{Show(old.Span)}\n{Show(newer.Span)}\n{Show(diff.Span)}");
    }
}
