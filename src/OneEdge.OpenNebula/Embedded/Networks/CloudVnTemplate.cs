namespace OneEdge.OpenNebula.Embedded;

/// <summary>A template of networks.</summary>
internal sealed class CloudVnTemplate(int id, string name, long registered) : CloudObject(ObjectKind.VnTemplate, id, name)
{
    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("VNTEMPLATE");
        WriteHead(xml);
        WriteLock(xml);
        Permissions.Write(xml);
        xml.Element("REGTIME", registered);
        WriteTemplate(xml, view);
        xml.Close("VNTEMPLATE");
    }
}
