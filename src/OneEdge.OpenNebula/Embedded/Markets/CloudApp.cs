namespace OneEdge.OpenNebula.Embedded;

/// <summary>An application of a marketplace.</summary>
internal sealed class CloudApp(int id, string name) : CloudObject(ObjectKind.MarketplaceApp, id, name)
{
    public MarketplaceAppType Type { get; init; }

    public MarketplaceAppState State { get; set; }

    public long Registered { get; init; }

    /// <summary>What it is made of; -1 when it came with its content.</summary>
    public int OriginId { get; init; }

    public string Source { get; set; } = "";

    public string Checksum { get; set; } = "";

    /// <summary>The size in MiB.</summary>
    public long Size { get; set; }

    public string Format { get; set; } = "";

    public string Description { get; set; } = "";

    public string Version { get; set; } = "";

    public string Content { get; set; } = "";

    public int MarketId { get; init; }

    public string MarketName { get; set; } = "";

    /// <summary>What a template of an image gets of it.</summary>
    public StoredTemplate Describe(StoredTemplate template)
    {
        foreach ((string name, string value) in ((string, string)[])[("FROM_APP_NAME", Name), ("PATH", Source), ("FORMAT", Format), ("FROM_APP_MD5", Checksum)])
            template = TemplateTexts.With(template, name, value);
        return template;
    }

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("MARKETPLACEAPP");
        xml.Element("ID", Id);
        WriteOwner(xml);
        WriteLock(xml);
        xml.Element("REGTIME", Registered);
        xml.Element("NAME", Name);
        xml.CData("ZONE_ID", "0");
        xml.CData("ORIGIN_ID", OriginId);
        xml.CData("SOURCE", Source);
        xml.CData("MD5", Checksum);
        xml.Element("SIZE", Size);
        xml.CData("DESCRIPTION", Description);
        xml.CData("VERSION", Version);
        xml.CData("FORMAT", Format);
        xml.CData("APPTEMPLATE64", Content);
        xml.Element("MARKETPLACE_ID", MarketId);
        xml.Element("MARKETPLACE", MarketName);
        xml.Element("STATE", (int)State);
        xml.Element("TYPE", (int)Type);
        Permissions.Write(xml);
        WriteTemplate(xml, view);
        xml.Close("MARKETPLACEAPP");
    }
}
