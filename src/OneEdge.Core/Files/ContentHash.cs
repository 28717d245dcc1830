using System.Security.Cryptography;

namespace OneEdge.Files;

/// <summary>The SHA-256 of the content of a file.</summary>
public readonly record struct ContentHash
{
    private readonly string? _hex;

    private ContentHash(string hex) => _hex = hex;

    /// <summary>Computes the hash of bytes.</summary>
    /// <param name="content">The bytes.</param>
    /// <returns>The hash.</returns>
    public static ContentHash Of(ReadOnlySpan<byte> content) => new(Convert.ToHexStringLower(Sha256.HashData(content)));

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    /// <param name="text">64 lower-case hexadecimal digits.</param>
    /// <returns>The hash.</returns>
    /// <exception cref="FormatException">The text is something else.</exception>
    public static ContentHash Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        bool valid = text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigitLower);
        return valid ? new ContentHash(text) : throw new FormatException($"A SHA-256 has 64 lower-case hexadecimal digits, not '{text}'.");
    }

    /// <summary>The hash as 64 lower-case hexadecimal digits.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _hex ?? "";
}
