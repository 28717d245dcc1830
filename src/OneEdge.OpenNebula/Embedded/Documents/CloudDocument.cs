namespace OneEdge.OpenNebula.Embedded;

/// <summary>A document: data of other programs, by types that the cloud knows nothing of.</summary>
internal sealed class CloudDocument(int id, string name, int type) : CloudObject(ObjectKind.Document, id, name)
{
    public int Type { get; } = type;

    protected override IReadOnlyList<string> EncryptedNames { get; } = ["PROVISION_BODY"];

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("DOCUMENT");
        WriteHead(xml);
        xml.Element("TYPE", Type);
        Permissions.Write(xml);
        WriteLock(xml);
        WriteTemplate(xml, view);
        xml.Close("DOCUMENT");
    }
}
