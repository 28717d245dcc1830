using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>
/// Numbers as Ruby's <c>Integer()</c> makes them of JSON values: fractions are cut off; texts may have blanks around, a sign, one of the prefixes
/// <c>0x</c>, <c>0b</c>, <c>0o</c>, <c>0</c> (octal) and <c>0d</c>, and single <c>_</c> between digits.
/// </summary>
internal static class RubyInteger
{
    // What is longer is no number of anything; Ruby would count on.
    public const int MaxDigits = 1000;

    public enum Outcome
    {
        Number,

        /// <summary>A text that is no number.</summary>
        NoNumber,

        /// <summary>A value of another kind, or an infinite number, of which the original dies.</summary>
        NoText,

        /// <summary>More than <see cref="MaxDigits"/> digits.</summary>
        TooLong,
    }

    public static Outcome Read(JsonNode node, out BigInteger value)
    {
        value = default;
        return node.GetValueKind() switch
        {
            JsonValueKind.String => FromText(node.GetValue<string>(), out value),
            JsonValueKind.Number => FromNumber(node.ToJsonString(), out value),
            _ => Outcome.NoText,
        };
    }

    /// <summary>A number of JSON as its text.</summary>
    public static Outcome FromNumber(string text, out BigInteger value)
    {
        if (text.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        {
            value = default;
            if (text.Length > MaxDigits) return Outcome.TooLong;
            value = BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            return Outcome.Number;
        }

        double number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        value = double.IsFinite(number) ? new BigInteger(number) : default;
        return double.IsFinite(number) ? Outcome.Number : Outcome.NoText;
    }

    public static Outcome FromText(string text, out BigInteger value)
    {
        value = default;
        ReadOnlySpan<char> rest = text.AsSpan().Trim(" \t\n\v\f\r");
        bool isNegative = rest.StartsWith('-');
        if (isNegative || rest.StartsWith('+')) rest = rest[1..];
        int radix = RadixOf(ref rest);
        if (rest.Length > MaxDigits) return Outcome.TooLong;
        if (rest.Length == 0 || rest[^1] == '_') return Outcome.NoNumber;
        char before = '_';
        foreach (char c in rest)
        {
            int digit = c == '_' ? -1 : DigitOf(c);
            if (c == '_' ? before == '_' : digit < 0 || digit >= radix) return Outcome.NoNumber;
            if (c != '_') value = (value * radix) + digit;
            before = c;
        }

        if (isNegative) value = -value;
        return Outcome.Number;
    }

    private static int RadixOf(ref ReadOnlySpan<char> digits)
    {
        if (digits.Length < 2 || digits[0] != '0') return 10;
        int radix = char.ToLowerInvariant(digits[1]) switch { 'x' => 16, 'b' => 2, 'o' => 8, 'd' => 10, _ => 0 };
        // Of a bare 0 in front the digit itself stays: it allows "0_7".
        if (radix == 0) return 8;
        digits = digits[2..];
        return radix;
    }

    private static int DigitOf(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
