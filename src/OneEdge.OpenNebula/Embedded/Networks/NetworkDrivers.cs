namespace OneEdge.OpenNebula.Embedded;

/// <summary>The drivers of networks and what they need (OpenNebula 6.10 source, src/vnm/VirtualNetwork.cc; share/etc/oned.conf).</summary>
internal static class NetworkDrivers
{
    private static readonly Dictionary<string, string> Bridges = new(StringComparer.Ordinal)
    {
        ["dummy"] = "linux",
        ["802.1Q"] = "linux",
        ["ebtables"] = "linux",
        ["fw"] = "linux",
        ["ovswitch"] = "openvswitch",
        ["vxlan"] = "linux",
        ["vcenter"] = "vcenter_port_groups",
        ["ovswitch_vxlan"] = "openvswitch",
        ["bridge"] = "linux",
        ["elastic"] = "linux",
        ["nodeport"] = "linux",
    };

    /// <summary>The kind of bridge that a driver makes.</summary>
    public static string BridgeType(string driver) =>
        Bridges.TryGetValue(driver, out string? type) ? type : throw CallRefusal.Internal($"VN_MAD named \"{driver}\" is not defined in oned.conf");

    /// <summary>Refuses a network that lacks what its driver needs.</summary>
    public static void Check(StoredTemplate template)
    {
        string driver = template.Get("VN_MAD") ?? "";
        string? missing = driver switch
        {
            "dummy" when Lacks("BRIDGE") => "BRIDGE is",
            "vxlan" or "802.1Q" when Lacks("PHYDEV") => "PHYDEV is",
            "vxlan" or "802.1Q" when Lacks("VLAN_ID") && !TemplateTexts.IsYes(template.Get("AUTOMATIC_VLAN_ID")) => "VLAN_ID (or AUTOMATIC_VLAN_ID) is",
            "ovswitch_vxlan" when Lacks("OUTER_VLAN_ID") && !TemplateTexts.IsYes(template.Get("AUTOMATIC_OUTER_VLAN_ID")) => "OUTER_VLAN_ID (or AUTOMATIC) is",
            _ => null,
        };
        if (missing is not null) throw CallRefusal.Internal($"{missing} mandatory for driver {driver}");

        bool Lacks(string name) => string.IsNullOrEmpty(template.Get(name));
    }

    /// <summary>Whether a driver takes a VLAN of those of the whole cloud.</summary>
    public static bool TakesVlan(string driver) => driver is "802.1Q" or "vcenter" or "ovswitch" or "ovswitch_vxlan";
}
