namespace OneEdge.Config.Formats;

internal sealed partial class ShellReader
{
    private static ReadOnlySpan<byte> CommandBytes => "-_./"u8;

    // Commands with | && || between them; after && and || the last part may be another simple statement. Counts the operators.
    private int Commands(int i, out int operators)
    {
        operators = 0;
        while (true)
        {
            int end = Command(i);
            if (end == None) return None;
            int next = Operator(end, out bool pipe);
            if (next == None) return Reach(end, StatementEndExpected);
            operators++;
            i = Reach(_tokens.Blanks(next), "a command");
            Found found = default;
            if (!pipe && Simple(i, ref found) is int simple && simple != None && _tokens.StatementEnd(simple) != None) return simple;
        }
    }

    private int Command(int i)
    {
        while (Assignment(i) is int next && next != None) i = Reach(next, "a command");
        int name = _tokens.At(i) == '$' ? i + 1 : i;
        int end = _tokens.Letters(name, CommandBytes);
        if (end == None) return None;
        bool reserved = IsReserved(_tokens.Slice(i, end));
        Reach(reserved ? end - 1 : end, StatementEndExpected);
        if (reserved) return None;
        int words = _tokens.Continued(end) is int blanks && blanks != None ? _tokens.Words(blanks) : None;
        return words == None ? end : Reach(words, StatementEndExpected);
    }

    private int Assignment(int i)
    {
        int name = _tokens.Name(i);
        if (name == None || _tokens.At(name) != '=') return None;
        int value = _tokens.Word(name + 1);
        return value == None ? None : _tokens.Continued(value);
    }

    // Blanks or one continued line may stand on each side of the operator, or line ends.
    private int Operator(int i, out bool pipe)
    {
        int start = OperatorSpace(i);
        bool twice = _tokens.Has(start, "&&"u8) || _tokens.Has(start, "||"u8);
        pipe = !twice;
        if (!twice && _tokens.At(start) != '|') return None;
        return OperatorSpace(start + (twice ? 2 : 1));
    }

    private int OperatorSpace(int i)
    {
        int end = _tokens.Blanks(i);
        return _tokens.At(end) == '\\' && _tokens.At(end + 1) == '\n' ? _tokens.Blanks(end + 2) : _tokens.BlanksAndLines(end);
    }

    private static bool IsReserved(ReadOnlySpan<byte> word) =>
        word.SequenceEqual("exit"u8) || word.SequenceEqual("shift"u8) || word.SequenceEqual("return"u8) || word.SequenceEqual("ulimit"u8)
        || word.SequenceEqual("unset"u8) || word.SequenceEqual("export"u8) || word.SequenceEqual("source"u8) || word.SequenceEqual("."u8)
        || word.SequenceEqual("if"u8) || word.SequenceEqual("for"u8) || word.SequenceEqual("select"u8) || word.SequenceEqual("while"u8)
        || word.SequenceEqual("until"u8) || word.SequenceEqual("then"u8) || word.SequenceEqual("else"u8) || word.SequenceEqual("fi"u8)
        || word.SequenceEqual("done"u8) || word.SequenceEqual("case"u8) || word.SequenceEqual("eval"u8) || word.SequenceEqual("alias"u8);
}
