namespace OneEdge.OpenNebula.Embedded;

/// <summary>An object of the cloud.</summary>
internal abstract class CloudObject(ObjectKind kind, int id, string name)
{
    public ObjectKind Kind { get; } = kind;

    public int Id { get; } = id;

    public string Name { get; set; } = name;

    /// <summary>The owner; -1 for objects that nobody owns.</summary>
    public int Uid { get; private set; } = -1;

    public int Gid { get; private set; } = -1;

    public string UserName { get; private set; } = "";

    public string GroupName { get; private set; } = "";

    public CloudPermissions Permissions { get; set; } = CloudPermissions.Usual;

    public CloudLock? Lock { get; set; }

    public StoredTemplate Template { get; set; } = EmptyTemplate;

    /// <summary>What is counted for it in quotas.</summary>
    public QuotaBooking? Booking { get; set; }

    public static StoredTemplate EmptyTemplate { get; } = StoredTemplate.Create([]);

    /// <summary>The clusters that the object is in, for access rules.</summary>
    public virtual IEnumerable<int> ClusterIds => [];

    /// <summary>The names that are encrypted unless somebody who may reads them in clear.</summary>
    protected virtual IReadOnlyList<string> EncryptedNames => [];

    public void SetUser(int id, string name) => (Uid, UserName) = (id, name);

    public void SetGroup(int id, string name) => (Gid, GroupName) = (id, name);

    /// <summary>What decides who may do what with it.</summary>
    public virtual AccessTarget Access => new(Kind, Id, Uid, Gid, Permissions, Lock, ClusterIds);

    /// <summary>Writes the whole object.</summary>
    public abstract void Write(XmlText xml, XmlView view);

    /// <summary>Writes the object as a pool lists it.</summary>
    public virtual void WriteInPool(XmlText xml, XmlView view) => Write(xml, view);

    public string ToXml(XmlView view) => XmlText.Of(xml => Write(xml, view));

    /// <summary>A template that is to be stored: what was read encrypted and is sent back so is what it was.</summary>
    public StoredTemplate Opened(StoredTemplate template, XmlView view)
    {
        foreach (string secret in EncryptedNames)
        {
            if (template.Get(secret) is { } value && view.Decrypt(value) is { } clear) template = TemplateTexts.With(template, secret, clear);
        }

        return template;
    }

    /// <summary>The head that objects with an owner begin with.</summary>
    protected void WriteHead(XmlText xml)
    {
        xml.Element("ID", Id);
        WriteOwner(xml);
        xml.Element("NAME", Name);
    }

    protected void WriteOwner(XmlText xml)
    {
        xml.Element("UID", Uid);
        xml.Element("GID", Gid);
        xml.Element("UNAME", UserName);
        xml.Element("GNAME", GroupName);
    }

    protected void WriteLock(XmlText xml) => Lock?.Write(xml);

    /// <summary>The template, its secrets encrypted where the view says so.</summary>
    protected void WriteTemplate(XmlText xml, XmlView view, string name = "TEMPLATE") => xml.Template(name, Visible(view));

    /// <summary>The attributes as this reader may see them.</summary>
    protected IEnumerable<TemplateAttribute> Visible(XmlView view) =>
        view.ShowsSecrets || EncryptedNames.Count == 0 ? Template : view.Encrypt(Template, EncryptedNames);
}
