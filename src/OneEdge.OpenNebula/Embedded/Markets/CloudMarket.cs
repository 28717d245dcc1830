namespace OneEdge.OpenNebula.Embedded;

/// <summary>A marketplace.</summary>
internal sealed class CloudMarket(int id, string name) : CloudObject(ObjectKind.Marketplace, id, name)
{
    public bool IsEnabled { get; set; } = true;

    public string Driver { get; set; } = "";

    public SortedSet<int> Apps { get; } = [];

    public long TotalMegabytes { get; private set; }

    public long FreeMegabytes { get; private set; }

    public long UsedMegabytes { get; private set; }

    public void SetCapacity(long total, long used) => (TotalMegabytes, FreeMegabytes, UsedMegabytes) = (total, Sizes.Left(total, used), used);

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("MARKETPLACE");
        WriteHead(xml);
        xml.Element("STATE", IsEnabled ? 0 : 1);
        xml.CData("MARKET_MAD", Driver);
        xml.CData("ZONE_ID", "0");
        xml.Element("TOTAL_MB", TotalMegabytes);
        xml.Element("FREE_MB", FreeMegabytes);
        xml.Element("USED_MB", UsedMegabytes);
        xml.Ids("MARKETPLACEAPPS", Apps);
        Permissions.Write(xml);
        WriteTemplate(xml, view);
        xml.Close("MARKETPLACE");
    }
}
