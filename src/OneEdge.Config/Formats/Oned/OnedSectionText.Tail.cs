using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

internal sealed partial class OnedSectionText
{
    // Writes what follows the last kept item anew: added items, the comments that stay, the layout of the "]".
    private void RewriteTail(List<TextEdit> edits)
    {
        int start = _last >= 0 ? _originals[_last].Original.ValueEnd : _section.ValueStart + 1;
        List<TailComment> comments = TailComments(start, out bool commentIsLast, out int lastItemEnd);
        string closing = commentIsLast ? _newLine : Part(lastItemEnd, Close);
        OnedLayout layout = Layout();
        string text = _last >= 0 ? BehindLast(comments, closing, layout) : WithoutKept(start, comments, closing, layout);
        edits.Add(new TextEdit(TextSpan.FromBounds(start, Close), text));
    }

    private string BehindLast(List<TailComment> comments, string closing, OnedLayout layout)
    {
        var text = new StringBuilder();
        int done = 0;
        if (_added.Length > 0 && comments is [{ IsOwnLine: false } own, ..])
        {
            // The comment beside the kept item stays there.
            text.Append(',').Append(own.Before).Append(own.Text);
            text.Append(layout.Indent).AppendJoin("," + _newLine + layout.Indent, _added.Select(layout.Format));
            done = 1;
        }
        else
        {
            foreach (OnedEditNode item in _added) text.Append(',').Append(layout.Separator).Append(layout.Format(item));
        }

        if (done == comments.Count) return text.Append(closing).ToString();
        text.Append(done == 1 ? _newLine : comments[0].Before);
        return text.AppendJoin("", comments.Skip(done).Select(c => c.Text)).ToString();
    }

    // Nothing of the old items is kept: the comments come first.
    private string WithoutKept(int start, List<TailComment> comments, string closing, OnedLayout layout)
    {
        string indent = layout.Indent.Length > 0 || layout.Separator.Length > 1 ? layout.Indent : "    ";
        var text = new StringBuilder(Part(start, SkipSpace(start)));
        foreach (TailComment comment in comments) text.Append(comment.Text).Append(indent);
        return text.AppendJoin("," + layout.Separator, _added.Select(layout.Format)).Append(closing).ToString();
    }

    // The comments behind a place that survive: not those that stand beside a removed item on its line.
    private List<TailComment> TailComments(int start, out bool commentIsLast, out int lastItemEnd)
    {
        List<TailComment> kept = [];
        int next = _last + 1;
        bool ownLine = false;
        bool beside = true;
        commentIsLast = false;
        lastItemEnd = start;
        int blank = start;
        for (int at = start; at < Close;)
        {
            if (next < _originals.Length && at == _originals[next].Original.NameStart)
            {
                beside = !ownLine && beside;
                at = blank = lastItemEnd = _originals[next++].Original.ValueEnd;
                commentIsLast = ownLine = false;
                continue;
            }

            switch (Text[at])
            {
                case (byte)'#':
                    int end = NextLine(at);
                    if (ownLine || beside) kept.Add(new TailComment(Before(blank, at, ownLine, kept.Count == 0), Part(at, end), ownLine));
                    at = blank = end;
                    ownLine = commentIsLast = beside = true;
                    break;
                case (byte)'\n':
                    ownLine = beside = true;
                    at++;
                    break;
                case (byte)',':
                    blank = ++at;
                    break;
                default:
                    at++;
                    break;
            }
        }

        return kept;
    }

    // The space before the first comment behind the last item is kept; a comment on a line of its own needs a line end in it.
    private string Before(int start, int at, bool ownLine, bool isFirst)
    {
        string space = isFirst ? Part(start, at) : "";
        return ownLine && !space.Contains('\n', StringComparison.Ordinal) ? _newLine + space : space;
    }

    private OnedLayout Layout()
    {
        OnedNode template = _originals[_last >= 0 ? _last : ^1].Original;
        int line = LineStart(template.NameStart);
        bool ownLine = IsBlank(line, template.NameStart);
        string indent = ownLine ? Part(line, template.NameStart) : "    ";
        int nameEnd = NameEnd(template);
        int sign = SkipBlanks(nameEnd);
        int column = sign - template.NameStart;
        bool aligned = sign - nameEnd > 1
            || _originals.Any(o => NameEnd(o.Original) != nameEnd - template.NameStart + o.Original.NameStart && SignColumn(o.Original) == column);
        return new OnedLayout(indent, ownLine ? _newLine + indent : " ", aligned ? column : 0, sign - nameEnd > 0 ? " " : "", Part(sign, template.ValueStart));
    }

    private int SignColumn(in OnedNode item) => SkipBlanks(NameEnd(item)) - item.NameStart;

    private int NameEnd(in OnedNode item)
    {
        int end = item.NameStart;
        while (OnedGrammar.IsNameByte(Text[end])) end++;
        return end;
    }

    private string Part(int start, int end) => _source.GetString(TextSpan.FromBounds(start, end));

    /// <param name="Before">The space before the comment.</param>
    /// <param name="Text">The comment with its line end.</param>
    /// <param name="IsOwnLine">Whether no item stands on its line.</param>
    private sealed record TailComment(string Before, string Text, bool IsOwnLine);
}

/// <summary>How an added item is laid out: like the last one.</summary>
/// <param name="Indent">The blanks before an item on a line of its own.</param>
/// <param name="Separator">What follows the comma.</param>
/// <param name="Column">The column of the aligned <c>=</c>, counted from the name; 0 when items are not aligned.</param>
/// <param name="Gap">What stands between a name and its <c>=</c> at least.</param>
/// <param name="Sign">The <c>=</c> and the blanks behind it.</param>
internal sealed record OnedLayout(string Indent, string Separator, int Column, string Gap, string Sign)
{
    public string Format(OnedEditNode item) => (item.Name + Gap).PadRight(Column) + Sign + item.Value;
}
