using System.Buffers;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>
/// Reads the grammar of the original's lens, and two things more: a byte order mark, and CR LF line ends (a CR before a line end is
/// never part of an unquoted value). One pass; each byte is looked at a small constant number of times.
/// </summary>
internal ref partial struct OnedReader
{
    private static readonly SearchValues<byte> EntryValueEnds = SearchValues.Create(" \t\n\"[#"u8);
    private static readonly SearchValues<byte> ItemValueEnds = SearchValues.Create(" \t\n\"#,"u8);

    private readonly SourceText _source;
    private readonly ReadOnlySpan<byte> _text;
    private readonly int _maxValues;
    private readonly OnedNameTable _names = new();
    private OnedNode[] _nodes;
    private OnedNode[] _items;
    private int _nodeCount;
    private int _itemCount;

    // What failed last; reported when the item around it is given up.
    private int _failAt;
    private string _failText;
    private string? _failHint;

    public OnedReader(SourceText source, ConfigLimits limits)
    {
        _source = source;
        _text = source.Span;
        _maxValues = limits.MaxExpandedValues;
        _nodes = new OnedNode[(source.Length / 192) + 8];
        _items = new OnedNode[(source.Length / 192) + 8];
        _failText = "";
    }

    public List<Diagnostic> Errors { get; } = [];

    public OnedSyntax Read()
    {
        int at = _source.ByteOrderMarkLength;
        while (at < _text.Length)
        {
            int start = SkipBlanks(at);
            if (TryLineEnd(start, out int next)) at = next;
            else if (_text[start] == '#') at = NextLine(start);
            else if (ReadItem(start, out next)) at = next;
            else at = Recover(at, start);
            if (_nodeCount + _itemCount > _maxValues || Errors.Count >= MaxErrors) return StopEarly();
        }

        return new OnedSyntax(_source, _nodes.AsMemory(0, _nodeCount), _items.AsMemory(0, _itemCount), _names.Names);
    }

    private bool ReadItem(int start, out int next)
    {
        next = 0;
        if (!TryNameAndSign(start, out int name, out int value)) return false;
        if (_text[value] == '[') return ReadSection(start, name, value, out next);
        if (!TryValue(value, EntryValueEnds, out int end)) return false;

        int rest = SkipBlanks(end);
        if (rest < _text.Length && _text[rest] == '#') next = NextLine(rest);
        else if (!TryLineEnd(rest, out next))
            return Fail(rest, "the end of the line or a comment is expected", "a value with blanks needs double quotes around it");
        Add(ref _nodes, ref _nodeCount, new OnedNode(name, start, value, end));
        return true;
    }

    private bool ReadSection(int start, int name, int bracket, out int next)
    {
        next = 0;
        int first = _itemCount;
        int at = SkipSpace(bracket + 1);
        while (true)
        {
            if (at >= _text.Length) return Fail(at, "the section has no end", "close it with ']'");
            if (_text[at] == '#')
            {
                at = SkipBlanks(NextLine(at));
                continue;
            }

            if (!TryNameAndSign(at, out int item, out int value) || !TryValue(value, ItemValueEnds, out int end)) return FailItem(at, _itemCount == first);
            int rest = SkipBlanks(end);
            bool more = rest < _text.Length && _text[rest] == ',';
            int close = end;
            if (!more && !TryClose(ref close, ref end, value, out next)) return false;
            Add(ref _items, ref _itemCount, new OnedNode(item, at, value, end));
            if (_nodeCount + _itemCount > _maxValues) return Fail(at, "the file holds too many values");
            if (!more)
            {
                Add(ref _nodes, ref _nodeCount, new OnedNode(name, start, bracket, close, first, _itemCount - first));
                return true;
            }

            at = SkipSpace(rest + 1);
        }
    }

    // Behind the last item: space, comments, "]". An unquoted value takes a "]" at its end for itself when another one follows.
    private bool TryClose(ref int close, ref int valueEnd, int valueStart, out int next)
    {
        int at = SkipSpace(valueEnd);
        bool afterComment = false;
        for (; at < _text.Length && _text[at] == '#'; at = NextLine(at)) afterComment = true;
        if (at < _text.Length && _text[at] == ']')
        {
            close = at + 1;
            if (TryLineEnd(SkipBlanks(close), out next)) return true;
            return Fail(SkipBlanks(close), "the end of the line is expected after ']'", "not even a comment may follow");
        }

        if (_text[valueStart] != '"' && valueEnd - 1 > valueStart && _text[valueEnd - 1] == ']' && TryLineEnd(SkipBlanks(valueEnd), out next))
        {
            close = valueEnd--;
            return true;
        }

        next = 0;
        if (at >= _text.Length) return Fail(at, "the section has no end", "close it with ']'");
        return Fail(at, "',' or ']' is expected", afterComment ? "behind a comment after the last item, ']' stands in the first column" : null);
    }

    private bool TryNameAndSign(int start, out int name, out int value)
    {
        int end = start;
        while (end < _text.Length && OnedGrammar.IsNameByte(_text[end])) end++;
        name = 0;
        value = SkipBlanks(end);
        if (end == start) return Fail(start, "a name is expected", "names have letters, digits and '_'; a comment starts with '#'");
        if (value >= _text.Length || _text[value] != '=') return Fail(value, "'=' is expected after a name");
        value = SkipBlanks(value + 1);
        if (TryLineEnd(value, out _)) return Fail(value, "a value is expected after '='", "write \"\" for an empty one");
        name = _names.NumberOf(_text[start..end]);
        return true;
    }

    private bool TryValue(int start, SearchValues<byte> ends, out int end)
    {
        if (_text[start] == '"') return TryQuoted(start, out end);
        int length = _text[start..].IndexOfAny(ends);
        end = length < 0 ? _text.Length : start + length;
        if (end > start && _text[end - 1] == '\r' && TryLineEnd(end - 1, out _)) end--;
        return end > start || Fail(start, "a value is expected after '='", "write \"\" for an empty one");
    }

    private bool TryQuoted(int start, out int end)
    {
        for (end = start + 1; ; end += 2)
        {
            int found = _text[end..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return Fail(start, "the quoted text that starts here has no end", "close it with '\"'");
            end += found;
            if (_text[end] == '"')
            {
                end++;
                return true;
            }

            if (end + 1 >= _text.Length || _text[end + 1] is not ((byte)'"' or (byte)'\\'))
                return Fail(end, "a backslash in quotes is followed by another one or by '\"'", "write \\\\ for a backslash");
        }
    }

    private readonly int SkipBlanks(int at)
    {
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    private readonly int SkipSpace(int at)
    {
        while (true)
        {
            at = SkipBlanks(at);
            if (at >= _text.Length || !TryLineEnd(at, out int next)) return at;
            at = next;
        }
    }

    // The end of the text ends a line, too.
    private readonly bool TryLineEnd(int at, out int next)
    {
        next = at;
        if (at < _text.Length && _text[at] == '\r') at++;
        if (at < _text.Length && _text[at] != '\n') return false;
        next = Math.Min(at + 1, _text.Length);
        return true;
    }

    private readonly int NextLine(int at)
    {
        int length = _text[at..].IndexOf((byte)'\n');
        return length < 0 ? _text.Length : at + length + 1;
    }

    private readonly void Add(ref OnedNode[] list, ref int count, OnedNode node)
    {
        if (count == list.Length)
        {
            // Room for what the rest of the text needs if it goes on like this: a dense text would otherwise be copied time and again.
            long expected = (long)count * _text.Length / node.ValueEnd * 9 / 8;
            Array.Resize(ref list, (int)Math.Clamp(expected, count + (count / 4L) + 8, count * 4L));
        }

        list[count++] = node;
    }
}
