namespace OneEdge.Fuzz;

/// <summary>Makes an input: an item of the corpus, or a row of tokens of the grammar, that is changed in a few places.</summary>
internal sealed class Mutator : IMutator
{
    /// <summary>No input is longer than this.</summary>
    public const int MaxLength = 1024;

    private static readonly byte[][] HostileBytes =
    [
        "\r"u8.ToArray(), "\n"u8.ToArray(), "\r\n"u8.ToArray(), [0], [0xEF, 0xBB, 0xBF], [0xFF], [0xC3], [0xE9, (byte)' '], [0xED, 0xA0, 0x80],
        [0xF0, 0x9F, 0x98, 0x80],
        [0xE2, 0x80, 0xA8], [0xC2, 0x85], [0x7F], [0x1B], "\t"u8.ToArray(), "\\"u8.ToArray(), "\""u8.ToArray(), "'"u8.ToArray(), [0xC3, 0xA9],
    ];

    private static readonly (byte Open, byte Close)[] Brackets =
        [((byte)'[', (byte)']'), ((byte)'{', (byte)'}'), ((byte)'(', (byte)')'), ((byte)'"', (byte)'"'), ((byte)'\'', (byte)'\''), ((byte)'`', (byte)'`')];

    private readonly IReadOnlyList<byte[]> _corpus;
    private readonly IReadOnlyList<byte[]> _tokens;
    private readonly byte[] _text = new byte[MaxLength];
    private int _length;

    public Mutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> tokens)
    {
        _corpus = corpus;
        _tokens = tokens;
    }

    public byte[] Next(Chance chance)
    {
        _length = 0;
        if (chance.OneIn(6)) AppendTokens(chance);
        else Insert(0, Piece(chance.Pick(_corpus), chance));
        for (int left = 1 + chance.Below(chance.OneIn(8) ? 16 : 4); left > 0; left--) Mutate(chance);
        return _text.AsSpan(0, _length).ToArray();
    }

    private void AppendTokens(Chance chance)
    {
        for (int left = 1 + chance.Below(30); left > 0; left--)
        {
            Insert(_length, chance.Pick(_tokens));
            if (chance.OneIn(3)) Insert(_length, chance.OneIn(2) ? "\n"u8 : " "u8);
        }
    }

    // Of a text that is too long, some whole lines.
    private static ReadOnlySpan<byte> Piece(byte[] text, Chance chance)
    {
        if (text.Length <= MaxLength) return text;
        int length = 1 + chance.Below(MaxLength);
        int start = chance.Below(text.Length - length + 1);
        int line = text.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
        if (start - line < length) start = line;
        return text.AsSpan(start, Math.Min(length, text.Length - start));
    }

    private void Mutate(Chance chance)
    {
        (int start, int end) = Range(chance);
        switch (chance.Below(16))
        {
            case 0: if (_length > 0) _text[chance.Below(_length)] ^= (byte)(1 << chance.Below(8)); break;
            case 1: if (_length > 0) _text[chance.Below(_length)] = (byte)chance.Below(256); break;
            case 2: Insert(start, chance.Pick(HostileBytes)); break;
            case 3 or 4 or 5: Insert(start, chance.Pick(_tokens)); break;
            case 6: Replace(start, end, chance.Pick(_tokens)); break;
            case 7: Replace(start, end, []); break;
            case 8: Insert(chance.OneIn(2) ? end : chance.Below(_length + 1), _text.AsSpan(start, end - start).ToArray()); break;
            case 9: Splice(start, end, chance); break;
            case 10: Nest(start, end, chance); break;
            case 11: Lines(chance); break;
            case 12: Replace(start, end, chance.Pick(HostileBytes)); break;
            case 13: Repeat(start, chance.Pick(_tokens), 1 + chance.Below(40)); break;
            case 14: _length = chance.OneIn(2) ? end : _length; break;
            default: WideLineEnds(chance); break;
        }
    }

    // A few bytes mostly, sometimes anything up to the whole text.
    private (int Start, int End) Range(Chance chance)
    {
        int start = chance.Below(_length + 1);
        int length = chance.Below(Math.Min(chance.OneIn(4) ? MaxLength : 8, _length - start) + 1);
        return (start, start + length);
    }

    private void Splice(int start, int end, Chance chance)
    {
        byte[] other = chance.Pick(_corpus);
        int from = chance.Below(other.Length + 1);
        int length = chance.Below(Math.Min(other.Length - from, 200) + 1);
        Replace(start, end, other.AsSpan(from, length));
    }

    private void Nest(int start, int end, Chance chance)
    {
        (byte open, byte close) = Brackets[chance.Below(Brackets.Length)];
        int times = 1 + chance.Below(chance.OneIn(4) ? 200 : 3);
        Repeat(end, [close], chance.OneIn(4) ? chance.Below(times + 1) : times);
        Repeat(start, [open], times);
    }

    // One line twice, gone, or somewhere else.
    private void Lines(Chance chance)
    {
        int at = chance.Below(_length + 1);
        int start = _text.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        int rest = _text.AsSpan(at, _length - at).IndexOf((byte)'\n');
        int end = rest < 0 ? _length : at + rest + 1;
        byte[] line = _text.AsSpan(start, end - start).ToArray();
        int what = chance.Below(3);
        if (what > 0) Replace(start, end, []);
        int to = chance.Below(_length + 1);
        if (what < 2) Insert(_text.AsSpan(0, to).LastIndexOf((byte)'\n') + 1, line);
    }

    private void WideLineEnds(Chance chance)
    {
        bool all = chance.OneIn(2);
        for (int i = 0; i < _length; i++)
        {
            if (_text[i] != '\n' || (!all && !chance.OneIn(3))) continue;
            Insert(i, "\r"u8);
            i++;
        }
    }

    private void Repeat(int at, ReadOnlySpan<byte> bytes, int times)
    {
        for (; times > 0 && _length < MaxLength; times--) Insert(at, bytes);
    }

    private void Replace(int start, int end, ReadOnlySpan<byte> bytes)
    {
        _text.AsSpan(end, _length - end).CopyTo(_text.AsSpan(start));
        _length -= end - start;
        Insert(start, bytes);
    }

    // What does not fit is cut off.
    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        int length = Math.Min(bytes.Length, MaxLength - _length);
        _text.AsSpan(at, _length - at).CopyTo(_text.AsSpan(at + length));
        bytes[..length].CopyTo(_text.AsSpan(at));
        _length += length;
    }
}
