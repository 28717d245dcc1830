using System.Buffers;

namespace OneEdge.Config;

/// <summary>Takes a change line apart: bare words up to white space, quoted words in which only <c>\"</c> is an escape.</summary>
internal ref struct LineWords
{
    private const string Space = " \t\r\n\v\f";
    private static readonly SearchValues<char> AnySpace = SearchValues.Create(Space);

    private ReadOnlySpan<char> _rest;

    public LineWords(ReadOnlySpan<char> text) => _rest = TrimStart(text);

    /// <summary>What is left behind the words taken so far.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest;

    /// <summary>The next word; <see langword="null"/> at the end or when a quote is not closed.</summary>
    public string? Next()
    {
        if (_rest.IsEmpty) return null;
        bool quoted = _rest[0] == '"';
        int end = quoted ? ClosingQuote(_rest) : IndexOfSpace(_rest);
        if (quoted && end < 0)
        {
            _rest = default;
            return null;
        }

        if (end < 0) end = _rest.Length;
        string word = quoted ? _rest[1..end].ToString().Replace("\\\"", "\"", StringComparison.Ordinal) : _rest[..end].ToString();
        _rest = TrimStart(_rest[(quoted ? end + 1 : end)..]);
        return word;
    }

    /// <summary>The place of the first white space; -1 when there is none.</summary>
    public static int IndexOfSpace(ReadOnlySpan<char> text) => text.IndexOfAny(AnySpace);

    /// <summary>The text without white space at its ends, as Ruby strips it (NUL counts at the end).</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text) => TrimStart(text).TrimEnd(Space + "\0");

    private static ReadOnlySpan<char> TrimStart(ReadOnlySpan<char> text) => text.TrimStart(Space);

    private static int ClosingQuote(ReadOnlySpan<char> text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] == '"') return i;
        }

        return -1;
    }
}
