namespace OneEdge.OpenNebula.Embedded;

/// <summary>The one zone that the cloud is; it is no federation and has no servers besides (OpenNebula 6.10 source, src/zone and src/rm).</summary>
internal sealed class ZoneArea : ObjectArea<CloudZone>
{
    private const int FirstOwn = 100;

    private const string Raft = "<RAFT><SERVER_ID>-1</SERVER_ID><STATE>0</STATE><TERM>0</TERM><VOTEDFOR>-1</VOTEDFOR><COMMIT>0</COMMIT>"
        + "<LOG_INDEX>-1</LOG_INDEX><LOG_TERM>-1</LOG_TERM><FEDLOG_INDEX>-1</FEDLOG_INDEX></RAFT>";

    public ZoneArea(CloudState state)
        : base(state, ObjectKind.Zone, "one.zone", FirstOwn)
    {
        const string endpoint = "http://localhost:2633/RPC2";
        Pool.Add(new CloudZone(0, "OpenNebula") { Template = StoredTemplate.Create([new TemplateAttribute("ENDPOINT", endpoint)]) });
    }

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    public override void Register(MethodTable table)
    {
        table.Add("one.zone.allocate", "s", _ => throw CallRefusal.Allocate(Kind, "New zones can only be created at federation master"));
        AddInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        table.Add("one.zonepool.info", "", PoolInfo);
        table.Add("one.zone.raftstatus", "", _ => Raft);
    }

    protected override RpcValue PoolInfo(CloudCall call) => XmlText.Of(xml =>
    {
        xml.Open("ZONE_POOL");
        foreach (CloudZone zone in Pool.Ordered) zone.Write(xml, State.SealedView);
        xml.Close("ZONE_POOL");
    });

    protected override StoredTemplate Accept(CloudCall call, CloudZone item, StoredTemplate template)
    {
        template = TemplateTexts.Without(template, "SERVER");
        return string.IsNullOrEmpty(template.Get("ENDPOINT")) ? TemplateTexts.With(template, "ENDPOINT", "-") : template;
    }

    protected override void Drop(CloudCall call, CloudZone item) => throw CannotDelete("System Zones (ID < 100) cannot be deleted.");
}
