using System.Globalization;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The id of an event: when it was sent, in milliseconds since 1970, and its number in its stream.</summary>
internal static class EventId
{
    public static string Of(DateTimeOffset time, long number) => string.Create(CultureInfo.InvariantCulture, $"{time.ToUnixTimeMilliseconds()}-{number}");

    /// <summary>When the event of an id was sent; <see langword="null"/> when it is none of ours.</summary>
    public static DateTimeOffset? TimeOf(string? id)
    {
        int end = id?.IndexOf('-', StringComparison.Ordinal) ?? -1;
        if (end < 0 || !long.TryParse(id.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out long milliseconds)) return null;
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
