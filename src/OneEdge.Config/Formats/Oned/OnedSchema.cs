using System.Collections.Frozen;

namespace OneEdge.Config.Formats;

/// <summary>What the names of oned.conf mean; every other name is a plain attribute or a section that occurs once.</summary>
internal static class OnedSchema
{
    /// <summary>The item that tells keyed sections of one name apart.</summary>
    public const string Key = "NAME";

    private static readonly FrozenSet<string> Keyed = FrozenSet.Create(
        StringComparer.Ordinal,
        "IM_MAD", "VM_MAD", "VM_HOOK", "VNET_HOOK", "USER_HOOK", "GROUP_HOOK", "IMAGE_HOOK", "HOST_HOOK",
        "TM_MAD_CONF", "DS_MAD_CONF", "MARKET_MAD_CONF", "AUTH_MAD_CONF", "VN_MAD_CONF");

    private static readonly FrozenSet<string> Multiple = FrozenSet.Create(
        StringComparer.Ordinal,
        "VM_RESTRICTED_ATTR", "IMAGE_RESTRICTED_ATTR", "VNET_RESTRICTED_ATTR", "USER_RESTRICTED_ATTR", "GROUP_RESTRICTED_ATTR",
        "DOCUMENT_ENCRYPTED_ATTR", "HOST_ENCRYPTED_ATTR", "IMAGE_ENCRYPTED_ATTR", "VM_ENCRYPTED_ATTR", "VNET_ENCRYPTED_ATTR",
        "DATASTORE_ENCRYPTED_ATTR", "CLUSTER_ENCRYPTED_ATTR", "INHERIT_DATASTORE_ATTR", "INHERIT_IMAGE_ATTR", "INHERIT_VNET_ATTR");

    /// <summary>Whether sections of this name may repeat, each with its own <see cref="Key"/>.</summary>
    public static bool IsKeyed(string name) => Keyed.Contains(name);

    /// <summary>Whether the attribute is a set of values, one occurrence for each.</summary>
    public static bool IsMultiple(string name) => Multiple.Contains(name);

    /// <summary>Whether a change is about a value of such a set. The first element of its path decides, as in the original.</summary>
    public static bool IsMultiple(ConfigChange change) => change.Multiple == true || IsMultipleName(change);

    /// <summary>Whether a change names such an attribute, so that a change line need not say so.</summary>
    public static bool IsMultipleName(ConfigChange change)
    {
        ConfigValue? first = change.Path.Count > 0 ? change.Path[0] : change.Key;
        return first?.Kind == ConfigValueKind.String && IsMultiple(first.AsString());
    }
}
