namespace OneEdge.Config.Formats;

internal sealed partial class ShellReader
{
    private static ReadOnlySpan<byte> FunctionBytes => "-_."u8;

    private int Block(int i, int depth, ref Found found)
    {
        switch (_tokens.At(i))
        {
            case (byte)'i' when StartsWith(i, "if"u8):
                return Label(ref found, "@if", If(i + 2, depth));
            case (byte)'f' when StartsWith(i, "for"u8):
                return Label(ref found, "@for", Loop(i + 3, depth));
            case (byte)'s' when StartsWith(i, "select"u8):
                return Label(ref found, "@select", Loop(i + 6, depth));
            case (byte)'w' when StartsWith(i, "while"u8):
                return Label(ref found, "@while", Loop(i + 5, depth));
            case (byte)'u' when StartsWith(i, "until"u8):
                return Label(ref found, "@until", Loop(i + 5, depth));
            case (byte)'c' when StartsWith(i, "case"u8):
                return Label(ref found, "@case", Case(i + 4, depth));
            default:
                return None;
        }
    }

    private bool IsBlock(int i) => IsFunction(i) || _tokens.At(i) == '{' || StartsWith(i, "if"u8) || StartsWith(i, "for"u8)
        || StartsWith(i, "select"u8) || StartsWith(i, "while"u8) || StartsWith(i, "until"u8) || StartsWith(i, "case"u8);

    private bool StartsWith(int i, ReadOnlySpan<byte> keyword) => _tokens.Has(i, keyword) && _tokens.SomeBlanks(i + keyword.Length) != None;

    private int If(int i, int depth)
    {
        int end = ConditionedEntries(i, "then"u8, depth, static (reader, at) => reader.IsEndOfIf(at));
        while (end != None && StartsWith(_tokens.Blanks(end), "elif"u8))
            end = ConditionedEntries(_tokens.Blanks(end) + 4, "then"u8, depth, static (reader, at) => reader.IsEndOfIf(at));
        if (end == None) return None;
        int word = _tokens.Blanks(end);
        if (_tokens.Has(word, "else"u8))
        {
            end = Entries(_tokens.KeywordEnd(word + 4), depth, static (reader, at) => reader.Closes(at, "fi"u8));
            if (end == None) return None;
            word = _tokens.Blanks(end);
        }

        return Close(word, "fi"u8);
    }

    private int Loop(int i, int depth)
    {
        int end = ConditionedEntries(i, "do"u8, depth, static (reader, at) => reader.Closes(at, "done"u8));
        return end == None ? None : Close(_tokens.Blanks(end), "done"u8);
    }

    // The words after a keyword like "if" or "while", then "then" or "do", then entries.
    private int ConditionedEntries(int i, ReadOnlySpan<byte> keyword, int depth, Func<ShellReader, int, bool> isEnd)
    {
        int words = Reach(_tokens.Blanks(i), "a condition");
        int end = _tokens.Words(words);
        if (end == None) return None;
        end = _tokens.SemicolonOrLine(Reach(ConditionTail(end), "';' or the end of the line"));
        if (end == None) return None;
        bool isThen = keyword.Length == 4;
        int start = Reach(_tokens.Blanks(end), isThen ? "'then'" : "'do'");
        if (!_tokens.Has(start, keyword)) return None;
        return Entries(_tokens.KeywordEnd(Reach(start + keyword.Length, "a statement")), depth, isEnd);
    }

    // At least one entry, up to the place that ends the block; gives that place.
    private int Entries(int i, int depth, Func<ShellReader, int, bool> isEnd)
    {
        if (i == None) return None;
        if (depth >= _limits.MaxDepth)
        {
            _tooDeep = true;
            return None;
        }

        for (bool some = false; ; some = true)
        {
            int word = Reach(_tokens.Blanks(i), "a statement");
            if (some && isEnd(this, word) && !IsFunction(word)) return i;
            i = Entry(i, depth + 1, inCase: false, out _);
            if (i == None) return None;
            Reach(i, "a statement or the end of the block");
        }
    }

    private bool IsEndOfIf(int i) =>
        Closes(i, "fi"u8) || StartsWith(i, "elif"u8) || (_tokens.Has(i, "else"u8) && _tokens.KeywordEnd(i + 4) != None);

    private bool Closes(int i, ReadOnlySpan<byte> word) => _tokens.Has(i, word) && _tokens.StatementEnd(i + word.Length) != None;

    private int Close(int i, ReadOnlySpan<byte> word)
    {
        if (!_tokens.Has(i, word)) return None;
        int close = Reach(i + word.Length, StatementEndExpected);
        int end = _tokens.StatementEnd(close);
        _closed = close;
        return end == None ? None : Reach(end, "a statement");
    }

    private int Case(int i, int depth)
    {
        int word = _tokens.SomeBlanks(i);
        bool quoted = _tokens.At(word) == '"';
        int end = _tokens.Characters(quoted ? word + 1 : word);
        if (end == None || (quoted && _tokens.At(end++) != '"')) return None;
        int keyword = _tokens.SomeBlanksAndLines(Reach(end, "'in'"));
        if (keyword == None || !_tokens.Has(keyword, "in"u8)) return None;
        end = _tokens.KeywordEnd(keyword + 2);
        while (end != None)
        {
            end = Comments(_tokens.EmptyLines(end));
            int last = Reach(_tokens.Blanks(end), "a pattern or 'esac'");
            if (Closes(last, "esac"u8)) return Close(last, "esac"u8);
            end = Branch(last, depth);
        }

        return None;
    }

    private int Comments(int i)
    {
        while (_tokens.Comment(i) is int end && end != None) i = Reach(end, "a pattern or 'esac'");
        return i;
    }

    // pattern | pattern ) entries ;;
    private int Branch(int i, int depth)
    {
        int end = _tokens.Words(i);
        while (end != None)
        {
            end = Reach(_tokens.Blanks(end), "')'");
            if (_tokens.At(end) != '|') break;
            end = _tokens.Words(_tokens.Blanks(end + 1));
        }

        if (end == None || _tokens.At(end) != ')') return None;
        end = _tokens.KeywordEnd(Reach(end + 1, "a blank or the end of the line"));
        if (end != None && depth >= _limits.MaxDepth)
        {
            _tooDeep = true;
            return None;
        }

        while (end != None)
        {
            int close = Reach(_tokens.Blanks(end), "a statement or ';;'");
            if (_tokens.Has(close, ";;"u8)) return _tokens.KeywordEnd(Reach(close + 2, "a blank or the end of the line"));
            end = Entry(end, depth + 1, inCase: true, out _);
        }

        return None;
    }

    private int Subshell(int i, int depth) => Braces(_tokens.SomeBlanksAndLines(Reach(i + 1, "a blank or the end of the line")), (byte)'}', depth);

    private bool IsFunction(int i) => FunctionHead(i) != None;

    private int FunctionHead(int i)
    {
        if (_tokens.Has(i, "function"u8) && _tokens.SomeBlanks(i + 8) is int named && named != None && Parentheses(named) is int end && end != None) return end;
        return Parentheses(i);
    }

    private int Parentheses(int i)
    {
        int name = _tokens.Letters(i, FunctionBytes);
        int parentheses = name == None ? None : _tokens.Blanks(name);
        return parentheses != None && _tokens.Has(parentheses, "()"u8) ? parentheses + 2 : None;
    }

    // name() { entries } or name() ( entries )
    private int Function(int i, int depth)
    {
        int head = Reach(FunctionHead(i), "a blank or the end of the line");
        int open = _tokens.TrailingComment(head) is int comment && comment != None ? comment : _tokens.SomeBlanksAndLines(head);
        if (open == None) return None;
        Reach(open, "'{' or '('");
        if (_tokens.At(open) is not ((byte)'{' or (byte)'(')) return None;
        byte close = _tokens.At(open) == '{' ? (byte)'}' : (byte)')';
        return Braces(_tokens.SomeBlanksAndLines(Reach(open + 1, "a blank or the end of the line")), close, depth);
    }

    private int Braces(int i, byte close, int depth)
    {
        int end = close == '}'
            ? Entries(i, depth, static (reader, at) => reader._tokens.At(at) == '}')
            : Entries(i, depth, static (reader, at) => reader._tokens.At(at) == ')');
        if (end == None) return None;
        int closed = Reach(_tokens.Blanks(end) + 1, "a blank or the end of the line");
        end = _tokens.KeywordEnd(closed);
        _closed = closed;
        return end == None ? None : Reach(end, "a statement");
    }
}
