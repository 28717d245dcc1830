namespace OneEdge.Config.Formats;

internal sealed partial class ShellReader
{
    private const string StatementEndExpected = "the end of the statement";

    // An entry with what ends it. In a branch of a case the last entry may lack an end before the ';;'.
    private int Entry(int i, int depth, bool inCase, out Found found)
    {
        found = new Found { Label = "" };
        int content = _tokens.Blanks(i);
        if (_tokens.At(content) == '#') return Comment(i);
        Reach(content, "a statement");
        if (IsFunction(content)) return Closed(ref found, Label(ref found, "@function", Function(content, depth)));
        if (_tokens.At(content) == '{') return Closed(ref found, Label(ref found, "@subshell", Subshell(content, depth)));
        if (Simple(content, ref found) is int simple && simple != None && StatementEnds(simple, 0, inCase) is int end && end != None) return end;
        found = new Found { Label = "" };
        if (Block(content, depth, ref found) is int block && block != None) return Closed(ref found, block);
        int command = Commands(content, out int operators);
        if (command == None) return None;
        Label(ref found, "@command", command);
        return StatementEnds(command, operators, inCase);
    }

    private static int Label(ref Found found, string label, int end)
    {
        found.Label = label;
        found.End = end;
        return end;
    }

    private int Closed(ref Found found, int end)
    {
        found.End = _closed;
        return end;
    }

    private int Comment(int i)
    {
        int end = _tokens.Comment(i);
        return end == None ? None : Reach(end, "a statement or a comment");
    }

    // Each operator of a command may be followed by an end of its own, so that "a && b;;" has two.
    private int StatementEnds(int i, int operators, bool inCase)
    {
        int most = operators + 1;
        for (int used = 0; used < most;)
        {
            int semicolon = _tokens.Blanks(i);
            int run = 0;
            while (_tokens.At(semicolon + run) == ';') run++;
            if (inCase && run >= 2)
            {
                int own = Math.Max(run - 3, 0);
                return own <= most - used ? semicolon + own : None;
            }

            int end = run > 0 || used == 0 ? _tokens.StatementEnd(i) : CommentsBeforeSemicolon(i, most - used);
            if (end == None) return used == 0 ? None : i;
            i = Reach(end, "a statement");
            used++;
        }

        return i;
    }

    // A comment after the end of a statement is an entry of its own, unless only an end of a command makes sense of the semicolon behind it.
    private int CommentsBeforeSemicolon(int i, int most)
    {
        for (int used = 1; used < most; used++)
        {
            i = _tokens.TrailingComment(i);
            if (i == None) return None;
            if (_tokens.At(_tokens.Blanks(i)) == ';') return i;
        }

        return None;
    }

    // A statement that is no command and no block, without its end.
    private int Simple(int i, ref Found found)
    {
        if (Variable(i, ref found) is int variable && variable != None) return variable;
        switch (_tokens.At(i))
        {
            case (byte)'[':
                return Label(ref found, "@condition", Condition(i));
            case (byte)'.':
                return Label(ref found, ".source", SourceFile(i, 1));
            case (byte)'s':
                if (_tokens.Has(i, "source"u8)) return Label(ref found, ".source", SourceFile(i, 6));
                return _tokens.Has(i, "shift"u8) ? Label(ref found, "@builtin", Builtin(i + 5)) : None;
            case (byte)'u':
                if (_tokens.Has(i, "unset"u8)) return NameList(i, "@unset", ref found);
                return _tokens.Has(i, "ulimit"u8) ? Label(ref found, "@builtin", Builtin(i + 6)) : None;
            case (byte)'e':
                if (_tokens.Has(i, "export"u8)) return NameList(i, "@export", ref found);
                if (_tokens.Has(i, "eval"u8))
                    return Label(ref found, "@eval", _tokens.SomeBlanks(i + 4) is int word && word != None ? _tokens.Word(word) : None);
                return _tokens.Has(i, "exit"u8) ? Label(ref found, "@builtin", Builtin(i + 4)) : None;
            case (byte)'r':
                return _tokens.Has(i, "return"u8) ? Label(ref found, "@return", Return(i + 6)) : None;
            case (byte)'a':
                return _tokens.Has(i, "alias"u8) ? Label(ref found, "@alias", Alias(i + 5)) : None;
            default:
                return None;
        }
    }

    private int Variable(int i, ref Found found)
    {
        int start = i;
        if (_tokens.Has(i, "export"u8) && _tokens.SomeBlanks(i + 6) is int blanks && blanks != None) start = blanks;
        int name = _tokens.Name(start);
        if (name == None || _tokens.At(name) != '=') return None;
        int value = name + 1;
        int end = _tokens.Value(value);
        Reach(end == value ? value : name, end == value && _tokens.StatementEnd(end) == None ? "a value" : StatementEndExpected);
        found = new Found { Kind = ShellStatementKind.Variable, Label = Text(start, name), NameStart = start, ValueStart = value, End = end };
        return end;
    }

    private int NameList(int i, string label, ref Found found)
    {
        int start = _tokens.SomeBlanks(i + label.Length - 1);
        int end = start == None ? None : ListedName(start);
        while (end != None && _tokens.SomeBlanks(end) is int next && next != None && ListedName(next) is int name && name != None) end = name;
        Label(ref found, label, end);
        found.Kind = label == "@export" ? ShellStatementKind.Export : ShellStatementKind.Other;
        found.NameStart = start;
        return end;
    }

    // A name, or all names that begin with one: ${!PREFIX*}.
    private int ListedName(int i)
    {
        if (!_tokens.Has(i, "${!"u8)) return _tokens.Name(i);
        int end = _tokens.Name(i + 3);
        return end != None && _tokens.At(end) is (byte)'*' or (byte)'@' or (byte)'\\' && _tokens.At(end + 1) == '}' ? end + 2 : None;
    }

    private int SourceFile(int i, int keyword)
    {
        int file = _tokens.SomeBlanks(i + keyword);
        if (file == None) return None;
        int end = file;
        while (_tokens.At(end) is not (0 or (byte)';' or (byte)'=' or (byte)'#' or (byte)' ' or (byte)'\t' or (byte)'\n')) end++;
        return end > file ? end : None;
    }

    private int Builtin(int i) => _tokens.Continued(i) is int words && words != None && _tokens.Words(words) is int end && end != None ? end : i;

    private int Return(int i)
    {
        int number = _tokens.SomeBlanks(i);
        int end = number;
        while (end != None && char.IsAsciiDigit((char)_tokens.At(end))) end++;
        return end > number ? end : i;
    }

    private int Alias(int i)
    {
        int start = _tokens.SomeBlanks(i);
        int name = start == None ? None : _tokens.Name(start);
        return name != None && _tokens.At(name) == '=' ? _tokens.Word(name + 1) : None;
    }

    // [ words ] or [[ words ]], then more words behind && or ||. The closing bracket is the last word before one of them or the end.
    private int Condition(int i)
    {
        int width = _tokens.At(i + 1) == '[' ? 2 : 1;
        int first = _tokens.SomeBlanks(i + width);
        if (first == None) return None;
        int end = _tokens.Word(first);
        int last = None;
        while (end != None && _tokens.Continued(end) is int next && next != None && _tokens.Word(next) is int word && word != None)
        {
            last = _tokens.SomeBlanks(end) == next ? next : None;
            end = word;
        }

        bool closed = last != None && _tokens.Slice(last, end).SequenceEqual(width == 2 ? "]]"u8 : "]"u8);
        return closed ? ConditionTail(end) : None;
    }

    private int ConditionTail(int i)
    {
        while (Operator(i, out bool pipe) is int next && next != None && !pipe && _tokens.Words(next) is int words && words != None) i = words;
        return i;
    }
}
