using System.Buffers.Text;

namespace OneEdge.OpenNebula.Xml;

/// <summary>Turns character data as it is written into what it means: references resolved, line ends as XML wants them.</summary>
internal static class XmlTextDecoder
{
    private const int LongestReference = 64;

    /// <summary>Whether a text says something else than its bytes.</summary>
    public static bool IsEncoded(ReadOnlySpan<byte> text, bool isCData) => isCData ? text.Contains((byte)'\r') : text.ContainsAny((byte)'&', (byte)'\r');

    /// <summary>Decodes a text.</summary>
    /// <param name="text">The text as written.</param>
    /// <param name="isCData">Whether it is the content of a CDATA section, which has no references.</param>
    /// <param name="destination">At least as long; it may begin at or before the same bytes as <paramref name="text"/>, for a decoded text never grows.</param>
    /// <param name="offset">The place of <paramref name="text"/> in the document, for errors.</param>
    /// <returns>The length of the decoded text.</returns>
    public static int Decode(ReadOnlySpan<byte> text, bool isCData, Span<byte> destination, int offset)
    {
        int read = 0, written = 0;
        while (true)
        {
            ReadOnlySpan<byte> rest = text[read..];
            int plain = isCData ? rest.IndexOf((byte)'\r') : rest.IndexOfAny((byte)'&', (byte)'\r');
            if (plain < 0)
            {
                rest.CopyTo(destination[written..]);
                return written + rest.Length;
            }

            rest[..plain].CopyTo(destination[written..]);
            read += plain;
            written += plain;
            rest = rest[plain..];
            if (rest[0] == '\r')
            {
                destination[written++] = (byte)'\n';
                read += rest.Length > 1 && rest[1] == '\n' ? 2 : 1;
                continue;
            }

            read += DecodeReference(rest, destination, ref written, offset + read);
        }
    }

    /// <summary>The string that a text means.</summary>
    /// <param name="text">The text as written.</param>
    /// <param name="isCData">Whether it is the content of a CDATA section.</param>
    /// <param name="offset">The place of <paramref name="text"/> in the document, for errors.</param>
    public static string GetString(ReadOnlySpan<byte> text, bool isCData, int offset)
    {
        if (!IsEncoded(text, isCData)) return System.Text.Encoding.UTF8.GetString(text);
        byte[] decoded = new byte[text.Length];
        return System.Text.Encoding.UTF8.GetString(decoded, 0, Decode(text, isCData, decoded, offset));
    }

    /// <summary>Checks the references of an attribute value, which is not decoded.</summary>
    public static void CheckReferences(ReadOnlySpan<byte> text, int offset)
    {
        Span<byte> ignored = stackalloc byte[4];
        for (int at = text.IndexOf((byte)'&'), from = 0; at >= 0; at = text[from..].IndexOf((byte)'&'))
        {
            int written = 0;
            from += at;
            from += DecodeReference(text[from..], ignored, ref written, offset + from);
        }
    }

    /// <summary>A text without the blanks of XML around it.</summary>
    public static ReadOnlySpan<byte> TrimSpace(ReadOnlySpan<byte> text) => text.Trim(" \t\r\n"u8);

    private static int DecodeReference(ReadOnlySpan<byte> text, Span<byte> destination, scoped ref int written, int offset)
    {
        (byte value, int length) = text switch
        {
            [_, (byte)'l', (byte)'t', (byte)';', ..] => ((byte)'<', 4),
            [_, (byte)'g', (byte)'t', (byte)';', ..] => ((byte)'>', 4),
            [_, (byte)'a', (byte)'m', (byte)'p', (byte)';', ..] => ((byte)'&', 5),
            [_, (byte)'q', (byte)'u', (byte)'o', (byte)'t', (byte)';', ..] => ((byte)'"', 6),
            [_, (byte)'a', (byte)'p', (byte)'o', (byte)'s', (byte)';', ..] => ((byte)'\'', 6),
            _ => ((byte)0, 0),
        };
        if (length == 0) return DecodeNumber(text, destination, ref written, offset);
        destination[written++] = value;
        return length;
    }

    private static int DecodeNumber(ReadOnlySpan<byte> text, Span<byte> destination, scoped ref int written, int offset)
    {
        int end = text[..Math.Min(text.Length, LongestReference)].IndexOf((byte)';');
        if (end < 0) XmlFailure.Malformed(offset, "'&' does not begin a reference; it is written '&amp;'");
        ReadOnlySpan<byte> number = text[1..end];
        if (number.IsEmpty || number[0] != '#') XmlFailure.Forbidden(offset, "only the five entities of XML are known");
        number = number[1..];
        bool isHexadecimal = number.Length > 0 && number[0] == 'x';
        if (isHexadecimal) number = number[1..];
        if (!TryParse(number.TrimStart((byte)'0'), number.Length > 0, isHexadecimal, out uint character) || !XmlCharacters.IsAllowed(character))
            XmlFailure.Malformed(offset, "the reference does not name a character that XML allows");
        written += new System.Text.Rune(character).EncodeToUtf8(destination[written..]);
        return end + 1;
    }

    private static bool TryParse(ReadOnlySpan<byte> digits, bool hasDigits, bool isHexadecimal, out uint value)
    {
        value = 0;
        if (!hasDigits || digits.Length is 0 or > 7) return false;
        return Utf8Parser.TryParse(digits, out value, out int consumed, isHexadecimal ? 'X' : 'D') && consumed == digits.Length && digits[0] is not (byte)'+';
    }
}
