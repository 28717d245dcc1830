using System.Buffers;
using System.Globalization;
using System.Text;

namespace OneEdge.Text;

/// <summary>Writes the difference of two texts as a unified diff, byte for byte as <c>diff -ud --label OLD --label NEW</c> prints it.</summary>
/// <remarks>The diff is minimal, except for texts of which a minimal one would take many seconds: then it is correct and perhaps longer.</remarks>
public static class UnifiedDiff
{
    /// <summary>Compares two texts for people: values of secret-looking keys are masked, so that the difference can't be applied.</summary>
    /// <inheritdoc cref="Create(SourceText, SourceText, string, string, int)"/>
    public static SourceText CreateMasked(SourceText old, SourceText newer, string oldLabel, string newLabel, int context = 3) =>
        SecretText.CreateMaskedDiff(old, newer, oldLabel, newLabel, context);

    /// <summary>Compares two texts line by line.</summary>
    /// <param name="old">The old text.</param>
    /// <param name="newer">The new text.</param>
    /// <param name="oldLabel">What follows <c>---</c>, usually a file name.</param>
    /// <param name="newLabel">What follows <c>+++</c>.</param>
    /// <param name="context">How many equal lines are shown around a change.</param>
    /// <returns>The diff; the empty text when both texts are equal.</returns>
    public static SourceText Create(SourceText old, SourceText newer, string oldLabel, string newLabel, int context = 3) =>
        Create(old, newer, old, newer, oldLabel, newLabel, context);

    /// <summary>Compares two texts and prints others in their place, which have the same lines but for what is masked.</summary>
    internal static SourceText Create(
        SourceText old, SourceText newer, SourceText shownOld, SourceText shownNew, string oldLabel, string newLabel, int context = 3)
    {
        ArgumentNullException.ThrowIfNull(old);
        ArgumentNullException.ThrowIfNull(newer);
        ArgumentNullException.ThrowIfNull(oldLabel);
        ArgumentNullException.ThrowIfNull(newLabel);
        ArgumentOutOfRangeException.ThrowIfNegative(context);
        if (old.Span.SequenceEqual(newer.Span)) return SourceText.From("");

        var table = new LineTable();
        TextLines oldLines = table.Add(old);
        TextLines newLines = table.Add(newer);
        context = Math.Min(context, Math.Max(oldLines.Count, newLines.Count));
        List<LineChange> changes = LineDiff.Compare(oldLines.Ids, newLines.Ids, context);
        var shown = new Shown(LineTable.Split(shownOld.Bytes), LineTable.Split(shownNew.Bytes), context);
        var output = new ArrayBufferWriter<byte>(256);
        output.Write(SourceEncoding.GetBytes($"--- {oldLabel}\n+++ {newLabel}\n"));
        for (int first = 0; first < changes.Count;)
        {
            int behind = first + 1;
            while (behind < changes.Count && changes[behind].OldStart - changes[behind - 1].OldEnd <= 2L * context) behind++;
            WriteHunk(output, shown, changes.GetRange(first, behind - first));
            first = behind;
        }

        return SourceText.FromBytes(output.WrittenMemory);
    }

    private sealed record Shown(List<ReadOnlyMemory<byte>> Old, List<ReadOnlyMemory<byte>> New, int Context);

    private static void WriteHunk(ArrayBufferWriter<byte> output, Shown shown, List<LineChange> changes)
    {
        int before = Math.Min(shown.Context, changes[0].OldStart);
        int after = Math.Min(shown.Context, shown.Old.Count - changes[^1].OldEnd);
        int line = changes[0].OldStart - before;
        string header = $"@@ -{Range(line, changes[^1].OldEnd + after)} +{Range(changes[0].NewStart - before, changes[^1].NewEnd + after)} @@\n";
        output.Write(Encoding.ASCII.GetBytes(header));
        foreach (LineChange change in changes)
        {
            WriteLines(output, ' ', shown.Old, line, change.OldStart);
            WriteLines(output, '-', shown.Old, change.OldStart, change.OldEnd);
            WriteLines(output, '+', shown.New, change.NewStart, change.NewEnd);
            line = change.OldEnd;
        }

        WriteLines(output, ' ', shown.Old, line, line + after);
    }

    // An empty range is named by the line before it.
    private static string Range(int start, int end) => (end - start) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{start},0"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{start + 1}"),
        int count => string.Create(CultureInfo.InvariantCulture, $"{start + 1},{count}"),
    };

    private static void WriteLines(ArrayBufferWriter<byte> output, char mark, List<ReadOnlyMemory<byte>> lines, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            ReadOnlySpan<byte> line = lines[i].Span;
            output.Write([(byte)mark]);
            output.Write(line);
            if (line[^1] != (byte)'\n') output.Write("\n\\ No newline at end of file\n"u8);
        }
    }
}
