namespace OneEdge.OpenNebula.Embedded;

/// <summary>The attributes that only administrators may set (OpenNebula 6.10, share/etc/oned.conf).</summary>
internal sealed class RestrictedNames(params string[] names)
{
    public static readonly RestrictedNames OfImages = new("SOURCE", "VCENTER_IMPORTED");

    public static readonly RestrictedNames OfNetworks = new(
        "BRIDGE", "BRIDGE_CONF", "CLUSTER_IDS", "CONF", "CVLANS", "EXTERNAL", "FILTER", "FILTER_IP_SPOOFING", "FILTER_MAC_SPOOFING", "IP_LINK_CONF",
        "OVS_BRIDGE_CONF", "PHYDEV", "QINQ_TYPE", "VLAN_ID", "VN_MAD");

    /// <summary>The items of address ranges that only administrators may change.</summary>
    public static readonly IReadOnlyList<string> OfAddressRanges =
        ["BRIDGE", "FILTER", "FILTER_IP_SPOOFING", "FILTER_MAC_SPOOFING", "PHYDEV", "VLAN_ID", "VN_MAD"];

    /// <summary>The first restricted attribute of a template; <see langword="null"/> when it has none.</summary>
    public string? First(StoredTemplate template) => Array.Find(names, n => template.Get(n) is not null);

    /// <summary>The first restricted attribute that is not as it was.</summary>
    public string? FirstChanged(StoredTemplate before, StoredTemplate after) =>
        Array.Find(names, n => after.Get(n) is { } value && value != (before.Get(n) ?? ""));

    /// <summary>The restricted attributes that an update left out are kept; those that it changes are refused.</summary>
    public StoredTemplate Keep(CloudCall call, StoredTemplate before, StoredTemplate after)
    {
        if (call.Caller.IsAdmin) return after;
        if (FirstChanged(before, after) is { } changed)
        {
            string text = call.Int(3, 0) == 0 ? "Tried to change restricted attribute: " : "User Template includes a restricted attribute ";
            throw CallRefusal.Internal($"Cannot update template. {text}{changed}");
        }

        TemplateAttribute[] lost = [.. before.Where(a => names.Contains(a.Name) && after.Get(a.Name) is null)];
        return lost.Length == 0 ? after : StoredTemplate.Create([.. after, .. lost]);
    }
}
