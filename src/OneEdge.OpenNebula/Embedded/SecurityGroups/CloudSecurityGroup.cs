namespace OneEdge.OpenNebula.Embedded;

/// <summary>A security group: which traffic the machines in it may have.</summary>
internal sealed class CloudSecurityGroup(int id, string name) : CloudObject(ObjectKind.SecurityGroup, id, name)
{
    /// <summary>The machines that have its rules.</summary>
    public SortedSet<int> Vms { get; } = [];

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("SECURITY_GROUP");
        WriteHead(xml);
        Permissions.Write(xml);
        xml.Ids("UPDATED_VMS", Vms);
        foreach (string none in (string[])["OUTDATED_VMS", "UPDATING_VMS", "ERROR_VMS"]) xml.Ids(none, []);
        WriteTemplate(xml, view);
        xml.Close("SECURITY_GROUP");
    }
}
