namespace OneEdge.OpenNebula.Embedded;

/// <summary>The drivers of marketplaces (OpenNebula 6.10, share/etc/oned.conf).</summary>
internal static class MarketDrivers
{
    /// <summary>A driver.</summary>
    /// <param name="Required">The attributes that its marketplaces need.</param>
    /// <param name="IsPublic">Whether the applications are somebody else's: they are neither created nor deleted.</param>
    internal sealed record Driver(string[] Required, bool IsPublic);

    private static readonly Dictionary<string, Driver> Drivers = new(StringComparer.Ordinal)
    {
        ["one"] = new([], IsPublic: true),
        ["http"] = new(["BASE_URL", "PUBLIC_DIR"], IsPublic: false),
        ["s3"] = new(["ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "REGION", "BUCKET"], IsPublic: false),
        ["linuxcontainers"] = new([], IsPublic: true),
    };

    public static bool IsPublic(string name) => Drivers.GetValueOrDefault(name)?.IsPublic == true;

    /// <summary>Refuses a marketplace of an unknown driver, or without what the driver needs.</summary>
    public static void Check(string name, StoredTemplate template)
    {
        if (!Drivers.TryGetValue(name, out Driver? driver)) throw CallRefusal.Internal($"MARKET_MAD_CONF named \"{name}\" is not defined in oned.conf");
        if (Array.Find(driver.Required, r => string.IsNullOrEmpty(template.Get(r))) is { } missing)
            throw CallRefusal.Internal($"MarketPlace template is missing the \"{missing}\" attribute or it's empty.");
    }
}
