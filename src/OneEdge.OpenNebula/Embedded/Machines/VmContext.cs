using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>What a machine learns of itself from its context: its number, its networks, where it reports to.</summary>
internal static class VmContext
{
    private const string Name = "CONTEXT";

    // What a context says of each NIC: its own name of a value, and the name in the NIC.
    private static readonly (string Variable, string Item)[] OfNic =
    [
        ("DNS", "DNS"), ("EXTERNAL", "EXTERNAL"), ("GATEWAY", "GATEWAY"), ("IP", "IP"), ("IP6", "IP6_GLOBAL"), ("IP6_GATEWAY", "GATEWAY6"),
        ("IP6_METHOD", "IP6_METHOD"), ("IP6_METRIC", "IP6_METRIC"), ("IP6_PREFIX_LENGTH", "PREFIX_LENGTH"), ("IP6_ULA", "IP6_ULA"), ("MAC", "MAC"),
        ("MASK", "NETWORK_MASK"), ("METHOD", "METHOD"), ("METRIC", "METRIC"), ("MTU", "GUEST_MTU"), ("NETWORK", "NETWORK_ADDRESS"),
        ("SEARCH_DOMAIN", "SEARCH_DOMAIN"), ("VLAN_ID", "VLAN_ID"), ("VROUTER_IP", "VROUTER_IP"),
        ("VROUTER_IP6", "VROUTER_IP6_GLOBAL"), ("VROUTER_MANAGEMENT", "VROUTER_MANAGEMENT"),
    ];

    /// <summary>The context of a new machine.</summary>
    public static TemplateAttribute Create(CloudVm vm, TemplateAttribute sent, int diskId, EmbeddedCloudOptions options)
    {
        if (TemplateTexts.IsYes(sent.Get("TOKEN")) && options.OneGateEndpoint is null)
            throw CallRefusal.Internal("TOKEN set, but onegate endpoint was not defined in oned.conf.");
        TemplateAttribute own = VmBuilder.WithItems(sent,
        [
            KeyValuePair.Create("DISK_ID", diskId.ToString(CultureInfo.InvariantCulture)),
            KeyValuePair.Create("TARGET", sent.Get("TARGET") ?? "hda"),
            KeyValuePair.Create("VMID", vm.Id.ToString(CultureInfo.InvariantCulture)),
        ]);
        return WithNetworks(vm, own, options);
    }

    /// <summary>Writes the networks of a machine into its context again, and the rules of their security groups into its template.</summary>
    public static void Renew(CloudVm vm, CloudState state)
    {
        RenewRules(vm, state);
        EmbeddedCloudOptions options = state.Options;
        if (vm.Template.Vector(Name) is { } context) vm.Change(context, WithNetworks(vm, context, options));
    }

    /// <summary>The rules of the security groups of its NICs.</summary>
    public static void RenewRules(CloudVm vm, CloudState state)
    {
        vm.Template = TemplateTexts.Without(vm.Template, "SECURITY_GROUP_RULE");
        foreach (TemplateAttribute rule in state.VmNics.Rules(vm)) vm.Add(rule);
    }

    private static TemplateAttribute WithNetworks(CloudVm vm, TemplateAttribute context, EmbeddedCloudOptions options)
    {
        var plain = new TemplateAttribute(Name, [.. context.Items.Where(i => !IsOfNic(i.Key))]);
        List<KeyValuePair<string, string>> items = [];
        if (TemplateTexts.IsYes(context.Get("TOKEN")) && options.OneGateEndpoint is { } endpoint) items.Add(KeyValuePair.Create("ONEGATE_ENDPOINT", endpoint));
        bool hasNetworks = TemplateTexts.IsYes(context.Get("NETWORK")) || context.Items.Any(i => IsOfNic(i.Key));
        if (hasNetworks)
        {
            foreach (TemplateAttribute nic in vm.Template.Vectors("NIC"))
            {
                foreach ((string variable, string item) in OfNic) items.Add(KeyValuePair.Create($"ETH{nic.Get("NIC_ID")}_{variable}", nic.Get(item) ?? ""));
            }
        }

        return VmBuilder.WithItems(plain, items);
    }

    private static bool IsOfNic(string name) => name.StartsWith("ETH", StringComparison.Ordinal) && name.Length > 4 && char.IsAsciiDigit(name[3]);
}
