using System.Globalization;

namespace OneEdge.Flow.Elasticity;

/// <summary>The time of a scheduled policy: what its text says, and nothing for what it leaves out.</summary>
internal readonly record struct StartTime
{
    /// <summary>Seconds since 1970, when the text is a number; nothing else counts then.</summary>
    public long? Epoch { get; init; }

    public int? Year { get; init; }

    public int? Month { get; init; }

    public int? Day { get; init; }

    public int? DayOfYear { get; init; }

    public int? Hour { get; init; }

    public int? Minute { get; init; }

    /// <summary>Seconds of the minute, with what the text has behind the point.</summary>
    public decimal? Second { get; init; }

    /// <summary>What the text says about its time zone; <see langword="null"/> for that of the server.</summary>
    public TimeSpan? Offset { get; init; }

    private bool HasDate => Year is not null || Month is not null || Day is not null || DayOfYear is not null;

    private bool IsSomething => HasDate || Hour is not null;

    private bool IsInRange =>
        Month is null or (>= 1 and <= 12) && Day is null or (>= 1 and <= 31) && DayOfYear is null or (>= 1 and <= 366)
        && Minute is null or (>= 0 and <= 59) && Second is null or (>= 0 and < 61)
        && Hour is null or (>= 0 and <= 24) && (Hour != 24 || (Minute ?? 0) == 0 && (Second ?? 0) == 0);

    /// <summary>Reads a text: digits alone are seconds since 1970, anything else is a time as people write it.</summary>
    public static bool TryParse(string text, out StartTime time)
    {
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            bool isSmall = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
            time = new StartTime { Epoch = isSmall ? seconds : long.MaxValue };
            return true;
        }

        return StartTimeReader.TryRead(text, out time) && time.IsSomething && time.IsInRange;
    }

    /// <summary>
    /// The last time that is meant and not behind <paramref name="now"/>. Without a year it comes again each year, without a month each month, without a date
    /// each day.
    /// </summary>
    /// <returns>The time; <see langword="null"/> when it lies behind now, or beyond the years that there are.</returns>
    public DateTimeOffset? LastUntil(DateTimeOffset now, TimeZoneInfo zone)
    {
        if (Epoch is { } seconds) return seconds <= now.ToUnixTimeSeconds() ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        DateTime here = Here(now, zone);
        if (On(here, zone) is { } time && time <= now) return time;
        if (Year is not null || here.Year <= 2) return null;
        DateTime before = Month is not null || DayOfYear is not null ? here.AddYears(-1) : Day is not null ? here.AddMonths(-1) : here.AddDays(-1);
        return On(before, zone) is { } earlier && earlier <= now ? earlier : null;
    }

    private DateTime Here(DateTimeOffset now, TimeZoneInfo zone) =>
        Offset is { } offset ? now.UtcDateTime + offset : TimeZoneInfo.ConvertTime(now, zone).DateTime;

    // What stands before the first thing that the text says comes from the calendar, what is missing behind it is the least.
    internal DateTimeOffset? On(DateTime today, TimeZoneInfo zone)
    {
        int year = Year ?? today.Year;
        int month = Month ?? (Year is null && DayOfYear is null ? today.Month : 1);
        int day = Day ?? (HasDate ? 1 : today.Day);
        if (year is < 1 or > 9998) return null;
        DateTime date = DayOfYear is { } number ? new DateTime(year, 1, 1).AddDays(number - 1) : new DateTime(year, month, 1).AddDays(day - 1);
        DateTime time = date.AddHours(Hour ?? 0).AddMinutes(Minute ?? 0).AddTicks((long)((Second ?? 0) * TimeSpan.TicksPerSecond));
        if (Offset is { } offset) return new DateTimeOffset(DateTime.SpecifyKind(time - offset, DateTimeKind.Utc));

        // A time that the clock leaves out is moved on by what it leaves out; of one that comes twice this is the second.
        return new DateTimeOffset(DateTime.SpecifyKind(time - zone.GetUtcOffset(time), DateTimeKind.Utc));
    }
}
