using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace OneEdge.OpenNebula;

/// <summary>Which state of the body of a document somebody has seen. Two are the same state when they are equal; there is no order.</summary>
/// <param name="Number">Counts the changes that a store made.</param>
public readonly record struct DocumentVersion(long Number) : IParsable<DocumentVersion>
{
    private const int HashLength = 32;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string? _content;

    /// <summary>Creates a version of a document that others change, too.</summary>
    /// <param name="number">Counts the changes that the store made.</param>
    /// <param name="content">The mark of the body itself: letters and digits.</param>
    public DocumentVersion(long number, string content)
        : this(number) => _content = content;

    /// <summary>The mark of the body itself where others may change it without counting; empty otherwise.</summary>
    public string Content => _content ?? "";

    /// <summary>Reads a version.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static DocumentVersion Parse(string text) =>
        TryParse(text, out DocumentVersion version) ? version : throw new FormatException("The text is no version of a document.");

    /// <summary>Reads a version.</summary>
    /// <param name="text">What <see cref="ToString"/> gave.</param>
    /// <param name="version">The version.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out DocumentVersion version)
    {
        version = default;
        if (text is null) return false;
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        ReadOnlySpan<char> content = dash < 0 ? [] : text.AsSpan(dash + 1);
        if (dash >= 0 && (content.Length != HashLength || content.ContainsAnyExcept(HexDigits))) return false;
        if (!long.TryParse(dash < 0 ? text : text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out long number)) return false;
        version = dash < 0 ? new DocumentVersion(number) : new DocumentVersion(number, content.ToString());
        return true;
    }

    static DocumentVersion IParsable<DocumentVersion>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<DocumentVersion>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out DocumentVersion result) =>
        TryParse(s, out result);

    /// <inheritdoc/>
    public bool Equals(DocumentVersion other) => Number == other.Number && Content == other.Content;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, Content);

    /// <summary>The version as a text without blanks, which fits into an <c>ETag</c>.</summary>
    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture) + (Content.Length == 0 ? "" : "-" + Content);

    internal static DocumentVersion Of(long number, ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        return new DocumentVersion(number, Convert.ToHexStringLower(hash[..(HashLength / 2)]));
    }
}
