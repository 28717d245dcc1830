using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace OneEdge.Config.Formats;

/// <summary>What a plain scalar means, as Psych 4 decides it (YAML 1.1 with Ruby's symbols).</summary>
internal static partial class YamlScalars
{
    // The patterns take linear time. A limit by the clock would fail small texts on a busy machine.
    private const int NoTimeout = Timeout.Infinite;

    // Longer text that begins with a letter can't be a word with a meaning.
    private const int LongestWord = 5;

    /// <summary>Gives the meaning of a plain scalar, or the Ruby class that the original refuses to make (or, for a malformed number, its text).</summary>
    public static ConfigValue? Resolve(string text, out string? refusal)
    {
        refusal = null;
        if (text.Length == 0) return ConfigValue.Null;
        if (IsWord(text)) return Word(text);
        if (text.Contains('-', StringComparison.Ordinal) && (char.IsAsciiDigit(text[0]) || text[0] == '-')) refusal = RefusedTime(text);
        if (refusal is not null) return null;

        if (text is "." or "+." or "-.") return ConfigValue.From(text);
        if (text[0] == ':') return text.Length > 1 ? ConfigValue.Symbol(SymbolName(text)) : ConfigValue.From(text);
        return Special(text) ?? Base60(text) ?? Number(text, out refusal) ?? (refusal is null ? ConfigValue.From(text) : null);
    }

    private static string? RefusedTime(string text)
    {
        if (TimePattern().IsMatch(text)) return "Tried to load unspecified class: Time";
        return DatePattern().IsMatch(text) ? "Tried to load unspecified class: Date" : null;
    }

    /// <summary>Whether a plain scalar with this text is read as this very text.</summary>
    public static bool IsText(string text) => Resolve(text, out _) is { Kind: ConfigValueKind.String };

    /// <summary>The number that a float-tagged scalar holds; <see langword="null"/> when it is none.</summary>
    public static ConfigValue? ToFloat(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Integer or ConfigValueKind.Float => ConfigValue.From(value.AsDouble()),
        _ => null,
    };

    private static bool IsWord(string text) => text.Contains('\n', StringComparison.Ordinal)
        || IsWordCharacter(text[0])
        || (text.Length > 1 && !(char.IsAsciiDigit(text[0]) || text[0] is '.' or ':' or '-')
            && IsWordCharacter(text[char.IsSurrogatePair(text, 0) ? Math.Min(2, text.Length - 1) : 1]));

    private static bool IsWordCharacter(char c) => char.IsLetter(c) || c is '_' or ' ' or '\t' or '\r' or '\f' or '\v'
        || "!@#$%^&*(){}<>|/\\~;=".Contains(c, StringComparison.Ordinal);

    private static ConfigValue Word(string text)
    {
        bool isLong = text.Length > LongestWord && (text.Length > 2 * LongestWord || text.EnumerateRunes().Take(LongestWord + 1).Count() > LongestWord);
        if (isLong || !"ytonfYTONF~\n".Contains(text[0], StringComparison.Ordinal)) return ConfigValue.From(text);

        // Ruby's ^ and $ match at every line of the text.
        string[] lines = text.Split('\n');
        if (lines.Any(l => l.Length == 0 ? !ReferenceEquals(l, lines[^1]) : !"ytonf~".Contains(char.ToLowerInvariant(l[0]), StringComparison.Ordinal)))
            return ConfigValue.From(text);
        if (text == "~" || lines.Any(l => Is(l, "null"))) return ConfigValue.Null;
        if (lines.Any(l => Is(l, "yes") || Is(l, "true") || Is(l, "on"))) return ConfigValue.True;
        if (lines.Any(l => Is(l, "no") || Is(l, "false") || Is(l, "off"))) return ConfigValue.False;
        return ConfigValue.From(text);

        static bool Is(string line, string word) => line.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    // A quoted symbol ends at the last quote of its kind; a colon inside the quotes is dropped once.
    private static string SymbolName(string text)
    {
        string name = text[1..];
        if (text[1] is '"' or '\'' && text.LastIndexOf(text[1]) is var close and > 1) name = text[2..close];
        else return name;
        return name.StartsWith(':') ? name[1..] : name;
    }

    private static ConfigValue? Special(string text)
    {
        if (text.Equals(".inf", StringComparison.OrdinalIgnoreCase) || text.Equals("+.inf", StringComparison.OrdinalIgnoreCase)) return double.PositiveInfinity;
        if (text.Equals("-.inf", StringComparison.OrdinalIgnoreCase)) return double.NegativeInfinity;
        return text.Equals(".nan", StringComparison.OrdinalIgnoreCase) ? double.NaN : null;
    }

    // Two parts count as hours and minutes.
    private static ConfigValue? Base60(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal) || !Base60Pattern().IsMatch(text)) return null;
        string[] parts = text.Split(':');
        int[] weights = [3600, 60, 1];
        if (!parts[^1].Contains('.', StringComparison.Ordinal))
            return ConfigValue.From(parts.Select((p, i) => ToInteger(p) * weights[i]).Aggregate(BigInteger.Add));
        return parts.Select((p, i) => ToDouble(p) * weights[i]).Aggregate(0.0, (sum, part) => sum + part);
    }

    // Digits with single underscores between them, up to the first other character.
    private static string LeadingDigits(string text)
    {
        var digits = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsAsciiDigit(c) || (i == 0 && c is '-' or '+')) digits.Append(c);
            else if (c != '_' || i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1])) break;
        }

        return digits.ToString();
    }

    private static BigInteger ToInteger(string text) => BigInteger.Parse(LeadingDigits(text), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static double ToDouble(string text)
    {
        string whole = LeadingDigits(text);
        int dot = text.IndexOf('.', StringComparison.Ordinal);
        bool reached = dot >= 0 && text[..dot].Replace("_", "", StringComparison.Ordinal) == whole;
        string fraction = reached && dot + 1 < text.Length && char.IsAsciiDigit(text[dot + 1]) ? LeadingDigits(text[(dot + 1)..]) : "0";
        return double.Parse($"{whole}.{fraction}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private static ConfigValue? Number(string text, out string? refusal)
    {
        refusal = null;
        if (!(char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')) return null;
        if (FloatPattern().IsMatch(text)) return Float(text, out refusal);
        return IntegerPattern().IsMatch(text) ? Integer(text, out refusal) : null;
    }

    private static ConfigValue? Float(string text, out string? refusal)
    {
        refusal = null;
        string digits = text.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (digits.Any(char.IsAsciiDigit) && char.IsAsciiDigit(digits.FirstOrDefault(c => c is not ('+' or '-' or '.'))))
            return double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        refusal = $"invalid value for Float(): \"{text}\"";
        return null;
    }

    private static ConfigValue? Integer(string text, out string? refusal)
    {
        refusal = null;
        string digits = text.Replace(",", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        bool negative = digits[0] == '-';
        if (digits[0] is '-' or '+') digits = digits[1..];
        int radix = digits is ['0', 'x', ..] ? 16 : digits is ['0', 'b', ..] ? 2 : digits is ['0', _, ..] ? 8 : 10;
        if (radix is 16 or 2) digits = digits[2..];
        if (digits.Length == 0)
        {
            refusal = $"invalid value for Integer(): \"{text}\"";
            return null;
        }

        BigInteger value = radix switch
        {
            16 => BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            2 => BigInteger.Parse("0" + digits, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture),
            8 => Octal(digits),
            _ => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture),
        };
        return ConfigValue.From(negative ? -value : value);
    }

    private static BigInteger Octal(string digits)
    {
        string binary = string.Concat(digits.Select(d => Convert.ToString(d - '0', 2).PadLeft(3, '0')));
        return BigInteger.Parse("0" + binary, NumberStyles.AllowBinarySpecifier, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^-?\d{4}-\d{1,2}-\d{1,2}(?:[Tt]|\s+)\d{1,2}:\d\d:\d\d(?:\.\d*)?(?:\s*(?:Z|[-+]\d{1,2}:?(?:\d\d)?))?$", RegexOptions.ECMAScript, NoTimeout)]
    private static partial Regex TimePattern();

    [GeneratedRegex(@"^\d{4}-(?:1[012]|0\d|\d)-(?:[12]\d|3[01]|0\d|\d)$", RegexOptions.ECMAScript, NoTimeout)]
    private static partial Regex DatePattern();

    [GeneratedRegex(@"^[-+]?[0-9][0-9_]*(:[0-5]?[0-9]){1,2}(\.[0-9_]*)?$", RegexOptions.ECMAScript, NoTimeout)]
    private static partial Regex Base60Pattern();

    [GeneratedRegex(@"^[-+]?([0-9][0-9_,]*)?\.[0-9]*([eE][-+][0-9]+)?$", RegexOptions.ECMAScript, NoTimeout)]
    private static partial Regex FloatPattern();

    [GeneratedRegex(@"^[-+]?(0b[01_,]+|0[0-7_,]+|0|[1-9]([0-9]|,[0-9]|_[0-9])*|0x[0-9a-fA-F_,]+)$", RegexOptions.ECMAScript, NoTimeout)]
    private static partial Regex IntegerPattern();
}
