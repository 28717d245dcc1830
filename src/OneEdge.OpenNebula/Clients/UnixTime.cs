namespace OneEdge.OpenNebula;

/// <summary>Times as calls take them.</summary>
internal static class UnixTime
{
    /// <summary>Seconds since 1970; -1 for no time.</summary>
    public static int Of(DateTimeOffset? time) => time is { } given ? checked((int)given.ToUnixTimeSeconds()) : -1;
}
