using System.Buffers;
using System.Globalization;

namespace OneEdge.Flow.Elasticity;

/// <summary>Numbers as Ruby reads and writes them: OpenNebula hands texts of users and probes to it, and stores what it prints.</summary>
/// <remarks>Source: the documentation of Ruby 3.1, <c>String#to_f</c> and <c>Float#to_s</c>, and runs of it.</remarks>
internal static class RubyNumber
{
    private const int MostCharacters = 32;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>The number at the start of a text; 0 when there is none, infinite when it is too large for one of 64 bits.</summary>
    public static double Parse(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(" \t\n\v\f\r");
        char[]? rented = null;
        Span<char> number = text.Length <= 128 ? stackalloc char[128] : (rented = ArrayPool<char>.Shared.Rent(text.Length));
        int length = Clean(text, number);
        double value = length == 0 ? 0 : double.Parse(number[..length], NumberStyles.Float, Culture);
        if (rented is not null) ArrayPool<char>.Shared.Return(rented);
        return value;
    }

    /// <inheritdoc cref="Format(double, Span{char})"/>
    public static string Format(double value)
    {
        Span<char> text = stackalloc char[MostCharacters];
        return text[..Format(value, text)].ToString();
    }

    /// <summary>The text of a number: <c>80.5</c>, <c>3.0</c>, <c>1.0e+15</c>.</summary>
    public static int Format(double value, Span<char> destination)
    {
        if (double.IsInfinity(value)) return Copy(value > 0 ? "Infinity" : "-Infinity", destination);
        Span<char> shortest = stackalloc char[MostCharacters];
        value.TryFormat(shortest, out int length, default, Culture);
        Span<char> digits = stackalloc char[MostCharacters];
        int count = Digits(shortest[..length], digits, out int point);
        int written = 0;
        if (double.IsNegative(value)) destination[written++] = '-';
        written += point is > -4 and <= 15 ? Plain(digits[..count], point, destination[written..]) : Scientific(digits[..count], point, destination[written..]);
        return written;
    }

    // Copies what belongs to the number, without the underscores; nothing when the text does not begin with one.
    private static int Clean(ReadOnlySpan<char> text, Span<char> number)
    {
        int written = 0;
        int position = 0;
        if (position < text.Length && text[position] is '+' or '-') number[written++] = text[position++];
        int whole = CopyDigits(text, ref position, number, ref written);
        bool hasFraction = position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]);
        if (whole == 0 && !hasFraction) return 0;
        if (hasFraction)
        {
            number[written++] = '.';
            position++;
            CopyDigits(text, ref position, number, ref written);
        }

        if (position >= text.Length || text[position] is not ('e' or 'E')) return written;
        int mantissa = written;
        number[written++] = 'e';
        position++;
        if (position < text.Length && text[position] is '+' or '-') number[written++] = text[position++];
        return CopyDigits(text, ref position, number, ref written) == 0 ? mantissa : written;
    }

    // One underscore may stand between two digits.
    private static int CopyDigits(ReadOnlySpan<char> text, ref int position, Span<char> number, ref int written)
    {
        int count = 0;
        while (position < text.Length)
        {
            if (char.IsAsciiDigit(text[position])) number[written++] = text[position];
            else if (text[position] != '_' || count == 0 || position + 1 == text.Length || !char.IsAsciiDigit(text[position + 1])) break;
            else count--;
            position++;
            count++;
        }

        return count;
    }

    // The digits of a text that .NET made, without zeros at both ends, and how many of them stand before the point.
    private static int Digits(ReadOnlySpan<char> text, Span<char> digits, out int point)
    {
        int exponentAt = text.IndexOf('E');
        int exponent = exponentAt < 0 ? 0 : int.Parse(text[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, Culture);
        ReadOnlySpan<char> mantissa = (exponentAt < 0 ? text : text[..exponentAt]).TrimStart('-');
        int count = 0;
        point = mantissa.IndexOf('.') is var at and >= 0 ? at : mantissa.Length;
        foreach (char c in mantissa)
        {
            if (c == '.') continue;
            if (count == 0 && c == '0') point--;
            else digits[count++] = c;
        }

        while (count > 0 && digits[count - 1] == '0') count--;
        if (count == 0)
        {
            (digits[0], count, point) = ('0', 1, 1);
            return count;
        }

        point += exponent;
        return count;
    }

    private static int Plain(ReadOnlySpan<char> digits, int point, Span<char> destination)
    {
        int written = 0;
        if (point <= 0) destination[written++] = '0';
        for (int i = 0; i < point; i++) destination[written++] = i < digits.Length ? digits[i] : '0';
        destination[written++] = '.';
        for (int i = point; i < 0; i++) destination[written++] = '0';
        if (digits.Length <= point) destination[written++] = '0';
        for (int i = Math.Max(point, 0); i < digits.Length; i++) destination[written++] = digits[i];
        return written;
    }

    private static int Scientific(ReadOnlySpan<char> digits, int point, Span<char> destination)
    {
        int written = 0;
        destination[written++] = digits[0];
        destination[written++] = '.';
        if (digits.Length == 1) destination[written++] = '0';
        digits[1..].CopyTo(destination[written..]);
        written += digits.Length - 1;
        destination[written++] = 'e';
        int exponent = point - 1;
        destination[written++] = exponent < 0 ? '-' : '+';
        Math.Abs(exponent).TryFormat(destination[written..], out int length, "00", Culture);
        return written + length;
    }

    private static int Copy(string text, Span<char> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }
}
