namespace OneEdge.OpenNebula.Embedded;

/// <summary>A group of users.</summary>
internal sealed class CloudGroup(int id, string name, QuotaBook defaults) : CloudOwner(ObjectKind.Group, id, name, defaults)
{
    public SortedSet<int> Users { get; } = [];

    public SortedSet<int> Admins { get; } = [];

    // Its members may see it.
    public override AccessTarget Access => new(Kind, Id, -1, Id, new CloudPermissions(0b000_100_000), null, []);

    /// <summary>Drops a user who left.</summary>
    public void Forget(int uid)
    {
        Users.Remove(uid);
        Admins.Remove(uid);
    }

    protected override void WriteBody(XmlText xml, XmlView view)
    {
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        WriteTemplate(xml, view);
        xml.Ids("USERS", Users);
        xml.Ids("ADMINS", Admins);
    }
}
