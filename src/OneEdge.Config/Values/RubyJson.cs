using System.Text;

namespace OneEdge.Config;

/// <summary>What Ruby's JSON reader takes beyond the standard: <c>/* comments */</c>, and backslashes that escape nothing.</summary>
internal static class RubyJson
{
    private const string Escapable = "\"\\/bfnrtu";

    /// <summary>The text as standard JSON; <see langword="null"/> when it holds nothing of the kind.</summary>
    public static string? ToStandard(string json)
    {
        var standard = new StringBuilder(json.Length);
        bool inText = false;
        for (int i = 0; i < json.Length; i++)
        {
            char next = i + 1 < json.Length ? json[i + 1] : '\0';
            if (!inText && json[i] == '/' && next == '*' && json.IndexOf("*/", i + 2, StringComparison.Ordinal) is >= 0 and int end)
            {
                standard.Append(' ');
                i = end + 1;
                continue;
            }

            if (json[i] == '"') inText = !inText;
            if (!inText || json[i] != '\\' || Escapable.Contains(next)) standard.Append(json[i]);
            if (inText && json[i] == '\\' && ++i < json.Length) standard.Append(json[i]);
        }

        return standard.Length == json.Length ? null : standard.ToString();
    }
}
