namespace OneEdge.OpenNebula.Embedded;

/// <summary>A cluster: hosts, and the datastores and networks that they use.</summary>
internal sealed class CloudCluster(int id, string name) : CloudObject(ObjectKind.Cluster, id, name)
{
    public SortedSet<int> Hosts { get; } = [];

    public SortedSet<int> Datastores { get; } = [];

    public SortedSet<int> Networks { get; } = [];

    public override IEnumerable<int> ClusterIds => [Id];

    public override AccessTarget Access => new(Kind, Id, -1, -1, default, null, ClusterIds);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("CLUSTER");
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        xml.Ids("HOSTS", Hosts);
        xml.Ids("DATASTORES", Datastores);
        xml.Ids("VNETS", Networks);
        WriteTemplate(xml, view);
        xml.Close("CLUSTER");
    }
}
