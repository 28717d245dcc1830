namespace OneEdge.Flow.Instantiation;

/// <summary>Replaces names in template text by their values.</summary>
internal static class ContentsText
{
    /// <summary>Replaces each <c>$word</c> that has a value; a word is as long as its letters, digits and <c>_</c> go.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value of a word; <see langword="null"/> leaves it.</param>
    public static string PutWords(string text, Func<string, string?> value)
    {
        if (!text.Contains('$', StringComparison.Ordinal)) return text;
        var output = new ContentsWriter();
        int copied = 0;
        for (int i = 0; (i = text.IndexOf('$', i)) >= 0;)
        {
            int end = i + 1;
            while (end < text.Length && IsWord(text[end])) end++;
            string? found = end == i + 1 ? null : value(text[(i + 1)..end]);
            if (found is not null)
            {
                output.Literal(text.AsSpan(copied, i - copied));
                output.Value($"the value of '{text[(i + 1)..end]}'", found, text.AsSpan(end));
                copied = end;
            }

            i = end;
        }

        if (copied == 0) return text;
        output.Literal(text.AsSpan(copied));
        return output.ToString();
    }

    /// <summary>Replaces each <c>${...}</c> of a line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value of what stands between the braces.</param>
    public static string PutReferences(string text, Func<string, string> value)
    {
        var output = new ContentsWriter();
        int copied = 0;
        foreach ((int start, int end) in References(text))
        {
            output.Literal(text.AsSpan(copied, start - copied));
            output.Value($"the value of '{text[start..end]}'", value(text[(start + 2)..(end - 1)]), text.AsSpan(end));
            copied = end;
        }

        if (copied == 0) return text;
        output.Literal(text.AsSpan(copied));
        return output.ToString();
    }

    /// <summary>Where the <c>${...}</c> are.</summary>
    public static IEnumerable<(int Start, int End)> References(string text)
    {
        for (int start = 0; (start = text.IndexOf("${", start, StringComparison.Ordinal)) >= 0;)
        {
            int end = text.AsSpan(start).IndexOfAny('}', '\n') + start;
            if (end < start) yield break;
            if (text[end] == '}') yield return (start, end + 1);
            start = end + 1;
        }
    }

    public static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
