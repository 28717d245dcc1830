namespace OneEdge.OpenNebula.Embedded;

/// <summary>A virtual network.</summary>
internal sealed class CloudNetwork(int id, string name) : CloudObject(ObjectKind.Net, id, name)
{
    private readonly SortedDictionary<int, CloudAddressRange> _ranges = [];

    public VirtualNetworkState State { get; private set; } = VirtualNetworkState.LockCreate;

    /// <summary>The state when the network was last published.</summary>
    public VirtualNetworkState PreviousState { get; private set; }

    public string Bridge { get; set; } = "";

    public string BridgeType { get; set; } = "";

    public string Driver { get; set; } = "";

    public string PhysicalDevice { get; set; } = "";

    public string Vlan { get; set; } = "";

    public string OuterVlan { get; set; } = "";

    public bool IsVlanAutomatic { get; set; }

    public bool IsOuterVlanAutomatic { get; set; }

    /// <summary>The network that this one has its addresses of; -1 when it is no reservation.</summary>
    public int ParentId { get; init; } = -1;

    public SortedSet<int> Clusters { get; init; } = [];

    public SortedSet<int> VirtualRouters { get; } = [];

    /// <summary>The machines that have a NIC in it.</summary>
    public SortedSet<int> Vms { get; } = [];

    public IReadOnlyDictionary<int, CloudAddressRange> Ranges => _ranges;

    public int UsedCount => _ranges.Values.Sum(r => r.UsedCount);

    public int NextRangeId => _ranges.Count == 0 ? 0 : _ranges.Keys.Last() + 1;

    public bool IsReservation => ParentId >= 0;

    public string StateName => StateNames.Of(State);

    public bool HasNews => State != PreviousState;

    /// <summary>Whether addresses can be changed.</summary>
    public bool IsUsable => State is VirtualNetworkState.Ready or VirtualNetworkState.UpdateFailure;

    public SortedSet<int> SecurityGroups => IdList.Parse(Template.Get("SECURITY_GROUPS"));

    public override IEnumerable<int> ClusterIds => Clusters;

    public override AccessTarget Access => base.Access with { IsBeyondWideRules = IsReservation };

    public void Set(VirtualNetworkState state) => State = state;

    public void Settle() => PreviousState = State;

    public void Add(CloudAddressRange range) => _ranges.Add(range.Id, range);

    public void Remove(CloudAddressRange range) => _ranges.Remove(range.Id);

    public void RemoveRanges() => _ranges.Clear();

    public override void Write(XmlText xml, XmlView view)
    {
        WriteHead(xml, view, _ => true);
        xml.Open("AR_POOL");
        foreach (CloudAddressRange range in _ranges.Values) range.Write(xml);
        xml.Close("AR_POOL");
        xml.Close("VNET");
    }

    /// <summary>Writes the network with its leases, of which some are not shown.</summary>
    public void WriteExtended(XmlText xml, XmlView view, Func<LeaseHolder, bool> isShown)
    {
        WriteHead(xml, view, isShown);
        xml.Open("AR_POOL");
        foreach (CloudAddressRange range in _ranges.Values) range.WriteExtended(xml, isShown);
        xml.Close("AR_POOL");
        xml.Close("VNET");
    }

    private void WriteHead(XmlText xml, XmlView view, Func<LeaseHolder, bool> isShown)
    {
        xml.Open("VNET");
        WriteHead(xml);
        WriteLock(xml);
        Permissions.Write(xml);
        xml.Ids("CLUSTERS", Clusters);
        xml.CData("BRIDGE", Bridge);
        xml.CData("BRIDGE_TYPE", BridgeType);
        xml.CData("STATE", (int)State);
        xml.CData("PREV_STATE", (int)PreviousState);
        if (IsReservation) xml.Element("PARENT_NETWORK_ID", ParentId);
        else xml.Nothing("PARENT_NETWORK_ID");
        WriteOrNothing(xml, "VN_MAD", Driver);
        WriteOrNothing(xml, "PHYDEV", PhysicalDevice);
        WriteOrNothing(xml, "VLAN_ID", Vlan);
        WriteOrNothing(xml, "OUTER_VLAN_ID", OuterVlan);
        xml.Element("VLAN_ID_AUTOMATIC", IsVlanAutomatic ? 1 : 0);
        xml.Element("OUTER_VLAN_ID_AUTOMATIC", IsOuterVlanAutomatic ? 1 : 0);
        xml.Element("USED_LEASES", UsedCount);
        xml.Ids("VROUTERS", VirtualRouters.Where(r => isShown(new LeaseHolder(ObjectKind.VirtualRouter, r))));
        xml.Ids("UPDATED_VMS", Vms);
        foreach (string none in (string[])["OUTDATED_VMS", "UPDATING_VMS", "ERROR_VMS"]) xml.Ids(none, []);
        WriteTemplate(xml, view);
    }

    private static void WriteOrNothing(XmlText xml, string name, string value)
    {
        if (value.Length > 0) xml.CData(name, value);
        else xml.Nothing(name);
    }
}
