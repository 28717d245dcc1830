namespace OneEdge.OpenNebula;

/// <summary>Times as calls take them.</summary>
internal static class UnixTime
{
    /// <summary>Seconds since 1970; -1 for no time. The server takes 32 bits: what lies outside of them is as good as their first or last second.</summary>
    public static int Of(DateTimeOffset? time) => time is { } given ? (int)Math.Clamp(given.ToUnixTimeSeconds(), 0, int.MaxValue) : -1;
}
