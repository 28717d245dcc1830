namespace OneEdge.OpenNebula.Embedded;

/// <summary>A zone: the cloud itself.</summary>
internal sealed class CloudZone(int id, string name) : CloudObject(ObjectKind.Zone, id, name)
{
    public override AccessTarget Access => new(Kind, Id, -1, -1, default, null, []);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("ZONE");
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        xml.Element("STATE", 0);
        WriteTemplate(xml, view);
        xml.Ids("SERVER_POOL", []);
        xml.Close("ZONE");
    }
}
