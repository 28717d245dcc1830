using System.Collections.Frozen;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What only administrators may write into machines and their templates (<c>VM_RESTRICTED_ATTR</c> of a fresh OpenNebula 6.10).</summary>
internal static class RestrictedAttributes
{
    private static readonly string[] OfNic =
    [
        "MAC", "VLAN_ID", "BRIDGE", "FILTER", "FILTER_IP_SPOOFING", "FILTER_MAC_SPOOFING", "INBOUND_AVG_BW", "INBOUND_PEAK_BW", "INBOUND_PEAK_KB",
        "OUTBOUND_AVG_BW", "OUTBOUND_PEAK_BW", "OUTBOUND_PEAK_KB", "OPENNEBULA_MANAGED", "EXTERNAL",
    ];

    private static readonly string[] OfDisk =
    [
        "TOTAL_BYTES_SEC", "TOTAL_BYTES_SEC_MAX_LENGTH", "TOTAL_BYTES_SEC_MAX", "READ_BYTES_SEC", "READ_BYTES_SEC_MAX_LENGTH", "READ_BYTES_SEC_MAX",
        "WRITE_BYTES_SEC", "WRITE_BYTES_SEC_MAX_LENGTH", "WRITE_BYTES_SEC_MAX", "TOTAL_IOPS_SEC", "TOTAL_IOPS_SEC_MAX_LENGTH", "TOTAL_IOPS_SEC_MAX",
        "READ_IOPS_SEC", "READ_IOPS_SEC_MAX_LENGTH", "READ_IOPS_SEC_MAX", "WRITE_IOPS_SEC", "WRITE_IOPS_SEC_MAX_LENGTH", "WRITE_IOPS_SEC_MAX",
        "SIZE_IOPS_SEC", "OPENNEBULA_MANAGED", "ORIGINAL_SIZE", "SIZE_PREV",
    ];

    private static readonly FrozenSet<string> Names =
        FrozenSet.Create(StringComparer.Ordinal, "DEPLOY_ID", "CPU_COST", "MEMORY_COST", "DISK_COST", "PCI", "EMULATOR", "USER_PRIORITY");

    private static readonly FrozenSet<string> Items = FrozenSet.ToFrozenSet(
    [
        .. OfNic.Select(i => $"NIC/{i}"), .. OfNic.Where(i => !i.StartsWith("FILTER", StringComparison.Ordinal)).Select(i => $"NIC_ALIAS/{i}"),
        "NIC_DEFAULT/MAC", "NIC_DEFAULT/VLAN_ID", "NIC_DEFAULT/BRIDGE", "NIC_DEFAULT/FILTER", "NIC_DEFAULT/EXTERNAL",
        .. OfDisk.Select(i => $"DISK/{i}"), "CONTEXT/FILES", "RAW/DATA", "USER_INPUTS/CPU", "USER_INPUTS/MEMORY", "USER_INPUTS/VCPU",
        "TOPOLOGY/PIN_POLICY", "TOPOLOGY/HUGEPAGE_SIZE",
    ]);

    /// <summary>Refuses a template of somebody who is no administrator.</summary>
    /// <param name="call">The call.</param>
    /// <param name="template">What was sent.</param>
    /// <param name="what">What it is, for the message.</param>
    public static void Check(CloudCall call, StoredTemplate template, string what)
    {
        if (call.Caller.IsAdmin) return;
        if (Find(template) is { } name) throw CallRefusal.Authorization(call.Caller, $"{what} includes a restricted attribute {name}");
    }

    private static string? Find(StoredTemplate template)
    {
        foreach (TemplateAttribute attribute in template)
        {
            if (Names.Contains(attribute.Name)) return attribute.Name;
            foreach ((string item, _) in attribute.Items)
            {
                if (Items.Contains($"{attribute.Name}/{item}")) return $"{attribute.Name}/{item}";
            }
        }

        return null;
    }
}
