using System.Text.RegularExpressions;

namespace OneEdge.OpenNebula.Tests.Templates;

/// <summary>
/// The language once more, as slow and as close to its definition as can be: at each place every rule of the scanner is tried, the longest match wins,
/// of equally long ones the first. It knows nothing of places and never explains.
/// </summary>
internal sealed class ReferenceTemplate
{
    private static readonly (string Token, Regex Rule)[] Outside =
    [
        ("", Rule(@"[ \t]*#[^\n]*\n")), ("", Rule(@"[ \t\n]+")), ("name", Rule("[0-9A-Za-z_]+")), ("=", Rule(@"[ \t]*=[ \t]*")),
            ("=empty", Rule(@"[ \t]*=[ \t]*\n")),
        (",", Rule(@"[ \t\n]*,[ \t\n]*")), ("]", Rule(@"[ \t\n]*\][ \t\n]*")),
    ];

    private static readonly (string Token, Regex Rule)[] Inside =
    [
        ("[", Rule(@"[ \t]*\[[ \t\n]*")), ("cdata", Rule(@"[^\n]*\]\]>[^\n]*")), ("quoted", Rule("\"(?:\\\\\"|[^\"])*\"")),
            ("plain", Rule(@"[^=# \t\n,\[\]]+")),
    ];

    private readonly List<(string Token, string Text)> _tokens = [];
    private int _at;

    /// <summary>The attributes, or <see langword="null"/> when the text is refused.</summary>
    public static List<TemplateAttribute>? Read(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        if (text.StartsWith('<')) return null;
        var reader = new ReferenceTemplate();
        reader.Scan(text);
        return reader.Parse();
    }

    private static Regex Rule(string pattern) => new(@"\G(?:" + pattern + ")", RegexOptions.CultureInvariant);

    private void Scan(string text)
    {
        bool inside = false;
        for (int at = 0; at < text.Length;)
        {
            (string token, int length) = ("", 0);
            foreach ((string name, Regex rule) in inside ? Inside : Outside)
            {
                Match match = rule.Match(text, at);
                if (match.Success && match.Length > length) (token, length) = (name, match.Length);
            }

            if (length > 0 && token.Length > 0)
            {
                _tokens.Add((token, text.Substring(at, length)));
                inside = token == "=";
            }

            at += Math.Max(length, 1);
        }

        _tokens.Add(("end", ""));
    }

    private List<TemplateAttribute>? Parse()
    {
        List<TemplateAttribute> attributes = [];
        while (_tokens[_at].Token != "end")
        {
            if (!Take("name", out string name)) return null;
            string stored = StoredName(name);
            if (Take("=empty", out _))
            {
                attributes.Add(new TemplateAttribute(stored, ""));
                continue;
            }

            if (!Take("=", out _)) return null;
            if (TakeValue(out string value)) attributes.Add(new TemplateAttribute(stored, value));
            else if (Take("[", out _) && ParseItems() is { } items) attributes.Add(new TemplateAttribute(stored, items));
            else return null;
        }

        // What XML cannot hold is refused when the core stores it.
        bool isStorable = attributes.All(a => !Breaks(a.Value ?? "") && a.Items.All(i => !Breaks(i.Value) && !char.IsAsciiDigit(i.Key[0])));
        return isStorable ? attributes : null;
    }

    private static bool Breaks(string value) => value.Contains("]]>", StringComparison.Ordinal);

    private List<KeyValuePair<string, string>>? ParseItems()
    {
        List<KeyValuePair<string, string>> items = [];
        if (Take("]", out _)) return items;
        while (true)
        {
            if (!Take("name", out string name) || !Take("=", out _) || !TakeValue(out string value)) return null;
            string upper = name.ToUpperInvariant();
            if (items.TrueForAll(i => i.Key != upper)) items.Add(KeyValuePair.Create(upper, value));
            if (Take("]", out _)) return items;
            if (!Take(",", out _)) return null;
        }
    }

    private bool TakeValue(out string value)
    {
        bool quoted = Take("quoted", out value);
        if (!quoted && !Take("plain", out value)) return false;
        if (quoted) value = value[1..^1];
        value = value.Replace("\\\"", "\"", StringComparison.Ordinal);
        return true;
    }

    private bool Take(string token, out string text)
    {
        text = _tokens[_at].Text;
        if (_tokens[_at].Token != token) return false;
        _at++;
        return true;
    }

    private static string StoredName(string name)
    {
        string upper = name.ToUpperInvariant();
        return char.IsAsciiDigit(upper[0]) || upper.StartsWith("XML", StringComparison.Ordinal) ? "ONE_" + upper : upper;
    }
}
