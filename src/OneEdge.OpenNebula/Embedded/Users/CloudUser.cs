namespace OneEdge.OpenNebula.Embedded;

/// <summary>A user.</summary>
internal sealed class CloudUser(int id, string name) : CloudObject(ObjectKind.User, id, name)
{
    /// <summary>What is stored: a hash for the driver <c>core</c>, else the text.</summary>
    public string Password { get; set; } = "";

    public string Driver { get; set; } = "core";

    public bool IsEnabled { get; set; } = true;

    /// <summary>The groups, the primary one first among equals: they are kept by id.</summary>
    public SortedSet<int> Groups { get; } = [];

    public List<CloudLoginToken> Tokens { get; } = [];

    public CloudQuotas Quotas { get; } = new();

    // Users use and manage themselves.
    public override AccessTarget Access => new(Kind, Id, Id, Gid, CloudPermissions.Usual, null, []);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("USER");
        WriteBody(xml, view);
        Quotas.Write(xml);
        CloudQuotas.WriteDefaults(xml, "DEFAULT_USER_QUOTAS");
        xml.Close("USER");
    }

    public override void WriteInPool(XmlText xml, XmlView view)
    {
        xml.Open("USER");
        WriteBody(xml, view);
        xml.Close("USER");
        Quotas.WriteInPool(xml, Id);
    }

    private void WriteBody(XmlText xml, XmlView view)
    {
        xml.Element("ID", Id);
        xml.Element("GID", Gid);
        xml.Ids("GROUPS", Groups);
        xml.Element("GNAME", GroupName);
        xml.Element("NAME", Name);
        xml.CData("PASSWORD", Password);
        xml.CData("AUTH_DRIVER", Driver);
        xml.Element("ENABLED", IsEnabled ? 1 : 0);
        foreach (CloudLoginToken token in Tokens)
        {
            xml.Open("LOGIN_TOKEN");
            xml.Element("TOKEN", token.Token);
            xml.Element("EXPIRATION_TIME", token.Expires);
            xml.Element("EGID", token.Group);
            xml.Close("LOGIN_TOKEN");
        }

        WriteTemplate(xml, view);
    }
}
