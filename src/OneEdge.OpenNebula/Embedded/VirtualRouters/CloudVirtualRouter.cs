namespace OneEdge.OpenNebula.Embedded;

/// <summary>A virtual router.</summary>
internal sealed class CloudVirtualRouter(int id, string name) : CloudObject(ObjectKind.VirtualRouter, id, name)
{
    /// <summary>Its machines.</summary>
    public SortedSet<int> Vms { get; } = [];

    public TemplateAttribute? Nic(int id) => Template.Vectors("NIC").FirstOrDefault(n => n.TryGet("NIC_ID", out int nic) && nic == id);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("VROUTER");
        WriteHead(xml);
        Permissions.Write(xml);
        WriteLock(xml);
        xml.Ids("VMS", Vms);
        WriteTemplate(xml, view);
        xml.Close("VROUTER");
    }
}
