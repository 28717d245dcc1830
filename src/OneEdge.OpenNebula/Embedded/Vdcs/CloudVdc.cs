namespace OneEdge.OpenNebula.Embedded;

/// <summary>A virtual data centre: groups, and the resources that they may use.</summary>
internal sealed class CloudVdc : CloudObject
{
    public CloudVdc(int id, string name)
        : base(ObjectKind.Vdc, id, name)
    {
        SetUser(Caller.Oneadmin, "");
        SetGroup(Caller.Oneadmin, "");
    }

    public SortedSet<int> Groups { get; } = [];

    public VdcResources Clusters { get; } = new(ObjectKind.Cluster, "CLUSTER");

    public VdcResources Hosts { get; } = new(ObjectKind.Host, "HOST");

    public VdcResources Datastores { get; } = new(ObjectKind.Datastore, "DATASTORE");

    public VdcResources Networks { get; } = new(ObjectKind.Net, "VNET");

    public IEnumerable<VdcResources> Resources => [Clusters, Hosts, Datastores, Networks];

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("VDC");
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        xml.Ids("GROUPS", Groups);
        foreach (VdcResources resources in Resources) resources.Write(xml);
        WriteTemplate(xml, view);
        xml.Close("VDC");
    }
}
