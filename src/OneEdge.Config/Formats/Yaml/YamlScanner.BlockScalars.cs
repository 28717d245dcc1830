namespace OneEdge.Config.Formats;

// Literal and folded scalars.
internal ref partial struct YamlScanner
{
    private const string BlockScalar = "while scanning a block scalar";

    private void ScanBlockScalar(bool literal)
    {
        YamlMark start = Mark;
        Advance(1);
        (int increment, int chomping) = ScanBlockHeader(start);
        int indent = increment == 0 ? 0 : Math.Max(_indent, 0) + increment;
        _content.Clear();
        ClearGap();
        YamlMark end = Mark;
        YamlMark lastContent = Mark;
        indent = ScanBlockBreaks(indent, start, ref end);
        bool leadingBlank = false;
        while (_column == indent && _position < _text.Length)
        {
            bool trailingBlank = IsBlankAt(_position);
            if (!literal && _firstBreak.Span.StartsWith("\n"u8) && !leadingBlank && !trailingBlank)
            {
                if (_moreBreaks.Length == 0) _content.Add(" "u8);
            }
            else
            {
                _content.Add(_firstBreak.Span);
            }

            _content.Add(_moreBreaks.Span);
            ClearGap();
            leadingBlank = IsBlankAt(_position);
            int from = _position;
            while (!IsBreakOrEnd(_position)) Step();
            _content.Add(_text[from.._position]);
            CopyLine(_firstBreak);
            lastContent = Mark;
            indent = ScanBlockBreaks(indent, start, ref end);
        }

        if (chomping >= 0) _content.Add(_firstBreak.Span);
        if (chomping > 0) _content.Add(_moreBreaks.Span);
        YamlStyle style = literal ? YamlStyle.Literal : YamlStyle.Folded;
        _queue.Add(new YamlToken(YamlTokenKind.Scalar, start, chomping > 0 ? end : lastContent, _content.ToString(), Style: style));
    }

    private (int Increment, int Chomping) ScanBlockHeader(YamlMark start)
    {
        int increment = 0;
        int chomping = 0;
        for (int i = 0; i < 2; i++)
        {
            int c = At(_position);
            if (c is '+' or '-' && chomping == 0)
            {
                chomping = c == '+' ? 1 : -1;
            }
            else if (c is >= '0' and <= '9' && increment == 0)
            {
                if (c == '0') throw YamlErrorException.Syntax(BlockScalar, start, "found an indentation indicator equal to 0", Mark);
                increment = c - '0';
            }
            else
            {
                break;
            }

            Advance(1);
        }

        while (IsBlankAt(_position)) Advance(1);
        if (At(_position) == '#') SkipComment();
        if (!IsBreakOrEnd(_position)) throw YamlErrorException.Syntax(BlockScalar, start, "did not find expected comment or line break", Mark);
        if (_position < _text.Length) SkipLine();
        return (increment, chomping);
    }

    // Eats indentation and empty lines; finds the indentation out when it is not known yet.
    private int ScanBlockBreaks(int indent, YamlMark start, ref YamlMark end)
    {
        int deepest = 0;
        end = Mark;
        while (true)
        {
            while ((indent == 0 || _column < indent) && At(_position) == ' ') Advance(1);
            deepest = Math.Max(deepest, _column);
            if ((indent == 0 || _column < indent) && At(_position) == '\t')
                throw YamlErrorException.Syntax(BlockScalar, start, "found a tab character where an indentation space is expected", Mark);
            if (BreakLength(_position) == 0) break;
            CopyLine(_moreBreaks);
            end = Mark;
        }

        return indent != 0 ? indent : Math.Max(Math.Max(deepest, _indent + 1), 1);
    }
}
