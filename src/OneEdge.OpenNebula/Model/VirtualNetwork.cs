namespace OneEdge.OpenNebula;

/// <summary>A virtual network.</summary>
public sealed record VirtualNetwork : OwnedObject, IModel<VirtualNetwork>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VirtualNetwork()
    {
    }

    private VirtualNetwork(ref ModelReader reader)
    {
        int start = reader.Begin();
        bool hasState = false;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("CLUSTERS"u8)) ClusterIds = reader.Ids();
            else if (reader.Is("BRIDGE"u8)) Bridge = reader.SharedText();
            else if (reader.Is("BRIDGE_TYPE"u8)) BridgeType = reader.SharedText();
            else if (reader.Is("STATE"u8)) (hasState, State) = (true, (VirtualNetworkState)reader.Int32());
            else if (reader.Is("PREV_STATE"u8)) PreviousState = (VirtualNetworkState)reader.Int32();
            else if (reader.Is("PARENT_NETWORK_ID"u8)) ParentNetworkId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("VN_MAD"u8)) Driver = reader.SharedText();
            else if (reader.Is("PHYDEV"u8)) PhysicalDevice = reader.SharedText();
            else if (reader.Is("VLAN_ID"u8)) VlanId = reader.SharedText();
            else if (reader.Is("OUTER_VLAN_ID"u8)) OuterVlanId = reader.SharedText();
            else if (reader.Is("VLAN_ID_AUTOMATIC"u8)) IsVlanAutomatic = reader.YesNo();
            else if (reader.Is("OUTER_VLAN_ID_AUTOMATIC"u8)) IsOuterVlanAutomatic = reader.YesNo();
            else if (reader.Is("USED_LEASES"u8)) UsedLeases = reader.Int32();
            else if (reader.Is("VROUTERS"u8)) VirtualRouterIds = reader.Ids();
            else if (reader.Is("UPDATED_VMS"u8)) UpdatedMachineIds = reader.Ids();
            else if (reader.Is("OUTDATED_VMS"u8)) OutdatedMachineIds = reader.Ids();
            else if (reader.Is("UPDATING_VMS"u8)) UpdatingMachineIds = reader.Ids();
            else if (reader.Is("ERROR_VMS"u8)) ErrorMachineIds = reader.Ids();
            else if (reader.Is("AR_POOL"u8)) AddressRanges = reader.Items<AddressRange>();
            else reader.Skip();
        }

        if (!hasState) throw reader.Invalid("an object without a STATE");
        Raw = Complete(ref reader, start);
    }

    /// <summary>The clusters it is in.</summary>
    public IReadOnlyList<int> ClusterIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The bridge on the hosts.</summary>
    public string Bridge { get; init; } = "";

    /// <summary>The kind of the bridge.</summary>
    public string BridgeType { get; init; } = "";

    /// <summary>The state.</summary>
    public VirtualNetworkState State { get; init; }

    /// <summary>The state before.</summary>
    public VirtualNetworkState? PreviousState { get; init; }

    /// <summary>For a reservation: the network it was taken from.</summary>
    public int? ParentNetworkId { get; init; }

    /// <summary>The driver.</summary>
    public string Driver { get; init; } = "";

    /// <summary>The device on the hosts.</summary>
    public string PhysicalDevice { get; init; } = "";

    /// <summary>The VLAN.</summary>
    public string VlanId { get; init; } = "";

    /// <summary>The outer VLAN.</summary>
    public string OuterVlanId { get; init; } = "";

    /// <summary>Whether OpenNebula chose the VLAN.</summary>
    public bool IsVlanAutomatic { get; init; }

    /// <summary>Whether OpenNebula chose the outer VLAN.</summary>
    public bool IsOuterVlanAutomatic { get; init; }

    /// <summary>How many addresses are in use.</summary>
    public int UsedLeases { get; init; }

    /// <summary>The virtual routers in it.</summary>
    public IReadOnlyList<int> VirtualRouterIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change of the network has reached.</summary>
    public IReadOnlyList<int> UpdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change has still to reach.</summary>
    public IReadOnlyList<int> OutdatedMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change is reaching.</summary>
    public IReadOnlyList<int> UpdatingMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The machines that a change could not reach.</summary>
    public IReadOnlyList<int> ErrorMachineIds { get; init; } = ModelList<int>.Empty;

    /// <summary>The ranges of addresses.</summary>
    public IReadOnlyList<AddressRange> AddressRanges { get; init; } = ModelList<AddressRange>.Empty;

    /// <summary>What went wrong last, as OpenNebula notes it in <c>TEMPLATE/ERROR</c>.</summary>
    public string? Error => TemplateValue("ERROR");

    static ReadOnlySpan<byte> IModel<VirtualNetwork>.ElementName => "VNET"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VNET</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualNetwork Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VirtualNetwork>(xml);

    /// <summary>Reads an element of an answer: <c>VNET</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualNetwork ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VirtualNetwork IModel<VirtualNetwork>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VirtualNetwork Read(ref ModelReader reader) => new(ref reader);
}
