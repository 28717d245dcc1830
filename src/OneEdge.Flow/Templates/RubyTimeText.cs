using System.Globalization;
using System.Text.RegularExpressions;

namespace OneEdge.Flow;

/// <summary>
/// Whether Ruby's <c>Time.parse</c> finds a time in a text. It takes nearly anything: a time of day, a date in one of many orders, a month, a year, or a few
/// digits.
/// </summary>
/// <remarks>Source: Ruby 3.1, the documentation of <c>Date._parse</c> and its tests. Eras and week dates are left out.</remarks>
internal static partial class RubyTimeText
{
    private const int MaxLength = 128;
    private const string MonthNames = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec";
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    public static bool IsTime(string text)
    {
        if (text.Length > MaxLength) return false;
        text = Others().Replace(text, " ");
        text = DayName().Replace(text, " ", 1);
        bool found = false;
        if (TimeOfDay().Match(text) is { Success: true } time)
        {
            if (!IsTimeOfDay(time)) return false;
            found = true;
            text = string.Concat(text.AsSpan(0, time.Index), " ", text.AsSpan(time.Index + time.Length));
        }

        return IsDate(text) ?? found;
    }

    private static bool IsTimeOfDay(Match time)
    {
        int hour = Number(time.Groups["hour"]);
        int minute = Number(time.Groups["minute"]);
        int second = Number(time.Groups["second"]);
        if (time.Groups["half"].Success) hour = (hour % 12) + (time.Groups["half"].ValueSpan[0] is 'p' or 'P' ? 12 : 0);
        return hour <= 24 && minute <= 59 && second <= 60 && (hour < 24 || minute + second == 0);
    }

    // Nothing when there is no date in it.
    private static bool? IsDate(string text)
    {
        if (DayAndMonth().Match(text) is { Success: true } european) return IsDay(Number(european.Groups["day"]));
        if (MonthAndDay().Match(text) is { Success: true } american) return IsDay(Number(american.Groups["day"]));
        if (Numbers().Match(text) is { Success: true } iso) return IsYearMonthDay(iso, "-");
        if (DayMonthYear().Match(text) is { Success: true } named) return IsDay(Number(named.Groups["day"]));
        if (Slashes().Match(text) is { Success: true } slashes) return IsYearMonthDay(slashes, "/");
        if (Dots().Match(text) is { Success: true } dots) return IsYearMonthDay(dots, ".");
        if (ShortYear().IsMatch(text) || MonthOnly().IsMatch(text)) return true;
        if (Ordinal().Match(text) is { Success: true } ordinal) return IsDay(Number(ordinal.Groups["day"]));
        return Digits().Match(text) is { Success: true } digits ? AreDigits(digits.Groups["digits"].Value) : null;
    }

    // Years may stand at either end; those of two digits stand in front.
    private static bool IsYearMonthDay(Match match, string separator)
    {
        string last = match.Groups["last"].Value;
        int month = Number(match.Groups["middle"]);
        if (last.Length == 0) return separator == "/" && Number(match.Groups["first"]) is >= 1 and <= 12 && IsDay(month);
        bool isYearLast = last.Length > 2 || last[0] == '\'';
        return month is >= 1 and <= 12 && IsDay(Number(isYearLast ? match.Groups["first"] : match.Groups["last"]));
    }

    private static bool AreDigits(string digits) => digits.Length switch
    {
        2 => IsDay(Part(digits, 0, 2)),
        4 => IsMonth(Part(digits, 0, 2)) && IsDay(Part(digits, 2, 2)),
        6 => IsMonth(Part(digits, 2, 2)) && IsDay(Part(digits, 4, 2)),
        8 => IsMonth(Part(digits, 4, 2)) && IsDay(Part(digits, 6, 2)),
        _ => digits.Length <= 14,
    };

    private static bool IsMonth(int month) => month is >= 1 and <= 12;

    private static bool IsDay(int day) => day is >= 1 and <= 31;

    private static int Part(string digits, int start, int length) => int.Parse(digits.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Number(Group group)
    {
        ReadOnlySpan<char> digits = group.ValueSpan.Trim("'+-");
        return digits.Length == 0 ? 0 : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : int.MaxValue;
    }

    [GeneratedRegex(@"[^-+',./:@\p{L}\p{Nd}\[\]]+", Options, 1000)]
    private static partial Regex Others();

    [GeneratedRegex(@"\b(sun|mon|tue|wed|thu|fri|sat)[^-/0-9\s]*", Options, 1000)]
    private static partial Regex DayName();

    [GeneratedRegex(
        @"(?<hour>[0-9]+)\s*(" +
        @"(:\s*(?<minute>[0-9]+)(\s*:\s*(?<second>[0-9]+)([,.][0-9]*)?)?|h(\s*(?<minute>[0-9]+)m?(\s*(?<second>[0-9]+)s?)?)?)(\s*(?<half>[ap])(m\b|\.m\.))?" +
        @"|(?<half>[ap])(m\b|\.m\.))" +
        @"(\s*(z\b|gmt|utc|[-+][0-9]+(:[0-9]+)?|[a-z]{3,4}\b))?",
        Options, 1000)]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"'?(?<day>[0-9]+)[^-0-9\s]*\s*\b(" + MonthNames + ")", Options, 1000)]
    private static partial Regex DayAndMonth();

    [GeneratedRegex(@"\b(" + MonthNames + @")[^-0-9\s']*\s*(?<day>'?[0-9]+)", Options, 1000)]
    private static partial Regex MonthAndDay();

    [GeneratedRegex(@"(?<first>'?[-+]?[0-9]+)-(?<middle>[0-9]+)-(?<last>'?-?[0-9]+)", Options, 1000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"(?<day>'?-?[0-9]+)-(" + MonthNames + @")[^-/.]*-'?-?[0-9]+", Options, 1000)]
    private static partial Regex DayMonthYear();

    [GeneratedRegex(@"(?<first>'?-?[0-9]+)/\s*(?<middle>'?[0-9]+)([^0-9]\s*(?<last>'?-?[0-9]+))?", Options, 1000)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"(?<first>'?-?[0-9]+)\.\s*(?<middle>'?[0-9]+)\.\s*(?<last>'?-?[0-9]+)", Options, 1000)]
    private static partial Regex Dots();

    [GeneratedRegex(@"'[0-9]+\b", Options, 1000)]
    private static partial Regex ShortYear();

    [GeneratedRegex(@"\b(" + MonthNames + ")", Options, 1000)]
    private static partial Regex MonthOnly();

    [GeneratedRegex(@"(?<day>[0-9]+)(st|nd|rd|th)\b", Options, 1000)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"[-+]?(?<digits>[0-9]{2,14})", Options, 1000)]
    private static partial Regex Digits();
}
