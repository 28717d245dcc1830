using System.Buffers;
using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>What may be written into a shell file.</summary>
internal static class ShellText
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:,+=@%");

    public static bool IsName(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length > 0 && new ShellTokens(bytes, bytes.Length).Name(0) == bytes.Length;
    }

    /// <summary>The text that reading a written one back gives.</summary>
    public static string Stored(string text) => Ascii.IsValid(text) ? text : SourceEncoding.GetString(SourceEncoding.GetBytes(text));

    /// <summary>Whether a text is one value.</summary>
    public static bool IsValue(string text, bool arrays, ConfigLimits limits)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text.Length <= limits.MaxBytes;
        byte[] bytes = SourceEncoding.GetBytes(text);
        if (bytes.Length > limits.MaxBytes || bytes[^1] is (byte)'\r' or (byte)'\n' || bytes.AsSpan().Contains((byte)0)) return false;
        if (bytes[0] == '(' && !arrays && bytes.AsSpan(1..).TrimStart(" \t"u8) is not [(byte)')']) return false;
        return new ShellView(SourceText.FromBytes(bytes)) is var view && view.Tokens.Value(0) == view.Tokens.Length - 1;
    }

    /// <summary>The reason for people why a text is no value.</summary>
    public static string WhyNot(string text)
    {
        if (text.Contains('\0')) return "it holds a NUL character";
        if (text.StartsWith('(')) return "a change line cannot make an array";
        foreach (char quote in (ReadOnlySpan<char>)['"', '\'', '`'])
        {
            if (text.Count(c => c == quote) % 2 != 0) return $"a {quote} is not closed or not quoted";
        }

        return "quote it, because it holds a blank, a line end or one of ; & | ( ) # \\, for example as \"'text'\"";
    }
}
