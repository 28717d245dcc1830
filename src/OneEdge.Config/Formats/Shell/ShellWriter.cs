using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Writes an edited shell file: only what changed is touched.</summary>
internal static class ShellWriter
{
    /// <summary>Writes a draft.</summary>
    /// <param name="document">The document.</param>
    /// <param name="items">The statements that changes touched, by their place in the document.</param>
    /// <param name="appended">What comes behind them.</param>
    public static SourceText Write(ShellDocument document, IReadOnlyDictionary<int, ShellDraftItem> items, IReadOnlyList<ShellDraftItem> appended)
    {
        List<TextEdit> edits = [];
        int done = -1;
        foreach ((int place, ShellDraftItem item) in items.OrderBy(i => i.Key))
        {
            if (!item.IsRemoved) Edit(edits, item);
            else if (place > done) edits.Add(new TextEdit(RemovedFromLine(document.Statements, items, place, out done), ""));
        }

        Append(edits, document.Source, appended);
        return edits.Count == 0 ? document.Source : document.Source.WithEdits(edits);
    }

    // Neighbours on a line that are removed go as one.
    private static TextSpan RemovedFromLine(IReadOnlyList<ShellStatement> statements, IReadOnlyDictionary<int, ShellDraftItem> items, int first, out int last)
    {
        last = first;
        while (IsOnSameLine(statements, last + 1) && items.TryGetValue(last + 1, out ShellDraftItem? next) && next.IsRemoved) last++;
        return Removed(statements[first], statements[last], IsOnSameLine(statements, last + 1) ? statements[last + 1] : null);
    }

    private static bool IsOnSameLine(IReadOnlyList<ShellStatement> statements, int place) => place < statements.Count && !statements[place].StartsLine;

    // The last statement of a line takes the comment behind it along; the only one takes the line.
    private static TextSpan Removed(ShellStatement first, ShellStatement last, ShellStatement? following)
    {
        if (following is not null) return TextSpan.FromBounds(first.Content.Start, following.Content.Start);
        if (!last.EndsLine) return TextSpan.FromBounds(first.Content.Start, last.Next);
        return first.StartsLine ? TextSpan.FromBounds(first.Start, last.Next) : TextSpan.FromBounds(first.Start, last.Next - last.LineEndLength);
    }

    private static void Edit(List<TextEdit> edits, ShellDraftItem item)
    {
        ShellStatement statement = item.Statement!;
        if (statement.Kind == ShellStatementKind.Export && item.HasUnlisted) Unlist(edits, item);
        if (statement.Kind != ShellStatementKind.Variable) return;
        if (item.IsExported && statement.Export.Length == 0) edits.Add(new TextEdit(statement.Export, "export "));
        if (!item.IsExported && statement.Export.Length > 0) edits.Add(new TextEdit(statement.Export, ""));
        if (item.Value != item.OriginalValue) edits.Add(new TextEdit(statement.Value, item.Value));
    }

    // A name goes with the blanks before it, or with those behind it while no name is kept before it.
    private static void Unlist(List<TextEdit> edits, ShellDraftItem item)
    {
        IReadOnlyList<TextSpan> names = item.Statement!.Names;
        bool kept = false;
        for (int i = 0; i < names.Count; i++)
        {
            if (item.Lists(i)) kept = true;
            else edits.Add(new TextEdit(kept ? TextSpan.FromBounds(names[i - 1].End, names[i].End) : TextSpan.FromBounds(names[i].Start, names[i + 1].Start), ""));
        }
    }

    private static void Append(List<TextEdit> edits, SourceText source, IReadOnlyList<ShellDraftItem> appended)
    {
        string lineEnd = LineEnd(source);
        var text = new StringBuilder();
        foreach (ShellDraftItem item in appended.Where(a => !a.IsRemoved))
        {
            text.Append(item.IsExported ? "export " : "").Append(item.Name).Append('=').Append(item.Value).Append(lineEnd);
        }

        if (text.Length == 0) return;
        int end = source.Length;
        int last = edits.FindIndex(e => e.Span.End == end && e.Span.Length > 0 && e.Replacement.IsEmpty && StartsLine(source, e.Span.Start));
        bool complete = last >= 0 || StartsLine(source, end);

        // A CR at the very end is the half of a line end already.
        string missing = complete ? "" : source.Span[^1] == '\r' ? "\n" : lineEnd;
        edits.Add(new TextEdit(new TextSpan(end, 0), missing + text));
    }

    private static bool StartsLine(SourceText source, int offset) => offset <= source.ByteOrderMarkLength || source.Span[offset - 1] == '\n';

    private static string LineEnd(SourceText source)
    {
        int first = source.Span.IndexOf((byte)'\n');
        return first > 0 && source.Span[first - 1] == '\r' ? "\r\n" : "\n";
    }
}
