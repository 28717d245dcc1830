namespace OneEdge.Config.Formats;

/// <summary>
/// The tokens of the grammar. Each method takes an offset and gives the offset behind the longest match, or <see cref="None"/>.
/// </summary>
/// <remarks>A quote that is not closed is searched to the end of the text; no statement can hold it, so that happens a bounded number of times.</remarks>
internal readonly struct ShellTokens(byte[] text, int length)
{
    public const int None = -1;

    public int Length => length;

    /// <summary>The byte at an offset; 0, which no text holds, at the end.</summary>
    public byte At(int i) => (uint)i < (uint)length ? text[i] : (byte)0;

    public bool Has(int i, ReadOnlySpan<byte> word) => i <= length && Slice(i, length).StartsWith(word);

    public ReadOnlySpan<byte> Slice(int start, int end) => text.AsSpan(start, end - start);

    public int Blanks(int i)
    {
        while (At(i) is (byte)' ' or (byte)'\t') i++;
        return i;
    }

    public int BlanksAndLines(int i)
    {
        while (At(i) is (byte)' ' or (byte)'\t' or (byte)'\n') i++;
        return i;
    }

    public int SomeBlanks(int i) => Blanks(i) is int end && end > i ? end : None;

    public int SomeBlanksAndLines(int i) => BlanksAndLines(i) is int end && end > i ? end : None;

    /// <summary>Blanks that may hold one continued line.</summary>
    public int Continued(int i)
    {
        int end = Blanks(i);
        if (At(end) == '\\' && At(end + 1) == '\n') return Blanks(end + 2);
        return end > i ? end : None;
    }

    /// <summary>Blank lines and comments without text; there may be none.</summary>
    public int EmptyLines(int i)
    {
        while (true)
        {
            int end = Blanks(i);
            if (At(end) == '#') end = Blanks(end + 1);
            if (At(end) != '\n') return i;
            i = end + 1;
        }
    }

    public int SemicolonOrLine(int i)
    {
        int end = Blanks(i);
        return At(end) is (byte)';' or (byte)'\n' ? EmptyLines(end + 1) : None;
    }

    /// <summary>What ends a keyword or a block: blanks, a semicolon or a line end.</summary>
    public int KeywordEnd(int i)
    {
        if (SemicolonOrLine(i) is int line && line != None) return line;
        int end = Blanks(i);
        if (end == i) return None;
        return At(end) == '#' && At(Blanks(end + 1)) == '\n' ? EmptyLines(end) : end;
    }

    /// <summary>What ends a simple statement: a semicolon, a line end, or a comment with its line end.</summary>
    public int StatementEnd(int i) => SemicolonOrLine(i) is int end && end != None ? end : TrailingComment(i);

    public int Comment(int i) => At(Blanks(i)) == '#' ? CommentText(Blanks(i) + 1) : None;

    public int TrailingComment(int i) => At(i) is (byte)' ' or (byte)'\t' ? Comment(i) : None;

    /// <summary>A name of a variable, maybe with an index; <c>unset</c> and <c>export</c> are none.</summary>
    public int Name(int i)
    {
        if (!IsNameByte(At(i)) || At(i) == '-') return None;
        int end = i;
        while (IsNameByte(At(end))) end++;
        int index = end + 1;
        if (At(end) == '[')
        {
            while (At(index) == ',' || (IsNameByte(At(index)) && At(index) != '-')) index++;
            if (index > end + 1 && At(index) == ']') return index + 1;
        }

        return Slice(i, end).SequenceEqual("unset"u8) || Slice(i, end).SequenceEqual("export"u8) ? None : end;
    }

    /// <summary>A name of a command or of a function.</summary>
    public int Letters(int i, ReadOnlySpan<byte> others)
    {
        int end = i;
        while (char.IsAsciiLetterOrDigit((char)At(end)) || (At(end) != 0 && others.Contains(At(end)))) end++;
        return end > i ? end : None;
    }

    /// <summary>Words with blanks or continued lines between them.</summary>
    public int Words(int i)
    {
        int end = Word(i);
        while (end != None && Continued(end) is int next && next != None && Word(next) is int word && word != None) end = word;
        return end;
    }

    /// <summary>One word: characters, quotes and substitutions without anything between them, or one backquoted command.</summary>
    public int Word(int i)
    {
        if (At(i) == '`') return Backquoted(i);
        int end = i;
        while (Part(end) is int next && next != None) end = next;
        return end > i ? end : None;
    }

    /// <summary>A value of a variable; it may be empty.</summary>
    public int Value(int i)
    {
        int end = At(i) == '(' ? Array(i) : Word(i);
        return end == None ? i : end;
    }

    /// <summary>One or more plain characters.</summary>
    public int Characters(int i)
    {
        int end = i;
        while (Character(end) is int next && next != None) end = next;
        return end > i ? end : None;
    }

    // ( word word ): line ends may stand between words only.
    private int Array(int i)
    {
        int item = Blanks(i + 1);
        if (At(item) == ')') return item + 1;
        int end = Word(item);
        while (end != None && SomeBlanksAndLines(end) is int next && next != None && Word(next) is int word && word != None) end = word;
        if (end == None) return None;
        int close = Blanks(end);
        return At(close) == ')' ? close + 1 : None;
    }

    private static bool IsNameByte(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'-';

    private int Part(int i) => At(i) switch
    {
        (byte)'"' => DoubleQuoted(i),
        (byte)'\'' => SingleQuoted(i),
        (byte)'$' when At(i + 1) == '(' && Substitution(i) is int end && end != None => end,
        _ => Character(i),
    };

    private int Character(int i)
    {
        switch (At(i))
        {
            case 0 or (byte)'`' or (byte)';' or (byte)'(' or (byte)')' or (byte)'\'' or (byte)'"' or (byte)'&' or (byte)'|':
            case (byte)'\n' or (byte)'#' or (byte)' ' or (byte)'\t':
                return None;
            case (byte)'\\':
                return At(i + 1) is 0 or (byte)'\n' ? None : i + 2;
        }

        do i++;
        while (At(i) == '#');
        return i;
    }

    private int DoubleQuoted(int i)
    {
        for (i++; i < Length; i++)
        {
            int step = Slice(i, length).IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0) return None;
            i += step;
            if (At(i) == '"') return i + 1;
            i++;
        }

        return None;
    }

    private int SingleQuoted(int i)
    {
        int content = Slice(i + 1, length).IndexOf((byte)'\'');
        return content < 0 ? None : i + content + 2;
    }

    // $(command) without parentheses inside, or $((expression)).
    private int Substitution(int i)
    {
        bool arithmetic = At(i + 2) == '(';
        int end = arithmetic ? i + 3 : i + 2;
        while (At(end) is not (0 or (byte)')' or (byte)'#' or (byte)'\n' or (byte)'\\') && (arithmetic || At(end) != '(')) end++;
        if (At(end) != ')') return None;
        if (!arithmetic) return end + 1;
        return At(end + 1) == ')' ? end + 2 : None;
    }

    // `command`, or ``command`` without blanks.
    private int Backquoted(int i)
    {
        bool twice = At(i + 1) == '`';
        int start = twice ? i + 2 : i + 1;
        int end = start;
        while (At(end) is not (0 or (byte)'`' or (byte)'\n') && !(twice && At(end) is (byte)' ' or (byte)'\t' or (byte)';')) end++;
        if (end == start || At(end) != '`') return None;
        if (!twice) return end + 1;
        return At(end + 1) == '`' ? end + 2 : None;
    }

    private int CommentText(int i)
    {
        i = Blanks(i);
        if (At(i) is 0 or (byte)'\n' or (byte)'\r') return None;
        int line = i + Slice(i, length).IndexOf((byte)'\n');
        ReadOnlySpan<byte> content = Slice(i, line).TrimEnd(" \t"u8);
        return content[^1] == '\r' ? None : EmptyLines(line + 1);
    }
}
