using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Lines, blanks and comments of a text, by byte offset.</summary>
internal sealed class YamlLines(SourceText source)
{
    private readonly bool _hasWide = YamlBreaks.HasWide(source.Span);

    /// <summary>The line end of the file.</summary>
    public string NewLine { get; } = source.Span.IndexOf((byte)'\n') is var i and > 0 && source.Span[i - 1] == '\r' ? "\r\n" : "\n";

    public int Length => source.Length;

    public bool EndsWithoutNewLine => Length > 0 && !YamlBreaks.IsAtEnd(source.Span);

    /// <summary>The start of the line of an offset.</summary>
    public int LineStart(int offset)
    {
        int start = YamlBreaks.BehindLast(source.Span[..offset], _hasWide);
        return Math.Max(start, Math.Min(source.ByteOrderMarkLength, offset));
    }

    /// <summary>The end of the line of an offset, in front of its line end.</summary>
    public int LineEnd(int offset)
    {
        int length = YamlBreaks.First(source.Span[offset..], _hasWide);
        return length < 0 ? Length : offset + length;
    }

    /// <summary>The start of the line behind an offset.</summary>
    public int NextLine(int offset)
    {
        int end = LineEnd(offset);
        return end == Length ? end : end + YamlBreaks.LengthAt(source.Span, end);
    }

    public bool IsLineStart(int offset) => offset == 0 || offset == source.ByteOrderMarkLength || YamlBreaks.IsAtEnd(source.Span[..offset]);

    /// <summary>Whether only spaces stand in front of an offset on its line.</summary>
    public bool IsFirstOnLine(int offset) => source.Span[LineStart(offset)..offset].IndexOfAnyExcept((byte)' ') < 0;

    /// <summary>Whether two offsets stand on the same line.</summary>
    public bool AreOnOneLine(int from, int to) => YamlBreaks.First(source.Span[from..to], _hasWide) < 0;

    /// <summary>The end of a node with what follows on its line: the start of the next line. A block scalar ends there already.</summary>
    public int EndOfLines(int start, int end) => end > start && IsLineStart(end) ? end : NextLine(end);

    public bool HasComment(int from, int to) => source.Span[from..to].Contains((byte)'#');

    /// <summary>Steps back over blanks.</summary>
    public int BeforeBlanks(int offset)
    {
        while (offset > 0 && source.Span[offset - 1] is (byte)' ' or (byte)'\t') offset--;
        return offset;
    }

    /// <summary>The end of an anchor and tag that begin at an offset and end before the content on the same line.</summary>
    public int PropertiesEnd(int start, int contentStart)
    {
        int end = start;
        int at = start;
        while (at < contentStart && source.Span[at] is (byte)'&' or (byte)'!')
        {
            while (at < contentStart && source.Span[at] is not ((byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')) at++;
            end = at;
            while (at < contentStart && source.Span[at] is (byte)' ' or (byte)'\t') at++;
        }

        return end;
    }

    public string Text(int from, int to) => source.GetString(TextSpan.FromBounds(from, to));

    public byte At(int offset) => offset < Length ? source.Span[offset] : (byte)0;
}
