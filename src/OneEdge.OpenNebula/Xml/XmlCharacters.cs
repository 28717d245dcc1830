using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OneEdge.OpenNebula.Xml;

/// <summary>The characters of XML 1.0.</summary>
internal static class XmlCharacters
{
    private const byte OfName = 1;
    private const byte StartsName = 2;

    // A text of a server is checked in vectorised passes before it is read, so that the reader need not look at single characters.
    private static readonly SearchValues<byte> ForbiddenControls = SearchValues.Create(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31]);

    private static readonly byte[] AsciiClasses = ClassifyAscii();

    /// <summary>Checks that a whole text is UTF-8 and has only characters that XML allows.</summary>
    public static void Check(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text)) FailAtInvalidByte(text);
        int control = text.IndexOfAny(ForbiddenControls);
        if (control >= 0) XmlFailure.Encoding(control, $"the character U+{text[control]:X4} is not allowed in XML");
        int nonCharacter = text.IndexOf("\uFFFE"u8);
        if (nonCharacter < 0) nonCharacter = text.IndexOf("\uFFFF"u8);
        if (nonCharacter >= 0) XmlFailure.Encoding(nonCharacter, "the characters U+FFFE and U+FFFF are not allowed in XML");
    }

    /// <summary>Whether XML can hold a character.</summary>
    public static bool IsAllowed(uint character) =>
        character is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    public static bool IsSpace(byte value) => value is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static bool IsSpace(ReadOnlySpan<byte> text) => !text.ContainsAnyExcept(" \t\r\n"u8);

    /// <summary>The position after the name that starts here; the same position when none does.</summary>
    public static int EndOfName(ReadOnlySpan<byte> text, int start)
    {
        int position = start;
        while (position < text.Length)
        {
            byte value = text[position];
            if (value < 0x80)
            {
                if ((AsciiClasses[value] & (position == start ? StartsName : OfName)) == 0) break;
                position++;
                continue;
            }

            Rune.DecodeFromUtf8(text[position..], out Rune rune, out int consumed);
            if (!StartsNames(rune.Value) && (position == start || !ContinuesNames(rune.Value))) break;
            position += consumed;
        }

        return position;
    }

    private static byte[] ClassifyAscii()
    {
        var classes = new byte[0x80];
        for (int c = 0; c < classes.Length; c++)
        {
            bool starts = char.IsAsciiLetter((char)c) || c is '_' or ':';
            if (starts) classes[c] = StartsName | OfName;
            else if (char.IsAsciiDigit((char)c) || c is '-' or '.') classes[c] = OfName;
        }

        return classes;
    }

    private static bool StartsNames(int c) =>
        c is (>= 0xC0 and <= 0xD6) or (>= 0xD8 and <= 0xF6) or (>= 0xF8 and <= 0x2FF) or (>= 0x370 and <= 0x37D) or (>= 0x37F and <= 0x1FFF)
            or 0x200C or 0x200D or (>= 0x2070 and <= 0x218F) or (>= 0x2C00 and <= 0x2FEF) or (>= 0x3001 and <= 0xD7FF)
            or (>= 0xF900 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFFFD) or (>= 0x10000 and <= 0xEFFFF);

    private static bool ContinuesNames(int c) => c is 0xB7 or (>= 0x300 and <= 0x36F) or 0x203F or 0x2040;

    private static void FailAtInvalidByte(ReadOnlySpan<byte> text)
    {
        int position = 0;
        while (position < text.Length)
        {
            OperationStatus status = Rune.DecodeFromUtf8(text[position..], out _, out int consumed);
            if (status == OperationStatus.NeedMoreData) XmlFailure.Truncated(position, "a character");
            if (status != OperationStatus.Done) XmlFailure.Encoding(position, $"the byte 0x{text[position]:X2} is not UTF-8");
            position += consumed;
        }
    }
}
