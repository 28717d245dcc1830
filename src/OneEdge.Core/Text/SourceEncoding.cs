using System.Buffers;
using System.Text;

namespace OneEdge.Text;

/// <summary>
/// UTF-8 that loses nothing: a byte that is not part of valid UTF-8 (a Latin-1 comment, say) becomes the lone surrogate
/// U+DC80 to U+DCFF that carries it, and comes back as the same byte.
/// </summary>
public static class SourceEncoding
{
    private const char FirstCarrier = '\uDC80';
    private const char LastCarrier = '\uDCFF';

    /// <summary>Decodes bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>The text; <see cref="GetBytes"/> gives the same bytes back.</returns>
    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        Span<char> pair = stackalloc char[2];
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out Rune rune, out int consumed) == OperationStatus.Done)
            {
                text.Append(pair[..rune.EncodeToUtf16(pair)]);
            }
            else
            {
                foreach (byte lone in bytes[..consumed]) text.Append((char)(FirstCarrier - 0x80 + lone));
            }

            bytes = bytes[consumed..];
        }

        return text.ToString();
    }

    /// <summary>Encodes text.</summary>
    /// <param name="text">The text; U+DC80 to U+DCFF without a partner stand for single bytes, any other lone surrogate is written as U+FFFD.</param>
    /// <returns>The bytes.</returns>
    public static byte[] GetBytes(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') < 0)
        {
            byte[] exact = new byte[Encoding.UTF8.GetByteCount(text)];
            Encoding.UTF8.GetBytes(text, exact);
            return exact;
        }

        var bytes = new ArrayBufferWriter<byte>(text.Length * 3);
        while (!text.IsEmpty)
        {
            OperationStatus status = Rune.DecodeFromUtf16(text, out Rune rune, out int consumed);
            if (status != OperationStatus.Done && text[0] is >= FirstCarrier and <= LastCarrier)
            {
                bytes.GetSpan(1)[0] = (byte)(text[0] - FirstCarrier + 0x80);
                bytes.Advance(1);
            }
            else
            {
                bytes.Advance(rune.EncodeToUtf8(bytes.GetSpan(4)));
            }

            text = text[consumed..];
        }

        return bytes.WrittenSpan.ToArray();
    }
}
