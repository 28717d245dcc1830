namespace OneEdge.OpenNebula.Embedded;

/// <summary>A user.</summary>
internal sealed class CloudUser(int id, string name, QuotaBook defaults) : CloudOwner(ObjectKind.User, id, name, defaults)
{
    /// <summary>What is stored: a hash for the driver <c>core</c>, else the text.</summary>
    public string Password { get; set; } = "";

    public string Driver { get; set; } = "core";

    public bool IsEnabled { get; set; } = true;

    /// <summary>The groups, the primary one first among equals: they are kept by id.</summary>
    public SortedSet<int> Groups { get; } = [];

    public List<CloudLoginToken> Tokens { get; } = [];

    // Users use and manage themselves.
    public override AccessTarget Access => new(Kind, Id, Id, Gid, CloudPermissions.Usual, null, []);

    protected override void WriteBody(XmlText xml, XmlView view)
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
