using System.Text;
using Microsoft.Extensions.Primitives;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The header of HTTP's basic authentication (RFC 7617): <c>Basic</c> and <c>user:secret</c> in Base64.</summary>
internal static class BasicCredentials
{
    private const string Scheme = "Basic ";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the header.</summary>
    /// <returns>The name, a colon and the secret; <see langword="null"/> when it is nothing of that kind.</returns>
    public static string? Read(StringValues header)
    {
        if (header is not [{ } text] || !text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return null;
        ReadOnlySpan<char> encoded = text.AsSpan(Scheme.Length).Trim();
        byte[] bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out int length)) return null;
        try
        {
            string session = Strict.GetString(bytes, 0, length);
            return session.IndexOf(':', StringComparison.Ordinal) > 0 ? session : null;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
