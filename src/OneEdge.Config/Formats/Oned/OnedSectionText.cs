using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>
/// The edits of one section of the text. The grammar is narrow about what may stand between items: no blank line behind a comment;
/// behind the last item only comments in the first column (but for the first) and then <c>]</c> at once. So what a removal leaves behind is made to fit.
/// </summary>
internal sealed partial class OnedSectionText
{
    private readonly SourceText _source;
    private readonly OnedNode _section;
    private readonly string _newLine;
    private readonly OnedEditNode[] _originals;
    private readonly OnedEditNode[] _added;
    private readonly int _last;

    public OnedSectionText(OnedSyntax syntax, OnedEditNode section, string newLine)
    {
        _source = syntax.Source;
        _section = section.Original;
        _newLine = newLine;
        _originals = [.. section.Items.Nodes.Take(_section.ItemCount)];
        _added = [.. section.Items.Nodes.Skip(_section.ItemCount).Where(n => !n.IsRemoved)];
        _last = Array.FindLastIndex(_originals, n => !n.IsRemoved);
    }

    private ReadOnlySpan<byte> Text => _source.Span;

    // Where the "]" stands.
    private int Close => _section.ValueEnd - 1;

    public void AddEdits(List<TextEdit> edits)
    {
        foreach (OnedEditNode item in _originals)
        {
            if (!item.IsRemoved && item.HasNewValue) edits.Add(OnedTextWriter.ValueEdit(item));
        }

        if (_originals.Take(_last + 1).Any(n => n.IsRemoved)) RemoveInner(edits);
        if (_last < _originals.Length - 1 || _added.Length > 0) RewriteTail(edits);
    }

    // Removes items that have a kept one behind them.
    private void RemoveInner(List<TextEdit> edits)
    {
        List<TextSpan> gone = [];
        bool afterBracket = !HasComment(_section.ValueStart + 1, _originals[0].Original.NameStart);
        bool afterComment = !afterBracket;
        for (int i = 0; i < _last; i++)
        {
            int comma = SkipBlanks(_originals[i].Original.ValueEnd);
            int next = _originals[i + 1].Original.NameStart;
            if (_originals[i].IsRemoved)
            {
                TextSpan span = SpanOf(_originals[i].Original, comma + 1, afterBracket, gone);
                if (afterComment) span = TextSpan.FromBounds(span.Start, SkipEmptyLines(span.End, next));
                Merge(gone, span);
                if (!HasComment(Math.Max(span.End, comma + 1), next)) continue;
            }

            afterBracket = false;
            afterComment = HasComment(comma + 1, next);
        }

        edits.AddRange(gone.Select(span => new TextEdit(span, ReadOnlyMemory<byte>.Empty)));
    }

    // What goes with a removed item: its lines with their comment, or on a shared line just the item and one comma.
    private TextSpan SpanOf(in OnedNode item, int afterComma, bool afterBracket, List<TextSpan> gone)
    {
        int line = LineStart(item.NameStart);
        bool ownLine = IsBlank(line, item.NameStart) || (gone.Count > 0 && gone[^1].End == item.NameStart && IsBlank(line, Math.Max(line, gone[^1].Start)));
        int rest = SkipBlanks(afterComma);
        if (ownLine && (IsLineEnd(rest) || Text[rest] == '#')) return TextSpan.FromBounds(line, NextLine(rest));
        if (ownLine) return TextSpan.FromBounds(item.NameStart, rest);
        if (afterBracket) return TextSpan.FromBounds(item.NameStart, SkipSpace(afterComma));
        int before = item.NameStart;
        while (Text[before - 1] is (byte)' ' or (byte)'\t') before--;
        return TextSpan.FromBounds(before, afterComma);
    }

    private static void Merge(List<TextSpan> gone, TextSpan span)
    {
        if (gone.Count > 0 && span.Start <= gone[^1].End)
        {
            gone[^1] = TextSpan.FromBounds(Math.Min(gone[^1].Start, span.Start), Math.Max(gone[^1].End, span.End));
            return;
        }

        gone.Add(span);
    }

    private int LineStart(int at) => Text[..at].LastIndexOf((byte)'\n') + 1;

    private int NextLine(int at)
    {
        int length = Text[at..].IndexOf((byte)'\n');
        return length < 0 ? Text.Length : at + length + 1;
    }

    private int SkipBlanks(int at)
    {
        while (at < Text.Length && Text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    private int SkipSpace(int at)
    {
        while (at < Text.Length && Text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') at++;
        return at;
    }

    private int SkipEmptyLines(int at, int end)
    {
        while (at < end && IsLineEnd(SkipBlanks(at))) at = NextLine(at);
        return at;
    }

    private bool IsLineEnd(int at) => Text[at] == '\n' || (Text[at] == '\r' && at + 1 < Text.Length && Text[at + 1] == '\n');

    // Between items there is nothing but commas, space and comments.
    private bool HasComment(int start, int end) => start < end && Text[start..end].Contains((byte)'#');

    private bool IsBlank(int start, int end) => !Text[start..end].ContainsAnyExcept((byte)' ', (byte)'\t');
}
