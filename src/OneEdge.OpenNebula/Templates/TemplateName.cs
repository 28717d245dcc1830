using System.Buffers;
using System.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>What the core makes of the names of attributes.</summary>
internal static class TemplateName
{
    /// <summary>The longest name that the core's XML library reads back.</summary>
    public const int MaxLength = 50_000;

    private const string Prefix = "ONE_";
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");

    public static bool IsNameByte(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';

    /// <summary>Whether a text is a name in the key=value form.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxLength && !text.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Whether a text is a name of a value in a vector; it becomes an XML element as it is.</summary>
    public static bool IsItemName(string text) => IsName(text) && !char.IsAsciiDigit(text[0]);

    /// <summary>A name as the core stores it: upper-cased, and prefixed when XML would not take it.</summary>
    public static string Stored(string name)
    {
        string upper = Upper(name);
        bool fits = upper.Length == 0 || (upper[0] == '_' || char.IsAsciiLetter(upper[0])) && !upper.StartsWith("XML", StringComparison.Ordinal);
        return fits ? upper : Prefix + upper;
    }

    /// <summary>The name upper-cased as the C locale does: letters outside of ASCII stay.</summary>
    public static string Upper(string name) => name.AsSpan().ContainsAnyInRange('a', 'z')
        ? string.Create(name.Length, name, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++) target[i] = source[i] is >= 'a' and <= 'z' ? (char)(source[i] - 32) : source[i];
        })
        : name;

    /// <summary>Whether a name in a text is stored under another, stored, name.</summary>
    public static bool IsStoredAs(ReadOnlySpan<byte> written, string stored)
    {
        if (written.Length == stored.Length && Ascii.EqualsIgnoreCase(written, stored)) return true;
        return written.Length + Prefix.Length == stored.Length && stored.StartsWith(Prefix, StringComparison.Ordinal)
            && Ascii.EqualsIgnoreCase(written, stored.AsSpan(Prefix.Length)) && Stored(Encoding.ASCII.GetString(written)) == stored;
    }
}
