using System.Text.RegularExpressions;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>What tags do to the meaning of a node, as Psych does when it may make plain values and symbols only.</summary>
internal static partial class YamlTags
{
    public const string Core = "tag:yaml.org,2002:";

    // As in YamlScalars: the patterns take linear time.
    private const int NoTimeout = Timeout.Infinite;

    /// <summary>The meaning of a scalar, or the reason why the original refuses it.</summary>
    public static ConfigValue? Scalar(string text, bool quoted, string? tag, out string? refusal)
    {
        refusal = null;
        if (quoted) return ConfigValue.From(text);
        if (tag is null or "!") return YamlScalars.Resolve(text, out refusal);
        if (tag is "!binary" or Core + "binary") return ConfigValue.From(SourceEncoding.GetString(DecodeBase64(text)));
        if (tag is Core + "str" or "!str" or "!ruby/string") return ConfigValue.From(text);
        if (tag is Core + "float" or "!float") return Float(text, out refusal);
        if (tag.StartsWith("!ruby/sym", StringComparison.Ordinal)) return ConfigValue.Symbol(text);
        if (RefusedScalar(tag, text) is not { } refused) return YamlScalars.Resolve(text, out refusal);
        refusal = $"Tried to load unspecified class: {refused}";
        return null;
    }

    public static ConfigValue Sequence(YamlNode node)
    {
        if (node.Tag is "!omap" or Core + "omap")
            return ConfigValue.Map(node.Entries.Where(e => e.Value.Value.Kind == ConfigValueKind.Map).SelectMany(e => e.Value.Value.Members));
        var items = new ConfigValue[node.Entries.Count];
        for (int i = 0; i < items.Length; i++) items[i] = node.Entries[i].Value.Value;
        return ConfigValue.Array(items);
    }

    public static ConfigValue Mapping(YamlNode node) => ConfigValue.Map(YamlMerge.Members(node, static e => e.Value.Value));

    /// <summary>The Ruby class that a tagged sequence would need.</summary>
    public static string? RefusedSequence(string? tag) =>
        tag is not null && SequenceClass().Match(tag) is { Success: true } match ? match.Groups["name"].Value : null;

    private static ConfigValue? Float(string text, out string? refusal)
    {
        ConfigValue? value = YamlScalars.Resolve(text, out refusal);
        if (value is null) return null;
        if (YamlScalars.ToFloat(value) is { } number) return number;
        refusal = $"invalid value for Float(): \"{text}\"";
        return null;
    }

    private static string? RefusedScalar(string tag, string text) => tag switch
    {
        "!ruby/object:BigDecimal" => "BigDecimal",
        "!ruby/object:DateTime" => "DateTime",
        "!ruby/object:Complex" => "Complex",
        "!ruby/object:Rational" => "Rational",
        "!ruby/encoding" => "Encoding",
        "!ruby/class" or "!ruby/module" => text,
        "!ruby/regexp" => "Regexp",
        "!ruby/range" => "Range",
        _ when tag.StartsWith("!str:", StringComparison.Ordinal) => tag["!str:".Length..],
        _ when tag.StartsWith("!ruby/string:", StringComparison.Ordinal) => tag["!ruby/string:".Length..],
        _ => null,
    };

    /// <summary>The Ruby class that a tagged mapping would need.</summary>
    public static string? RefusedMapping(string? tag)
    {
        if (tag is null or "!ruby/object:Hash") return null;
        if (tag is "!set" or Core + "set") return "Psych::Set";
        if (tag is "!omap" or Core + "omap") return "Psych::Omap";
        if (tag is Core + "str" or "!str" or "!ruby/string") return "String";
        Match match = MappingClass().Match(tag);
        if (!match.Success) return null;
        if (match.Groups["name"].Length > 0) return match.Groups["name"].Value;
        return match.Groups["tag"].Value switch
        {
            "!ruby/struct" => "Struct",
            "!ruby/range" => "Range",
            "!ruby/exception" => "Exception",
            _ => "Object",
        };
    }

    // As Ruby's unpack: what is not in the alphabet is skipped, the end may be cut short.
    private static byte[] DecodeBase64(string text)
    {
        string digits = string.Concat(text.TakeWhile(c => c != '=').Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/'));
        if (digits.Length % 4 == 1) digits = digits[..^1];
        return Convert.FromBase64String(digits.PadRight((digits.Length + 3) / 4 * 4, '='));
    }

    [GeneratedRegex("^!(seq|ruby/array):(?<name>.*)$", RegexOptions.ExplicitCapture, NoTimeout)]
    private static partial Regex SequenceClass();

    [GeneratedRegex(
        "^(?<tag>!ruby/struct|!ruby/object|!str|!ruby/string|!ruby/array|!ruby/range|!ruby/exception|!ruby/hash-with-ivars|!map|!ruby/hash"
            + "|!ruby/marshalable):?(?<name>.*)$",
        RegexOptions.ExplicitCapture,
        NoTimeout)]
    private static partial Regex MappingClass();
}
