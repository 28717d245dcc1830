namespace OneEdge.Config.Formats;

// Walking over characters: columns count characters, line ends are those of YAML 1.1 (LF, CR, CRLF, NEL, LS, PS).
internal ref partial struct YamlScanner
{
    private readonly int At(int offset) => offset < _text.Length ? _text[offset] : -1;

    private readonly bool IsBlankAt(int offset) => At(offset) is ' ' or '\t';

    private readonly bool IsBlankOrEnd(int offset) => offset >= _text.Length || IsBlankAt(offset) || BreakLength(offset) > 0;

    private readonly bool IsBreakOrEnd(int offset) => offset >= _text.Length || BreakLength(offset) > 0;

    // The bytes of the line break at an offset; 0 when there is none.
    private readonly int BreakLength(int offset) => At(offset) switch
    {
        '\n' => 1,
        '\r' => At(offset + 1) == '\n' ? 2 : 1,
        0xC2 when At(offset + 1) == 0x85 => 2,
        0xE2 when At(offset + 1) == 0x80 && At(offset + 2) is 0xA8 or 0xA9 => 3,
        _ => 0,
    };

    // Steps over ASCII characters.
    private void Advance(int count)
    {
        _position += count;
        _column += count;
        _index += count;
    }

    // Steps over the character at the position.
    private void Step()
    {
        _position += _text[_position] switch
        {
            < 0x80 => 1,
            < 0xE0 => 2,
            < 0xF0 => 3,
            _ => 4,
        };
        _column++;
        _index++;
    }

    private void Copy(YamlBytes target)
    {
        int start = _position;
        Step();
        target.Add(_text[start.._position]);
    }

    private void SkipLine()
    {
        int length = BreakLength(_position);
        _index += length == 2 && _text[_position] == '\r' ? 2 : 1;
        _position += length;
        _column = 0;
        _line++;
    }

    private void CopyLine(YamlBytes target)
    {
        int length = BreakLength(_position);
        if (length == 0) return;
        if (length == 3) target.Add(_text.Slice(_position, length));
        else target.Add("\n"u8);
        SkipLine();
    }

    private void SkipToToken()
    {
        while (true)
        {
            if (_column == 0 && _text[_position..].StartsWith("\uFEFF"u8)) Step();
            while (At(_position) == ' ' || (At(_position) == '\t' && (_flowLevel > 0 || !_keyAllowed))) Advance(1);
            if (At(_position) == '#') SkipComment();
            if (BreakLength(_position) == 0) return;
            SkipLine();
            if (_flowLevel == 0) _keyAllowed = true;
        }
    }

    private void SkipComment()
    {
        while (!IsBreakOrEnd(_position)) Step();
    }
}
