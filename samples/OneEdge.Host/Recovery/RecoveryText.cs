using System.Globalization;

namespace OneEdge.Host.Recovery;

/// <summary>Times and spans in words.</summary>
internal static class RecoveryText
{
    public static string Time(DateTimeOffset? time) => time is { } given ? Stamp(given) : "never";

    /// <summary>A moment as programs read it, to the second.</summary>
    public static string Stamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A span in its two largest units.</summary>
    public static string Span(TimeSpan span)
    {
        TimeSpan size = span.Duration();
        string text = size switch
        {
            { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)size.TotalDays} d {size.Hours} h"),
            { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{size.Hours} h {size.Minutes} min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{size.Minutes} min {size.Seconds} s"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{size.Seconds} s"),
        };
        return span < TimeSpan.Zero ? "-" + text : text;
    }
}
