using System.Buffers;
using OneEdge.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>
/// Reads the key=value form as the core's scanner and grammar do: the longest token wins, and where no token fits, a byte is passed over.
/// Every CR counts as a line end, because XML carries the text. One pass; each byte is looked at a small constant number of times.
/// </summary>
internal ref partial struct TemplateReader
{
    private static readonly SearchValues<byte> PlainValueEnds = SearchValues.Create("=# \t\n\r,[]"u8);

    private readonly SourceText _source;
    private readonly ReadOnlySpan<byte> _text;
    private readonly TemplateLimits _limits;
    private TemplateNode[] _nodes;
    private TemplateNode[] _items;
    private int _nodeCount;
    private int _itemCount;

    // From here on there is no line end any more.
    private int _openLine;

    // The next "]]>" at or behind the value that was looked at last, and where on its line it can be seen from.
    private int _cdata;
    private int _cdataVisible;

    // Behind the last bytes that were passed over.
    private int _ignoredEnd;

    public TemplateReader(SourceText source, TemplateLimits limits)
    {
        _source = source;
        _text = source.Span;
        _limits = limits;
        (int nodes, int items) = Estimate(_text);
        _nodes = GC.AllocateUninitializedArray<TemplateNode>(nodes);
        _items = GC.AllocateUninitializedArray<TemplateNode>(items);
        _openLine = source.Length + 1;
        _cdata = -1;
    }

    /// <summary>What was found: warnings, and the one error that ends the reading.</summary>
    public List<Diagnostic> Findings { get; } = [];

    /// <summary>The attributes, or <see langword="null"/> when there is an error.</summary>
    public TemplateSyntax? Read()
    {
        if (!CheckText()) return null;
        int at = 0;
        while ((at = SkipToToken(at)) < _text.Length)
        {
            if (!ReadAttribute(ref at)) return null;
        }

        return new TemplateSyntax(_source, _nodes.AsMemory(0, _nodeCount), _items.AsMemory(0, _itemCount));
    }

    private bool ReadAttribute(ref int at)
    {
        int name = at;
        if (!TryName(ref at, "an attribute") || !TrySign(ref at, out int nameLength, name)) return false;
        if (IsLineEnd(at))
        {
            Add(ref _nodes, ref _nodeCount, new TemplateNode(name, nameLength, at, at));
            at++;
            return CheckCount(name);
        }

        if (!SkipToValue(ref at)) return false;
        if (_text[at] == '[') return ReadVector(ref at, name, nameLength);
        if (!ReadValue(at, out int end, out int kind)) return false;
        Add(ref _nodes, ref _nodeCount, new TemplateNode(name, nameLength, at, end, kind));
        at = end;
        return CheckCount(name);
    }

    private bool ReadVector(ref int at, int name, int nameLength)
    {
        int bracket = at;
        int first = _itemCount;
        at = SkipToToken(at + 1);
        if (!IsAt(at, ']'))
        {
            while (true)
            {
                if (!ReadItem(ref at)) return false;
                at = SkipToToken(at);
                if (IsAt(at, ']')) break;
                if (at >= _text.Length) return Fail(bracket, "the vector that starts here has no end", "close it with ']'");
                if (_text[at] != ',') return Fail(at, "',' or ']' is expected in a vector", "a value with blanks needs double quotes around it");
                at = SkipToToken(at + 1);
                if (IsAt(at, ']')) return Fail(at, "another value is expected after ','", "there is no comma after the last value");
            }
        }

        Add(ref _nodes, ref _nodeCount, new TemplateNode(name, nameLength, bracket, ++at, first, _itemCount - first));
        return CheckCount(name);
    }

    private bool ReadItem(ref int at)
    {
        int name = at;
        if (!TryName(ref at, "a vector") || !TrySign(ref at, out int nameLength, name)) return false;
        if (IsLineEnd(at)) return Fail(at, "a value is expected after '='", "in a vector, write \"\" for an empty one");
        if (_text.Length > name && char.IsAsciiDigit((char)_text[name]))
            return Fail(name, "the name of a value in a vector starts with a digit, and OpenNebula cannot store it", "start it with a letter or '_'");
        if (!SkipToValue(ref at)) return false;
        if (_text[at] == '[') return Fail(at, "a vector cannot hold another one");
        if (!ReadValue(at, out int end, out int kind)) return false;
        Add(ref _items, ref _itemCount, new TemplateNode(name, nameLength, at, end, kind));
        at = end;
        return CheckCount(name);
    }

    private bool TryName(ref int at, string of)
    {
        int start = at;
        while (at < _text.Length && TemplateName.IsNameByte(_text[at])) at++;
        if (at == start) return Fail(at, $"the name of {(of == "a vector" ? "a value in a vector" : of)} is expected", UnexpectedHint(at));
        return at - start <= TemplateName.MaxLength || Fail(start, $"the name is longer than {TemplateName.MaxLength} bytes");
    }

    // Behind "=" and blanks.
    private bool TrySign(ref int at, out int nameLength, int name)
    {
        nameLength = at - name;
        int end = at;
        at = SkipToToken(at);
        if (!IsAt(at, '=')) return Fail(end, "'=' is expected after a name",
            "names have letters, digits and '_'; a value with blanks needs double quotes around it");
        at = SkipBlanks(at + 1);
        return true;
    }

    private bool ReadValue(int start, out int end, out int kind)
    {
        kind = TemplateNode.Plain;
        if (_text[start] != '"' || !TryQuoted(start, out end))
        {
            int length = _text[start..].IndexOfAny(PlainValueEnds);
            end = length < 0 ? _text.Length : start + length;
        }
        else
        {
            kind = TemplateNode.Quoted;
        }

        if (_cdata < end) return Fail(_cdata, "a value holds ]]>, which OpenNebula refuses", "in JSON write \\u003e for '>'");
        return end - start <= TemplateValue.MaxBytes || Fail(start, $"the value is longer than {TemplateValue.MaxBytes} bytes");
    }

    // The text closes at the first quote that no backslash precedes; when there is none, at the last one. A longer unquoted value wins.
    private readonly bool TryQuoted(int start, out int end)
    {
        end = -1;
        for (int from = start + 1; ;)
        {
            int found = _text[from..].IndexOf((byte)'"');
            if (found < 0) break;
            end = from + found + 1;
            if (end - 2 == start || _text[end - 2] != '\\') break;
            from = end;
        }

        if (end < 0) return false;
        return end >= _text.Length || PlainValueEnds.Contains(_text[end]) || _text[start..end].ContainsAny(PlainValueEnds);
    }

    private readonly int SkipBlanks(int at)
    {
        while (at < _text.Length && _text[at] is (byte)' ' or (byte)'\t') at++;
        return at;
    }

    private readonly bool IsLineEnd(int at) => at < _text.Length && _text[at] is (byte)'\n' or (byte)'\r';

    private readonly bool IsAt(int at, char sign) => at < _text.Length && _text[at] == sign;

    // Every value has its sign, and in a vector but one a comma. Signs in quotes make it too much; a text of signs only must not cost a multiple of its size.
    private static (int Nodes, int Items) Estimate(ReadOnlySpan<byte> text)
    {
        int most = (text.Length / 4) + 4;
        int signs = text.Count((byte)'=');
        int items = Math.Min(signs, text.Count((byte)',') + text.Count((byte)'['));
        return (Math.Min(signs - items + 1, most), Math.Min(items, most));
    }

    private readonly void Add(ref TemplateNode[] list, ref int count, TemplateNode node)
    {
        if (count == list.Length)
        {
            // Room for what the rest of the text needs if it goes on like this: a dense text would otherwise be copied time and again.
            long expected = (long)count * _text.Length / Math.Max(1, node.ValueEnd) * 9 / 8;
            Array.Resize(ref list, (int)Math.Clamp(expected, count + (count / 4L) + 8, (count * 4L) + 8));
        }

        list[count++] = node;
    }
}
