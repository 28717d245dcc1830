using System.Buffers;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>What the grammar of oned.conf lets names and values be; reasons are null when all is well.</summary>
internal static class OnedGrammar
{
    private static readonly SearchValues<char> NotInEntry = SearchValues.Create(" \t\n\"[#");
    private static readonly SearchValues<char> NotInItem = SearchValues.Create(" \t\n\"#,");
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");

    public static bool IsNameByte(byte b) => (uint)((b | 0x20) - 'a') < 26 || (uint)(b - '0') < 10 || b == '_';

    public static bool IsName(string name) => name.Length > 0 && !name.AsSpan().ContainsAnyExcept(NameCharacters);

    /// <summary>Why a text cannot be a value, at the top level or as an item of a section.</summary>
    public static string? ValueProblem(string value, bool isItem)
    {
        if (value.Length == 0) return "an empty value cannot be written (for an empty text write \"\\\"\\\"\" as JSON, which keeps the quotes)";
        if (value.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') && SourceEncoding.GetString(SourceEncoding.GetBytes(value)) != value)
            return "the value holds half of a surrogate pair and cannot be written";
        if (value[0] == '"') return QuotedProblem(value);

        int bad = value.AsSpan().IndexOfAny(isItem ? NotInItem : NotInEntry);
        if (bad >= 0) return $"the value {RubyText.Inspect(value)} holds {Name(value[bad])} and needs double quotes of its own";
        return value[^1] == '\r' ? "a value without quotes cannot end with a carriage return" : null;
    }

    /// <summary>The text that a value stands for: without its quotes, <c>\"</c> and <c>\\</c> undone.</summary>
    public static string Unquote(string value)
    {
        if (value is not ['"', .., '"'] || value.Length < 2) return value;
        string inner = value[1..^1];
        if (!inner.Contains('\\', StringComparison.Ordinal)) return inner;
        var text = new System.Text.StringBuilder(inner.Length);
        for (int i = 0; i < inner.Length; i++)
        {
            if (inner[i] == '\\' && i + 1 < inner.Length) i++;
            text.Append(inner[i]);
        }

        return text.ToString();
    }

    private static string? QuotedProblem(string value)
    {
        for (int i = 1; i < value.Length; i++)
        {
            if (value[i] == '"') return i == value.Length - 1 ? null : $"text follows the closing quote of the value {RubyText.Inspect(value)}";
            if (value[i] != '\\') continue;
            if (++i >= value.Length || value[i] is not ('"' or '\\'))
                return $"a backslash in the value {RubyText.Inspect(value)} is followed neither by another one nor by a quote";
        }

        return $"the value {RubyText.Inspect(value)} has no closing quote";
    }

    private static string Name(char c) => c switch
    {
        ' ' => "a blank",
        '\t' => "a tab",
        '\n' => "a line end",
        _ => $"'{c}'",
    };
}
