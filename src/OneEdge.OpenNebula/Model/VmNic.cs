namespace OneEdge.OpenNebula;

/// <summary>A network interface of a virtual machine, or an alias of one.</summary>
/// <param name="Attribute">The attribute <c>NIC</c> or <c>NIC_ALIAS</c>, with all that OpenNebula and its drivers know of it.</param>
public sealed record VmNic(TemplateAttribute Attribute)
{
    /// <summary>The number of the interface in its machine.</summary>
    public int? NicId => Number("NIC_ID");

    /// <summary>The name of the interface, such as <c>NIC0</c>.</summary>
    public string? Name => Attribute.Get("NAME");

    /// <summary>The network.</summary>
    public int? NetworkId => Number("NETWORK_ID");

    /// <summary>The name of the network.</summary>
    public string? NetworkName => Attribute.Get("NETWORK");

    /// <summary>The range of the network that the address is from.</summary>
    public int? AddressRangeId => Number("AR_ID");

    /// <summary>The IPv4 address.</summary>
    public string? Ip => Attribute.Get("IP");

    /// <summary>The IPv6 address: the static one, or the global one.</summary>
    public string? Ip6 => Attribute.Get("IP6") ?? Attribute.Get("IP6_GLOBAL");

    /// <summary>The MAC address.</summary>
    public string? Mac => Attribute.Get("MAC");

    /// <summary>The bridge on the host.</summary>
    public string? Bridge => Attribute.Get("BRIDGE");

    /// <summary>The device on the host.</summary>
    public string? Target => Attribute.Get("TARGET");

    /// <summary>For an alias: the number of the interface that it belongs to.</summary>
    public int? ParentId => Number("PARENT_ID");

    /// <summary>The security groups.</summary>
    public IReadOnlyList<int> SecurityGroupIds => IdLists.Parse(Attribute.Get("SECURITY_GROUPS"));

    private int? Number(string name) => Attribute.TryGet(name, out int value) ? value : null;
}
