using System.Buffers;
using System.Text;

namespace OneEdge.Config.Formats;

/// <summary>Takes the quotes off values that a shell would not expand.</summary>
internal static class ShellQuotes
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\"$`\\");

    /// <summary>The content of one pair of quotes; any other value, also one with a substitution, as it is.</summary>
    public static string Unquote(string value)
    {
        if (value.Length < 2 || value[0] != value[^1]) return value;
        string content = value[1..^1];
        return value[0] switch
        {
            '\'' => content.Contains('\'') ? value : content,
            '"' => content.AsSpan().ContainsAny(Special) ? Unescape(content) ?? value : content,
            _ => value,
        };
    }

    private static string? Unescape(string content)
    {
        var text = new StringBuilder(content.Length);
        for (int i = 0; i < content.Length; i++)
        {
            if (content[i] is '"' or '$' or '`') return null;
            if (content[i] != '\\')
            {
                text.Append(content[i]);
                continue;
            }

            if (++i == content.Length) return null;
            if (content[i] == '\n') continue;
            if (content[i] is not ('"' or '$' or '`' or '\\')) text.Append('\\');
            text.Append(content[i]);
        }

        return text.ToString();
    }
}
