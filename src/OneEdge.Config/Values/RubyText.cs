using System.Globalization;
using System.Text;

namespace OneEdge.Config;

/// <summary>Text as Ruby writes it where the original lets Ruby's <c>to_s</c> or <c>inspect</c> reach a file or a message.</summary>
internal static class RubyText
{
    /// <summary>A float as <c>Float#to_s</c>: <c>1.5</c>, <c>1000.0</c>, <c>1.0e+20</c>, <c>1.0e-07</c>.</summary>
    public static string OfFloat(double value)
    {
        if (double.IsNaN(value)) return "NaN";
        if (double.IsInfinity(value)) return value > 0 ? "Infinity" : "-Infinity";
        if (value == 0) return double.IsNegative(value) ? "-0.0" : "0.0";

        (string digits, int exponent) = Shortest(value);
        string sign = value < 0 ? "-" : "";
        if (exponent is < -4 or >= 16)
        {
            string fraction = digits.Length > 1 ? digits[1..] : "0";
            string power = Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture);
            return $"{sign}{digits[0]}.{fraction}e{(exponent < 0 ? '-' : '+')}{power}";
        }

        if (exponent < 0) return $"{sign}0.{new string('0', -exponent - 1)}{digits}";
        string whole = digits.Length > exponent ? digits[..(exponent + 1)] : digits.PadRight(exponent + 1, '0');
        string rest = digits.Length > exponent + 1 ? digits[(exponent + 1)..] : "0";
        return $"{sign}{whole}.{rest}";
    }

    /// <summary>A value as <c>to_s</c>: what an operation writes into a file of strings.</summary>
    public static string Of(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Array or ConfigValueKind.Map => Inspect(value),
        ConfigValueKind.Symbol => value.AsString(),
        _ => value.ToString(),
    };

    /// <summary>A key of a map as the original's JSON shows it: a symbol as <c>:name</c>, a collection as <c>inspect</c>.</summary>
    public static string OfJsonKey(ConfigValue key) => key.Kind is ConfigValueKind.Array or ConfigValueKind.Map ? Inspect(WithoutSymbols(key)) : key.ToString();

    /// <summary>A value as <c>inspect</c>: <c>[1, "a", :b, nil]</c>, <c>{"a"=>1}</c>.</summary>
    public static string Inspect(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Null => "nil",
        ConfigValueKind.String => Inspect(value.AsString()),
        ConfigValueKind.Array => $"[{string.Join(", ", value.Items.Select(Inspect))}]",
        ConfigValueKind.Map => $"{{{string.Join(", ", value.Members.Select(m => $"{Inspect(m.Key)}=>{Inspect(m.Value)}"))}}}",
        _ => value.ToString(),
    };

    /// <summary>A string as <c>inspect</c>: double quotes, with <c>" \ #{ #$ #@</c> and control characters escaped.</summary>
    public static string Inspect(string text)
    {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '#' when i + 1 < text.Length && text[i + 1] is '{' or '$' or '@' => quoted.Append("\\#"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                '\a' => quoted.Append("\\a"),
                '\b' => quoted.Append("\\b"),
                '\v' => quoted.Append("\\v"),
                '\f' => quoted.Append("\\f"),
                '\e' => quoted.Append("\\e"),
                < ' ' or '\x7F' => quoted.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>The name of the Ruby class of a value, as the messages of the original use it.</summary>
    public static string ClassOf(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Null => "NilClass",
        ConfigValueKind.Boolean => value.AsBoolean() ? "TrueClass" : "FalseClass",
        ConfigValueKind.Map => "Hash",
        _ => value.Kind.ToString(),
    };

    // The fewest digits that read back as the same number, and the power of ten of the first one.
    private static (string Digits, int Exponent) Shortest(double value)
    {
        string text = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        int e = text.IndexOf('E');
        string mantissa = e < 0 ? text : text[..e];
        int power = e < 0 ? 0 : int.Parse(text.AsSpan(e + 1), CultureInfo.InvariantCulture);
        int point = mantissa.IndexOf('.');
        string all = mantissa.Replace(".", "", StringComparison.Ordinal);
        string digits = all.TrimStart('0');
        int whole = (point < 0 ? mantissa.Length : point) - (all.Length - digits.Length);
        return (digits.TrimEnd('0'), whole - 1 + power);
    }

    private static ConfigValue WithoutSymbols(ConfigValue value) => value.Kind switch
    {
        ConfigValueKind.Symbol => ConfigValue.From(value.ToString()),
        ConfigValueKind.Array => ConfigValue.Array(value.Items.Select(WithoutSymbols)),
        ConfigValueKind.Map => ConfigValue.Map(value.Members.Select(m => KeyValuePair.Create(WithoutSymbols(m.Key), WithoutSymbols(m.Value)))),
        _ => value,
    };
}
