namespace OneEdge.OpenNebula.Embedded;

/// <summary>A group of users.</summary>
internal sealed class CloudGroup(int id, string name) : CloudObject(ObjectKind.Group, id, name)
{
    public SortedSet<int> Users { get; } = [];

    public SortedSet<int> Admins { get; } = [];

    public CloudQuotas Quotas { get; } = new();

    // Its members may see it.
    public override AccessTarget Access => new(Kind, Id, -1, Id, new CloudPermissions(0b000_100_000), null, []);

    /// <summary>Drops a user who left.</summary>
    public void Forget(int uid)
    {
        Users.Remove(uid);
        Admins.Remove(uid);
    }

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("GROUP");
        WriteBody(xml, view);
        Quotas.Write(xml);
        CloudQuotas.WriteDefaults(xml, "DEFAULT_GROUP_QUOTAS");
        xml.Close("GROUP");
    }

    public override void WriteInPool(XmlText xml, XmlView view)
    {
        xml.Open("GROUP");
        WriteBody(xml, view);
        xml.Close("GROUP");
        Quotas.WriteInPool(xml, Id);
    }

    private void WriteBody(XmlText xml, XmlView view)
    {
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        WriteTemplate(xml, view);
        xml.Ids("USERS", Users);
        xml.Ids("ADMINS", Admins);
    }
}
