using System.Globalization;

namespace OneEdge.Flow.Elasticity;

/// <summary>Time zones as times name them.</summary>
internal static class ZoneOffsets
{
    /// <summary>How far a zone is ahead of UTC; <see langword="null"/> for one that nobody knows, which is read as the server's.</summary>
    /// <param name="zone">A name, a letter or a distance, such as <c>UTC</c>, <c>Z</c>, <c>EST</c>, <c>+0200</c>.</param>
    public static TimeSpan? Find(string zone)
    {
        if (zone.Length == 0) return null;
        if (zone[0] is '+' or '-') return Distance(zone);
        return zone.ToUpperInvariant() switch
        {
            "UTC" or "UT" or "GMT" or "Z" => TimeSpan.Zero,
            "EDT" => TimeSpan.FromHours(-4),
            "EST" or "CDT" => TimeSpan.FromHours(-5),
            "CST" or "MDT" => TimeSpan.FromHours(-6),
            "MST" or "PDT" => TimeSpan.FromHours(-7),
            "PST" => TimeSpan.FromHours(-8),
            { Length: 1 } letter => Military(letter[0]),
            _ => null,
        };
    }

    // Hours and minutes have two digits each, or the zone is not known.
    private static TimeSpan? Distance(string zone)
    {
        string digits = zone[1..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is not (2 or 4 or 6)) return null;
        if (!int.TryParse(digits.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        var distance = new TimeSpan(number / 10000, number / 100 % 100, number % 100);
        return zone[0] == '-' ? -distance : distance;
    }

    // A to M without J are ahead, N to Y behind.
    private static TimeSpan? Military(char letter) => letter switch
    {
        >= 'A' and <= 'I' => TimeSpan.FromHours(letter - 'A' + 1),
        >= 'K' and <= 'M' => TimeSpan.FromHours(letter - 'A'),
        >= 'N' and <= 'Y' => TimeSpan.FromHours('M' - letter),
        _ => null,
    };
}
