using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Which names objects may have (OpenNebula 6.10 source, src/pool/PoolObjectSQL.cc).</summary>
internal static class NameRules
{
    public const int MaxLength = 128;

    private const string Invalid = "&|:\\\";/'#{}$<>\t\n\v\f\r";

    /// <summary>Why a name cannot be; <see langword="null"/> when it can.</summary>
    public static string? Problem(string name, string moreInvalid = "")
    {
        if (name.Length == 0) return "Invalid NAME, it cannot be empty";
        int at = name.AsSpan().IndexOfAny(Invalid + moreInvalid);
        if (at >= 0) return $"Invalid NAME, char '{name[at]}' is not allowed";
        return System.Text.Encoding.UTF8.GetByteCount(name) > MaxLength
            ? string.Create(CultureInfo.InvariantCulture, $"Invalid NAME, max length is {MaxLength} chars") : null;
    }

    /// <summary>That a name is taken, in the words of the core.</summary>
    public static string Taken(CloudObject by) => string.Create(CultureInfo.InvariantCulture, $"NAME is already taken by {by.Kind.Right} {by.Id}.");
}
