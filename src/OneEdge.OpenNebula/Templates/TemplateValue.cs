using System.Buffers;
using System.Text;

namespace OneEdge.OpenNebula.Templates;

/// <summary>Which values the core takes, and how they are written.</summary>
internal static class TemplateValue
{
    /// <summary>The longest value, in bytes, that the core's XML library reads back.</summary>
    public const int MaxBytes = 10_000_000;

    public const string CDataEnd = "]]>";

    private static readonly SearchValues<char> Unsendable = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\uFFFE', '\uFFFF']);

    /// <summary>Why the core could not store a value in any form; <see langword="null"/> when it can.</summary>
    public static string? Problem(string value)
    {
        if (value.Contains(CDataEnd, StringComparison.Ordinal)) return "it contains ]]>, which OpenNebula refuses (in JSON write \\u003e for '>')";
        if (value.Contains('\r', StringComparison.Ordinal)) return "it contains a carriage return, which arrives as a line feed (end lines with \\n)";
        if (value.AsSpan().ContainsAny(Unsendable)) return "it contains a character that XML does not know";
        if (value.Length > MaxBytes / 3 && Encoding.UTF8.GetByteCount(value) > MaxBytes) return $"it is longer than {MaxBytes} bytes";
        return HasLoneSurrogate(value) ? "it contains half of a surrogate pair" : null;
    }

    /// <summary>Why a value could not be written in quotes; <see langword="null"/> when it can.</summary>
    public static string? QuotingProblem(string value) => value.EndsWith('\\')
        ? "it ends in a backslash, which would escape the closing quote (the XML form can carry it)"
        : Problem(value);

    /// <summary>The value in quotes. Only quotes are escaped: the core takes any other backslash as it is.</summary>
    public static string Quote(string name, string value) => QuotingProblem(value) is { } problem
        ? throw Unwritable($"The value of {Shown(name)} cannot be written: {problem}.")
        : $"\"{value.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>The value of a text without the quotes around it; the escape counts in unquoted text, too.</summary>
    public static string Unescape(ReadOnlySpan<byte> raw)
    {
        string value = Encoding.UTF8.GetString(raw);
        if (raw.Contains((byte)'\\')) value = value.Replace("\\\"", "\"", StringComparison.Ordinal);
        return raw.Contains((byte)'\r') ? NormaliseLineEnds(value) : value;
    }

    /// <summary>Line ends as they arrive through XML.</summary>
    public static string NormaliseLineEnds(string value) => value.Contains('\r', StringComparison.Ordinal)
        ? value.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')
        : value;

    public static OpenNebulaException Unwritable(string message) => new(OpenNebulaErrorCodes.TemplateUnwritable, message);

    /// <summary>A name for a message.</summary>
    public static string Shown(string name) => name.Length <= 100 ? name : string.Concat(name.AsSpan(0, 100), "...");

    private static bool HasLoneSurrogate(ReadOnlySpan<char> value)
    {
        int at = value.IndexOfAnyInRange('\uD800', '\uDFFF');
        while (at >= 0)
        {
            if (Rune.DecodeFromUtf16(value[at..], out _, out int consumed) != OperationStatus.Done) return true;
            value = value[(at + consumed)..];
            at = value.IndexOfAnyInRange('\uD800', '\uDFFF');
        }

        return false;
    }
}
