using System.Text;

namespace OneEdge.Config.Formats;

// Plain and quoted scalars.
internal ref partial struct YamlScanner
{
    private void ScanPlain()
    {
        YamlMark start = Mark;
        YamlMark end = start;
        bool afterBreak = false;
        int indent = _indent + 1;
        _content.Clear();
        ClearGap();
        while (!AtDocumentMark() && At(_position) != '#')
        {
            int from = _position;
            ScanPlainWord(start);
            if (_position > from)
            {
                AppendGap(afterBreak);
                afterBreak = false;
                _content.Add(_text[from.._position]);
                end = Mark;
            }

            if (!IsBlankAt(_position) && BreakLength(_position) == 0) break;
            ScanPlainGap(start, indent, ref afterBreak);
            if (_flowLevel == 0 && _column < indent) break;
        }

        if (afterBreak) _keyAllowed = true;
        _queue.Add(new YamlToken(YamlTokenKind.Scalar, start, end, _content.ToString()));
    }

    private void ScanPlainWord(YamlMark start)
    {
        while (!IsBlankOrEnd(_position))
        {
            int c = _text[_position];
            if (c == ':')
            {
                if (_flowLevel > 0 && At(_position + 1) is ',' or '?' or '[' or ']' or '{' or '}')
                    throw YamlErrorException.Syntax("while scanning a plain scalar", start, "found unexpected ':'", Mark);
                if (IsBlankOrEnd(_position + 1)) return;
            }
            else if (_flowLevel > 0 && c is ',' or '[' or ']' or '{' or '}')
            {
                return;
            }

            Step();
        }
    }

    private void ScanPlainGap(YamlMark start, int indent, ref bool afterBreak)
    {
        while (true)
        {
            if (IsBlankAt(_position))
            {
                if (afterBreak && _column < indent && _text[_position] == '\t')
                    throw YamlErrorException.Syntax("while scanning a plain scalar", start, "found a tab character that violates indentation", Mark);
                ScanBlank(afterBreak);
            }
            else if (BreakLength(_position) > 0)
            {
                ScanBreak(ref afterBreak);
            }
            else
            {
                return;
            }
        }
    }

    private void ScanBlank(bool afterBreak)
    {
        if (afterBreak) Advance(1);
        else Copy(_spaces);
    }

    private void ScanBreak(ref bool afterBreak)
    {
        if (afterBreak)
        {
            CopyLine(_moreBreaks);
            return;
        }

        _spaces.Clear();
        CopyLine(_firstBreak);
        afterBreak = true;
    }

    private readonly void ClearGap()
    {
        _spaces.Clear();
        _firstBreak.Clear();
        _moreBreaks.Clear();
    }

    // One line break folds into a space, more of them into one less.
    private readonly void AppendGap(bool afterBreak)
    {
        if (!afterBreak)
        {
            _content.Add(_spaces.Span);
        }
        else if (_firstBreak.Span.StartsWith("\n"u8))
        {
            _content.Add(_moreBreaks.Length == 0 ? " "u8 : _moreBreaks.Span);
        }
        else
        {
            _content.Add(_firstBreak.Span);
            _content.Add(_moreBreaks.Span);
        }

        ClearGap();
    }

    private void ScanQuoted(bool single)
    {
        YamlMark start = Mark;
        byte quote = _text[_position];
        _content.Clear();
        Advance(1);
        while (true)
        {
            if (AtDocumentMark()) throw YamlErrorException.Syntax("while scanning a quoted scalar", start, "found unexpected document indicator", Mark);
            if (_position >= _text.Length) throw YamlErrorException.Syntax("while scanning a quoted scalar", start, "found unexpected end of stream", Mark);
            ClearGap();
            bool afterBreak = ScanQuotedWord(quote, start);
            if (At(_position) == quote) break;
            while (IsBlankAt(_position) || BreakLength(_position) > 0)
            {
                if (IsBlankAt(_position)) ScanBlank(afterBreak);
                else ScanBreak(ref afterBreak);
            }

            AppendGap(afterBreak);
        }

        Advance(1);
        Add(YamlTokenKind.Scalar, start, _content.ToString(), style: single ? YamlStyle.SingleQuoted : YamlStyle.DoubleQuoted);
    }

    // Gives whether it stopped behind an escaped line break.
    private bool ScanQuotedWord(byte quote, YamlMark start)
    {
        while (!IsBlankOrEnd(_position))
        {
            byte c = _text[_position];
            if (c == quote)
            {
                if (quote == '"' || At(_position + 1) != '\'') return false;
                _content.Add("'"u8);
                Advance(2);
            }
            else if (c == '\\' && quote == '"')
            {
                if (BreakLength(_position + 1) > 0)
                {
                    Advance(1);
                    SkipLine();
                    return true;
                }

                ScanEscape(start);
            }
            else
            {
                Copy(_content);
            }
        }

        return false;
    }

    private void ScanEscape(YamlMark start)
    {
        int digits = 0;
        switch (At(_position + 1))
        {
            case 'x':
                digits = 2;
                break;
            case 'u':
                digits = 4;
                break;
            case 'U':
                digits = 8;
                break;
            case int c when YamlEscapes.Find((char)Math.Max(c, 0)) is { } rune:
                _content.Add(rune);
                break;
            default:
                throw YamlErrorException.Syntax("while parsing a quoted scalar", start, "found unknown escape character", Mark);
        }

        Advance(2);
        if (digits > 0) ScanHexEscape(digits, start);
    }

    private void ScanHexEscape(int digits, YamlMark start)
    {
        uint code = 0;
        for (int i = 0; i < digits; i++)
        {
            int c = At(_position + i);
            if (c < 0 || !char.IsAsciiHexDigit((char)c))
                throw YamlErrorException.Syntax("while parsing a quoted scalar", start, "did not find expected hexdecimal number", Mark);
            code = (code << 4) + (uint)Convert.ToInt32(((char)c).ToString(), 16);
        }

        if (!Rune.IsValid(code)) throw YamlErrorException.Syntax("while parsing a quoted scalar", start, "found invalid Unicode character escape code", Mark);
        _content.Add(new Rune(code));
        Advance(digits);
    }
}
