namespace OneEdge.OpenNebula.Embedded;

/// <summary>A template of machines.</summary>
internal sealed class CloudTemplate(int id, string name, long created) : CloudObject(ObjectKind.Template, id, name)
{
    public override void Write(XmlText xml, XmlView view) => Write(xml, view, Template);

    /// <summary>Writes it with a template worked out from its own.</summary>
    public void Write(XmlText xml, XmlView view, StoredTemplate template)
    {
        xml.Open("VMTEMPLATE");
        WriteHead(xml);
        Permissions.Write(xml);
        WriteLock(xml);
        xml.Element("REGTIME", created);
        xml.Template("TEMPLATE", view.ShowsSecrets ? template : view.Encrypt(template, EncryptedNames));
        xml.Close("VMTEMPLATE");
    }

    protected override IReadOnlyList<string> EncryptedNames { get; } = ["CONTEXT/PASSWORD"];
}
