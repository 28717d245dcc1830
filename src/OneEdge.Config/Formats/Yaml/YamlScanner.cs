namespace OneEdge.Config.Formats;

/// <summary>Cuts YAML 1.1 into tokens exactly where libyaml 0.2.5 does, so that what the original reads is read and what it refuses is refused.</summary>
internal ref partial struct YamlScanner
{
    // A key in front of ':' must fit on one line and into this many characters.
    private const int LongestKey = 1024;

    private readonly ReadOnlySpan<byte> _text;
    private readonly List<YamlToken> _queue = [];
    private readonly List<PossibleKey> _keys = [default];
    private readonly Stack<int> _indents = new();
    private readonly YamlBytes _content = new();
    private readonly YamlBytes _spaces = new();
    private readonly YamlBytes _firstBreak = new();
    private readonly YamlBytes _moreBreaks = new();
    private int _head;
    private int _taken;
    private int _position;
    private int _line;
    private int _column;
    private int _index;
    private int _indent = -1;
    private int _flowLevel;
    private bool _keyAllowed = true;
    private bool _ended;

    public YamlScanner(ReadOnlySpan<byte> text, int start)
    {
        _text = text;
        _position = start;
    }

    private readonly YamlMark Mark => new(_position, _line, _column, _index);

    /// <summary>The next token, not taken.</summary>
    public YamlToken Peek()
    {
        while (NeedsMore()) FetchNext();
        return _queue[_head];
    }

    /// <summary>Takes the token that was peeked at.</summary>
    public void Take()
    {
        _head++;
        _taken++;
        if (_head < _queue.Count) return;
        _queue.Clear();
        _head = 0;
    }

    // The token at the head is not final while a ':' may still turn it into a key.
    private readonly bool NeedsMore()
    {
        if (_ended) return false;
        if (_head == _queue.Count) return true;
        RequireColonInTime();
        for (int i = 0; i < _keys.Count; i++)
        {
            if (!IsPossible(i)) continue;
            return _keys[i].Token == _taken;
        }

        return false;
    }

    private readonly bool IsPossible(int level)
    {
        PossibleKey key = _keys[level];
        return key.Possible && key.Mark.Line == _line && key.Mark.Index + LongestKey >= _index;
    }

    private void FetchNext()
    {
        SkipToToken();
        RequireColonInTime();
        Unroll(_column);
        if (_position >= _text.Length)
        {
            FetchEnd();
            return;
        }

        byte c = _text[_position];
        if (_column == 0 && FetchDocumentMark(c)) return;
        if (FetchIndicator(c)) return;
        if (StartsPlain(c))
        {
            SaveKey();
            _keyAllowed = false;
            ScanPlain();
            return;
        }

        throw YamlErrorException.Syntax("while scanning for the next token", Mark, "found character that cannot start any token", Mark);
    }

    private void FetchEnd()
    {
        if (_column != 0)
        {
            _column = 0;
            _line++;
        }

        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        _ended = true;
        Add(YamlTokenKind.StreamEnd, Mark);
    }

    private bool FetchDocumentMark(byte c)
    {
        if (c == '%')
        {
            Unroll(-1);
            RemoveKey();
            _keyAllowed = false;
            ScanDirective();
            return true;
        }

        if (!AtDocumentMark()) return false;
        Unroll(-1);
        RemoveKey();
        _keyAllowed = false;
        FetchSimple(c == '-' ? YamlTokenKind.DocumentStart : YamlTokenKind.DocumentEnd, 3);
        return true;
    }

    private readonly bool AtDocumentMark() => _column == 0
        && (_text[_position..].StartsWith("---"u8) || _text[_position..].StartsWith("..."u8))
        && IsBlankOrEnd(_position + 3);

    private bool FetchIndicator(byte c)
    {
        switch (c)
        {
            case (byte)'[':
                FetchFlowStart(YamlTokenKind.FlowSequenceStart);
                return true;
            case (byte)'{':
                FetchFlowStart(YamlTokenKind.FlowMappingStart);
                return true;
            case (byte)']':
                FetchFlowEnd(YamlTokenKind.FlowSequenceEnd);
                return true;
            case (byte)'}':
                FetchFlowEnd(YamlTokenKind.FlowMappingEnd);
                return true;
            case (byte)',':
                RemoveKey();
                _keyAllowed = true;
                FetchSimple(YamlTokenKind.FlowEntry, 1);
                return true;
            case (byte)'-' when IsBlankOrEnd(_position + 1):
                FetchBlockIndicator(YamlTokenKind.BlockEntry, YamlTokenKind.BlockSequenceStart, "block sequence entries are not allowed in this context");
                return true;
            case (byte)'?' when _flowLevel > 0 || IsBlankOrEnd(_position + 1):
                FetchBlockIndicator(YamlTokenKind.Key, YamlTokenKind.BlockMappingStart, "mapping keys are not allowed in this context");
                return true;
            case (byte)':' when _flowLevel > 0 || IsBlankOrEnd(_position + 1):
                FetchValue();
                return true;
            case (byte)'*' or (byte)'&' or (byte)'!' or (byte)'\'' or (byte)'"':
                SaveKey();
                _keyAllowed = false;
                ScanKeyLike(c);
                return true;
            case (byte)'|' or (byte)'>' when _flowLevel == 0:
                RemoveKey();
                _keyAllowed = true;
                ScanBlockScalar(literal: c == '|');
                return true;
            default:
                return false;
        }
    }

    private void ScanKeyLike(byte c)
    {
        switch (c)
        {
            case (byte)'*':
                ScanAnchor(YamlTokenKind.Alias);
                break;
            case (byte)'&':
                ScanAnchor(YamlTokenKind.Anchor);
                break;
            case (byte)'!':
                ScanTag();
                break;
            default:
                ScanQuoted(single: c == '\'');
                break;
        }
    }

    private readonly bool StartsPlain(byte c) => c switch
    {
        (byte)'-' => !IsBlankAt(_position + 1),
        (byte)'?' or (byte)':' => _flowLevel == 0 && !IsBlankOrEnd(_position + 1),
        (byte)'#' or (byte)'%' or (byte)'@' or (byte)'`' or (byte)'|' or (byte)'>' => false,
        _ => !IsBlankOrEnd(_position),
    };

    private void FetchFlowStart(YamlTokenKind kind)
    {
        SaveKey();
        _keys.Add(default);
        _flowLevel++;
        _keyAllowed = true;
        FetchSimple(kind, 1);
    }

    private void FetchFlowEnd(YamlTokenKind kind)
    {
        RemoveKey();
        if (_flowLevel > 0)
        {
            _flowLevel--;
            _keys.RemoveAt(_keys.Count - 1);
        }

        _keyAllowed = false;
        FetchSimple(kind, 1);
    }

    private void FetchBlockIndicator(YamlTokenKind kind, YamlTokenKind start, string refusal)
    {
        if (_flowLevel == 0)
        {
            if (!_keyAllowed) throw YamlErrorException.Syntax(null, Mark, refusal, Mark);
            Roll(_column, -1, start, Mark);
        }

        RemoveKey();
        _keyAllowed = kind == YamlTokenKind.BlockEntry || _flowLevel == 0;
        FetchSimple(kind, 1);
    }

    private void FetchValue()
    {
        int top = _keys.Count - 1;
        if (IsPossible(top))
        {
            PossibleKey key = _keys[top];
            int at = _head + key.Token - _taken;
            _queue.Insert(at, new YamlToken(YamlTokenKind.Key, key.Mark, key.Mark));
            Roll(key.Mark.Column, at, YamlTokenKind.BlockMappingStart, key.Mark);
            _keys[top] = default;
            _keyAllowed = false;
        }
        else
        {
            if (_flowLevel == 0)
            {
                if (!_keyAllowed) throw YamlErrorException.Syntax(null, Mark, "mapping values are not allowed in this context", Mark);
                Roll(_column, -1, YamlTokenKind.BlockMappingStart, Mark);
            }

            _keyAllowed = _flowLevel == 0;
        }

        FetchSimple(YamlTokenKind.Value, 1);
    }

    private void FetchSimple(YamlTokenKind kind, int length)
    {
        YamlMark start = Mark;
        Advance(length);
        Add(kind, start);
    }

    private readonly void Add(YamlTokenKind kind, YamlMark start, string text = "", string suffix = "", YamlStyle style = YamlStyle.Plain) =>
        _queue.Add(new YamlToken(kind, start, Mark, text, suffix, style));

    private void SaveKey()
    {
        if (!_keyAllowed) return;
        RemoveKey();
        _keys[^1] = new PossibleKey(true, _flowLevel == 0 && _indent == _column, _taken + _queue.Count - _head, Mark);
    }

    private readonly void RemoveKey()
    {
        PossibleKey key = _keys[^1];
        if (key is { Possible: true, Required: true }) ThrowNoColon(key);
        _keys[^1] = default;
    }

    // Only a key that begins a line of a block mapping is required; it sits at the bottom of the stack.
    private readonly void RequireColonInTime()
    {
        if (_keys[0] is not { Possible: true } || IsPossible(0)) return;
        if (_keys[0].Required) ThrowNoColon(_keys[0]);
        _keys[0] = default;
    }

    private readonly void ThrowNoColon(PossibleKey key) =>
        throw YamlErrorException.Syntax("while scanning a simple key", key.Mark, "could not find expected ':'", Mark);

    private void Roll(int column, int at, YamlTokenKind kind, YamlMark mark)
    {
        if (_flowLevel > 0 || _indent >= column) return;
        _indents.Push(_indent);
        _indent = column;
        _queue.Insert(at < 0 ? _queue.Count : at, new YamlToken(kind, mark, mark));
    }

    private void Unroll(int column)
    {
        if (_flowLevel > 0) return;
        while (_indent > column)
        {
            _queue.Add(new YamlToken(YamlTokenKind.BlockEnd, Mark, Mark));
            _indent = _indents.Pop();
        }
    }

    private readonly record struct PossibleKey(bool Possible, bool Required, int Token, YamlMark Mark);
}
