using System.Globalization;

namespace OneEdge.Flow.Tests.Elasticity;

/// <summary>Cron as its manual has it, minute by minute: slow, and nothing to be wrong about.</summary>
internal static class NaiveCron
{
    private static readonly string[] Names = "jan feb mar apr may jun jul aug sep oct nov dec sun mon tue wed thu fri sat".Split(' ');

    public static bool Any(string text, DateTimeOffset after, DateTimeOffset until, TimeZoneInfo zone)
    {
        // Four years have every day, leap days too.
        if (until - after > TimeSpan.FromDays(1500)) after = until.AddDays(-1500);
        var time = DateTimeOffset.FromUnixTimeSeconds((after.ToUnixTimeSeconds() / 60 * 60) + 60);
        for (; time <= until; time = time.AddMinutes(1))
        {
            if (time > after && Matches(text, TimeZoneInfo.ConvertTime(time, zone).DateTime)) return true;
        }

        return false;
    }

    public static bool Matches(string text, DateTime time)
    {
        string[] fields = Expand(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 5) return false;
        bool day = Has(fields[2], time.Day, 1, 31);
        bool weekday = Has(fields[4], (int)time.DayOfWeek, 0, 6) || (time.DayOfWeek == DayOfWeek.Sunday && fields[4] != "*" && Has(fields[4], 7, 0, 6));
        bool isDay = fields[2] != "*" && fields[4] != "*" ? day || weekday : day && weekday;
        return isDay && Has(fields[0], time.Minute, 0, 59) && Has(fields[1], time.Hour, 0, 23) && Has(fields[3], time.Month, 1, 12);
    }

    private static string Expand(string text) => text.Trim() switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        string other => other,
    };

    private static bool Has(string field, int value, int first, int last)
    {
        foreach (string item in field.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] halves = item.Split('/');
            int step = halves.Length == 2 ? int.Parse(halves[1], CultureInfo.InvariantCulture) : 1;
            string[] ends = halves[0].Split('-');
            int from = halves[0] == "*" ? first : Number(ends[0]);
            int to = halves[0] == "*" ? last : Number(ends[^1]);
            for (int i = from; i <= to; i += step)
            {
                if (i == value) return true;
            }
        }

        return false;
    }

    private static int Number(string text)
    {
        int name = Array.IndexOf(Names, text.ToLowerInvariant());
        if (name < 0) return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        return name < 12 ? name + 1 : name - 12;
    }
}
