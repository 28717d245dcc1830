using System.Buffers;
using System.Globalization;
using System.Text;
using OneEdge.Text;

namespace OneEdge.Config.Formats;

/// <summary>Writes scalars so that Ruby reads exactly the same value back; the choice of quotes is Psych's.</summary>
internal static class YamlScalarText
{
    private static readonly SearchValues<char> FlowIndicators = SearchValues.Create(",[]{}:?#");

    /// <summary>One scalar on one line.</summary>
    /// <param name="value">The scalar.</param>
    /// <param name="inFlow">Whether it stands between brackets.</param>
    /// <param name="isKey">Whether it is a key.</param>
    public static string Inline(ConfigValue value, bool inFlow, bool isKey = false) => value.Kind switch
    {
        ConfigValueKind.Null => isKey ? "~" : "null",
        ConfigValueKind.Boolean => value.AsBoolean() ? "true" : "false",
        ConfigValueKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        ConfigValueKind.Float => Float(value.AsDouble()),
        ConfigValueKind.Symbol => Symbol(value.AsString(), inFlow),
        _ => String(value.AsString(), inFlow, isKey),
    };

    /// <summary>The header of a literal block for a text of several lines, or <see langword="null"/> when it can't be written so.</summary>
    public static string? LiteralHeader(ConfigValue value)
    {
        if (value.Kind != ConfigValueKind.String) return null;
        string text = value.AsString();
        int first = text.IndexOf('\n', StringComparison.Ordinal);
        if (first <= 0 || first == text.Length - 1 || text[0] is ' ' or '\t') return null;
        if (text.Contains(" \n", StringComparison.Ordinal) || text.Contains("\t\n", StringComparison.Ordinal) || text[^1] is ' ' or '\t') return null;
        if (!IsPrintable(text.Replace("\n", "", StringComparison.Ordinal))) return null;
        if (text[^1] != '\n') return "|-";

        // A block that keeps its empty lines would also keep those that follow it in the file.
        return text[^2] == '\n' ? null : "|";
    }

    /// <summary>Whether a text holds a byte that is not UTF-8, as <see cref="SourceEncoding"/> carries it.</summary>
    public static bool HasCarrier(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static string Float(double value)
    {
        if (double.IsNaN(value)) return ".nan";
        if (double.IsInfinity(value)) return value > 0 ? ".inf" : "-.inf";
        return RubyText.OfFloat(value);
    }

    private static string Symbol(string name, bool inFlow)
    {
        string text = ":" + name;
        bool readable = YamlScalars.Resolve(text, out _) is { Kind: ConfigValueKind.Symbol } read && read.AsString() == name;
        if (readable && !inFlow && IsPlainRest(name, inFlow) && IsWord(name)) return text;
        return readable && !HasCarrier(name) ? $"! {Quoted(text)}" : $"!ruby/symbol {Quoted(name)}";
    }

    private static string String(string text, bool inFlow, bool isKey)
    {
        if (HasCarrier(text)) return $"!binary \"{Convert.ToBase64String(SourceEncoding.GetBytes(text))}\"";
        if (text == "<<" && isKey) return "!!str '<<'";
        if (text is "y" or "n") return $"\"{text}\"";
        if (text.Length > 0 && !IsWord(text) && !text.AsSpan(1).Contains('"')) return DoubleQuoted(text);
        if (!YamlScalars.IsText(text) || IsBadOctal(text)) return Quoted(text);
        return IsPlainRest(text, inFlow) && IsWord(text) ? text : Quoted(text);
    }

    private static bool IsWord(string text) => text.Length > 0 && (char.IsLetterOrDigit(text[0]) || text[0] == '_');

    private static bool IsPlainRest(string text, bool inFlow) => IsPrintable(text)
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && text[^1] is not (' ' or ':')
        && !(inFlow && text.AsSpan().ContainsAny(FlowIndicators));

    private static bool IsBadOctal(string text) => text[0] == '0' && text.SkipWhile(c => c is >= '0' and <= '7').FirstOrDefault() is '8' or '9';

    private static string Quoted(string text) => IsPrintable(text) ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : DoubleQuoted(text);

    private static string DoubleQuoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.IsBmp && YamlEscapes.LetterOf((char)rune.Value) is { } letter) quoted.Append('\\').Append(letter);
            else if (IsPrintable(rune)) quoted.Append(rune);
            else if (rune.Value <= 0xFF) quoted.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:X2}");
            else if (rune.IsBmp) quoted.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
            else quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}");
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPrintable(string text)
    {
        foreach (char c in text)
        {
            if (char.IsSurrogate(c) || !IsPrintable(new Rune(c))) return false;
        }

        return true;
    }

    private static bool IsPrintable(Rune rune) => rune.Value is (>= 0x20 and < 0x7F) or (>= 0xA0 and < 0xFFFE and not 0x2028 and not 0x2029 and not 0xFEFF);
}
