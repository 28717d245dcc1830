namespace OneEdge.OpenNebula.Embedded;

/// <summary>The one zone that the cloud is.</summary>
internal sealed class ZoneMethods : IMethodArea
{
    private const string Zone = "<ZONE><ID>0</ID><NAME>OpenNebula</NAME><STATE>0</STATE><TEMPLATE>"
        + "<ENDPOINT><![CDATA[http://localhost:2633/RPC2]]></ENDPOINT></TEMPLATE><SERVER_POOL></SERVER_POOL></ZONE>";

    private const string Raft = "<RAFT><SERVER_ID>-1</SERVER_ID><STATE>0</STATE><TERM>0</TERM><VOTEDFOR>-1</VOTEDFOR><COMMIT>0</COMMIT>"
        + "<LOG_INDEX>-1</LOG_INDEX><LOG_TERM>-1</LOG_TERM><FEDLOG_INDEX>-1</FEDLOG_INDEX></RAFT>";

    public void Register(MethodTable table)
    {
        table.Add("one.zone.info", "ib", call => call.Int(1) == 0 ? Zone : throw CallRefusal.NoExists(ObjectKind.Zone, call.Int(1)));
        table.Add("one.zonepool.info", "", _ => $"<ZONE_POOL>{Zone}</ZONE_POOL>");
        table.Add("one.zone.raftstatus", "", _ => Raft);
    }
}
