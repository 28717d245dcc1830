namespace OneEdge.OpenNebula.Embedded;

/// <summary>Checks and completes the template of a network (OpenNebula 6.10 source, src/vnm/VirtualNetwork.cc).</summary>
internal static class NetworkSetup
{
    private const string DefaultSecurityGroup = "0";

    /// <summary>What a new network keeps and is; refused when it cannot be.</summary>
    public static void Create(CloudNetwork network, StoredTemplate template)
    {
        network.Driver = template.Get("VN_MAD") ?? "";
        if (network.Driver.Length == 0) throw CallRefusal.Internal("No VN_MAD in template for Virtual Network.");
        network.PhysicalDevice = template.Get("PHYDEV") ?? "";
        network.Bridge = template.Get("BRIDGE") ?? "";
        (network.Vlan, network.IsVlanAutomatic) = VlanOf(template, "VLAN_ID", "AUTOMATIC_VLAN_ID");
        (network.OuterVlan, network.IsOuterVlanAutomatic) = VlanOf(template, "OUTER_VLAN_ID", "AUTOMATIC_OUTER_VLAN_ID");
        NetworkDrivers.Check(template);
        network.BridgeType = NetworkDrivers.BridgeType(network.Driver);
        if (network.Bridge.Length == 0)
            network.Bridge = "onebr" + (network.Vlan.Length > 0 ? $".{network.Vlan}" : FormattableString.Invariant($"{network.Id}"));
        StoredTemplate kept = TemplateTexts.Without(template, "NAME", "TEMPLATE_NAME", "AUTOMATIC_VLAN_ID", "AUTOMATIC_OUTER_VLAN_ID");
        kept = With(kept, ("VN_MAD", network.Driver), ("PHYDEV", network.PhysicalDevice), ("BRIDGE_TYPE", network.BridgeType), ("BRIDGE", network.Bridge));
        string groups = kept.Get("SECURITY_GROUPS") ?? "";
        network.Template = With(kept, ("SECURITY_GROUPS", groups.Length == 0 ? DefaultSecurityGroup : IdList.Join(IdList.Parse($"{groups},0"))));
    }

    /// <summary>What a network keeps after an update of its template, and takes over from it.</summary>
    public static StoredTemplate Update(CloudNetwork network, StoredTemplate template)
    {
        template = TemplateTexts.Without(template, "AUTOMATIC_VLAN_ID", "AUTOMATIC_OUTER_VLAN_ID");
        string driver = template.Get("VN_MAD") ?? "";
        string bridgeType = NetworkDrivers.BridgeType(driver);
        (network.Driver, network.BridgeType) = (driver, bridgeType);
        network.PhysicalDevice = template.Get("PHYDEV") ?? "";
        if (!network.IsVlanAutomatic) network.Vlan = template.Get("VLAN_ID") ?? "";
        if (!network.IsOuterVlanAutomatic) network.OuterVlan = template.Get("OUTER_VLAN_ID") ?? "";
        if (template.Get("BRIDGE") is { Length: > 0 } bridge) network.Bridge = bridge;
        template = With(template, ("VN_MAD", driver), ("PHYDEV", network.PhysicalDevice), ("BRIDGE", network.Bridge), ("BRIDGE_TYPE", bridgeType));
        template = network.IsVlanAutomatic ? TemplateTexts.Without(template, "VLAN_ID") : With(template, ("VLAN_ID", network.Vlan));
        return network.IsOuterVlanAutomatic ? TemplateTexts.Without(template, "OUTER_VLAN_ID") : With(template, ("OUTER_VLAN_ID", network.OuterVlan));
    }

    private static (string Id, bool IsAutomatic) VlanOf(StoredTemplate template, string name, string automatic) =>
        template.Get(name) is { Length: > 0 } id ? (id, false) : ("", TemplateTexts.IsYes(template.Get(automatic)));

    private static StoredTemplate With(StoredTemplate template, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        foreach ((string name, string value) in attributes) template = TemplateTexts.With(template, name, value);
        return template;
    }
}
