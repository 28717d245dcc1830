using System.IO.Hashing;

namespace OneEdge.Files;

/// <summary>A hash of the content of a file (XXH128), to tell whether somebody changed it. It is no proof against forgery.</summary>
public readonly record struct ContentHash
{
    private const int Digits = 32;
    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>Computes the hash of bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The hash.</returns>
    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(XxHash128.Hash(content)));

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">32 lower-case hexadecimal digits.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static ContentHash Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool valid = text.Length == Digits && text.All(char.IsAsciiHexDigitLower);
        return valid ? new ContentHash(text) : throw new FormatException($"A content hash has {Digits} lower-case hexadecimal digits, not '{text}'.");
    }

    /// <summary>The hash as 32 lower-case hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _hex ?? "";
}
