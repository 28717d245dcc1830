namespace OneEdge.Config.Formats;

/// <summary>Where lines of YAML end: line feed, carriage return, and the characters NEL, LS and PS.</summary>
internal static class YamlBreaks
{
    /// <summary>Whether lines end anywhere with something else than a line feed or a carriage return.</summary>
    public static bool HasWide(ReadOnlySpan<byte> text) => text.IndexOf("\u0085"u8) >= 0 || text.IndexOf("\u2028"u8) >= 0 || text.IndexOf("\u2029"u8) >= 0;

    /// <summary>The first line end of a text, or -1.</summary>
    public static int First(ReadOnlySpan<byte> text, bool hasWide)
    {
        if (!hasWide) return text.IndexOfAny((byte)'\n', (byte)'\r');
        for (int i = 0; i < text.Length; i++)
        {
            if (LengthAt(text, i) > 0) return i;
        }

        return -1;
    }

    /// <summary>Whether a text ends with a line end.</summary>
    public static bool IsAtEnd(ReadOnlySpan<byte> text) =>
        text is [.., (byte)'\n' or (byte)'\r'] || text.EndsWith("\u0085"u8) || text.EndsWith("\u2028"u8) || text.EndsWith("\u2029"u8);

    /// <summary>The offset behind the last line end of a text; 0 when there is none.</summary>
    public static int BehindLast(ReadOnlySpan<byte> text, bool hasWide)
    {
        if (!hasWide) return text.LastIndexOfAny((byte)'\n', (byte)'\r') + 1;
        int end = text.Length;
        while (end > 0 && !IsAtEnd(text[..end])) end--;
        return end;
    }

    /// <summary>The length of the line end at an offset; 0 when there is none.</summary>
    public static int LengthAt(ReadOnlySpan<byte> text, int offset) => text[offset..] switch
    {
        [(byte)'\r', (byte)'\n', ..] => 2,
        [(byte)'\n' or (byte)'\r', ..] => 1,
        [0xC2, 0x85, ..] => 2,
        [0xE2, 0x80, 0xA8 or 0xA9, ..] => 3,
        _ => 0,
    };
}
