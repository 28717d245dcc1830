using System.Globalization;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.Elasticity;

/// <summary>
/// Reads times as people write them. OpenNebula hands them to Ruby, which looks for something like a time and something like a date anywhere in a text; this
/// does the same for the forms that are in use, and gives the same results.
/// </summary>
/// <remarks>Source: runs of <c>Time.parse</c> of Ruby 3.1.</remarks>
internal static partial class StartTimeReader
{
    private const int MaxLength = 128;
    private const int TimeoutMs = 10_000;
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const string Month = "(?<mon>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
    private const string Number = "'?[0-9]{1,9}";
    private const string Ordinal = "(st|nd|rd|th)?";

    /// <summary>Looks for a time and a date.</summary>
    /// <returns>Whether what was found are numbers that can be read; not whether anything was found.</returns>
    public static bool TryRead(string text, out StartTime time)
    {
        time = default;
        if (text.Length > MaxLength) return false;
        Match clock = ClockPattern().Match(text);
        if (clock.Success)
        {
            time = Clock(clock);
            text = string.Concat(text.AsSpan(0, clock.Index), " ", text.AsSpan(clock.Index + clock.Length));
        }

        time = Date(text, time);
        return true;
    }

    private static StartTime Clock(Match clock)
    {
        int? hour = Int(clock.Groups["h"]);
        if (clock.Groups["x"] is { Success: true, ValueSpan: var half }) hour = (hour % 12) + (half[0] is 'p' or 'P' ? 12 : 0);
        decimal? second = Int(clock.Groups["s"]);
        if (clock.Groups["f"] is { Success: true, Length: > 0 } fraction)
            second += decimal.Parse(string.Concat("0.", fraction.ValueSpan[..Math.Min(fraction.Length, 7)]), CultureInfo.InvariantCulture);
        return new StartTime { Hour = hour, Minute = Int(clock.Groups["m"]), Second = second, Offset = ZoneOffsets.Find(clock.Groups["z"].Value) };
    }

    private static StartTime Date(string text, StartTime time)
    {
        if (DayMonthPattern().Match(text) is { Success: true } dayMonth) return Named(dayMonth, time);
        if (MonthDayPattern().Match(text) is { Success: true } monthDay) return Named(monthDay, time);
        if (MonthPattern().Match(text) is { Success: true } month) return Named(month, time);
        if (DashPattern().Match(text) is { Success: true } dashes) return Hour(dashes, Three(dashes, time));
        if (SlashPattern().Match(text) is { Success: true } slashes) return Three(slashes, time);
        if (DotPattern().Match(text) is { Success: true } dots) return Three(dots, time);
        if (OrdinalDatePattern().Match(text) is { Success: true } ordinal)
            return time with { Year = Year(ordinal.Groups["y"]), DayOfYear = Int(ordinal.Groups["n"]) };
        if (YearPattern().Match(text) is { Success: true } year) return time with { Year = Year(year.Groups["y"]) };
        if (NthPattern().Match(text) is { Success: true } nth) return time with { Day = Int(nth.Groups["a"]) };
        return DigitsPattern().Match(text) is { Success: true } digits ? Digits(digits, time) : time;
    }

    // A month by its name, with one or two numbers: of these the one that is too long for a day is the year, the second one otherwise.
    private static StartTime Named(Match match, StartTime time)
    {
        Group first = match.Groups["a"];
        Group second = match.Groups["b"];
        bool isYearFirst = IsYear(first);
        return time with
        {
            Month = (int)Enum.Parse<MonthName>(match.Groups["mon"].ValueSpan, ignoreCase: true),
            Day = Int(isYearFirst ? second : first),
            Year = Year(isYearFirst ? first : second),
        };
    }

    // Year, month, day; or day, month, year when the last is too long for a day. Of two numbers month and day.
    private static StartTime Three(Match match, StartTime time)
    {
        Group first = match.Groups["a"];
        Group second = match.Groups["b"];
        Group third = match.Groups["c"];
        if (third.Success)
        {
            return IsYear(third) && !IsYear(first)
                ? time with { Day = Int(first), Month = Int(second), Year = Year(third) }
                : time with { Year = Year(first), Month = Int(second), Day = Int(third) };
        }

        if (IsYear(first)) return time with { Year = Year(first), Month = Int(second) };
        return IsYear(second) ? time with { Month = Int(first), Year = Year(second) } : time with { Month = Int(first), Day = Int(second) };
    }

    private static StartTime Hour(Match match, StartTime time) =>
        time.Hour is null && Int(match.Groups["h"]) is { } hour ? time with { Hour = hour } : time;

    // 20210607, 20210607T1159, 20210607115900; but also 210607, 0607 and 07, and 2021158, 21158 and 158 with the day of the year.
    private static StartTime Digits(Match match, StartTime time)
    {
        string digits = match.Groups["n"].Value;
        time = DateOfDigits(digits, time);
        string clock = digits.Length > 8 ? digits[8..] : match.Groups["t"].Value;
        if (time.Offset is null) time = time with { Offset = ZoneOffsets.Find(match.Groups["z"].Value) };
        if (time.Hour is not null || clock.Length == 0) return time;
        return time with
        {
            Hour = Int(clock, 0, 2),
            Minute = clock.Length >= 4 ? Int(clock, 2, 2) : null,
            Second = clock.Length >= 6 ? Int(clock, 4, 2) : null,
        };
    }

    private static StartTime DateOfDigits(string digits, StartTime time) => digits.Length switch
    {
        2 => time with { Day = Int(digits, 0, 2) },
        3 => time with { DayOfYear = Int(digits, 0, 3) },
        4 => time with { Month = Int(digits, 0, 2), Day = Int(digits, 2, 2) },
        5 => time with { Year = LongYear(Int(digits, 0, 2)), DayOfYear = Int(digits, 2, 3) },
        6 => time with { Year = LongYear(Int(digits, 0, 2)), Month = Int(digits, 2, 2), Day = Int(digits, 4, 2) },
        7 => time with { Year = Int(digits, 0, 4), DayOfYear = Int(digits, 4, 3) },
        _ => time with { Year = Int(digits, 0, 4), Month = Int(digits, 4, 2), Day = Int(digits, 6, 2) },
    };

    private static bool IsYear(Group group) => group.Success && (group.ValueSpan[0] == '\'' || group.ValueSpan.TrimStart("+-").Length > 2);

    private static int? Year(Group group)
    {
        if (Int(group) is not { } year) return null;
        bool isShort = group.ValueSpan.TrimStart("'+-").Length <= 2;
        return isShort ? LongYear(year) : year;
    }

    private static int LongYear(int year) => year >= 69 ? year + 1900 : year + 2000;

    private static int? Int(Group group) =>
        group.Success ? int.Parse(group.ValueSpan.TrimStart('\''), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : null;

    private static int Int(string digits, int start, int length) => int.Parse(digits.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"(?<![0-9:.])(?<h>[0-9]{1,2})(?:\s*:\s*(?<m>[0-9]{1,2})(?:\s*:\s*(?<s>[0-9]{1,2})(?:[.,](?<f>[0-9]*))?)?(?![0-9])(?:\s*(?<x>[ap])(?:m\b|\.m\.))?"
        + @"|h(?:(?<m>[0-9]{1,2})m?(?:(?<s>[0-9]{1,2})s?)?)?\b|\s*(?<x>[ap])(?:m\b|\.m\.))"
        + @"(?:\s*(?<z>(?:utc|ut|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2}){0,2}(?![0-9])|(?!" + Month + @"\b)[a-z]+\b))?",
        Options, TimeoutMs)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"(?<![0-9])(?<a>" + Number + ")" + Ordinal + @"[\s-]*" + Month + @"(?:[\s.,-]*(?<b>" + Number + ")(?![0-9]))?", Options, TimeoutMs)]
    private static partial Regex DayMonthPattern();

    [GeneratedRegex(@"\b" + Month + @"[\s.-]*(?<a>" + Number + ")(?![0-9])" + Ordinal + @"(?:[\s,-]+(?<b>" + Number + ")(?![0-9]))?", Options, TimeoutMs)]
    private static partial Regex MonthDayPattern();

    [GeneratedRegex(@"\b" + Month, Options, TimeoutMs)]
    private static partial Regex MonthPattern();

    [GeneratedRegex(@"(?<![0-9])(?<a>'?[+-]?[0-9]{1,9})-(?<b>[0-9]{1,9})-(?<c>" + Number + @")(?![0-9])(?:[\st]+(?<h>[0-9]{1,2})\b)?", Options, TimeoutMs)]
    private static partial Regex DashPattern();

    [GeneratedRegex(@"(?<![0-9])(?<a>" + Number + @")/\s*(?<b>" + Number + @")(?![0-9])(?:/\s*(?<c>" + Number + ")(?![0-9]))?", Options, TimeoutMs)]
    private static partial Regex SlashPattern();

    [GeneratedRegex(@"(?<![0-9])(?<a>" + Number + @")\.\s*(?<b>" + Number + @")\.\s*(?<c>" + Number + ")(?![0-9])", Options, TimeoutMs)]
    private static partial Regex DotPattern();

    [GeneratedRegex(@"(?<![0-9-])(?<y>[0-9]{4}|[0-9]{2})-(?<n>[0-9]{3})\b", Options, TimeoutMs)]
    private static partial Regex OrdinalDatePattern();

    [GeneratedRegex(@"'(?<y>[0-9]{1,9})\b", Options, TimeoutMs)]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"(?<![0-9])(?<a>[0-9]{1,2})(st|nd|rd|th)\b", Options, TimeoutMs)]
    private static partial Regex NthPattern();

    // The number behind W is that of a week, which is no time by itself.
    [GeneratedRegex(
        @"(?<![0-9]|\bw)(?<n>[0-9]{14}|[0-9]{12}|[0-9]{10}|[0-9]{2,8})(?![0-9])(?:t?\s*(?<t>[0-9]{6}|[0-9]{4}|[0-9]{2})(?![0-9]))?"
        + @"(?<z>z\b|[+-][0-9]{2}:?[0-9]{2}\b|[+-][0-9]{1,2}\b)?",
        Options, TimeoutMs)]
    private static partial Regex DigitsPattern();

    private enum MonthName
    {
        Jan = 1,
        Feb,
        Mar,
        Apr,
        May,
        Jun,
        Jul,
        Aug,
        Sep,
        Oct,
        Nov,
        Dec,
    }
}
