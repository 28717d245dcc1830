using System.Globalization;

namespace OneEdge.Host.Tests.Tm;

/// <summary>Documents in the form in which OpenNebula 6.10 answers, with what a transfer driver reads.</summary>
internal static class CloudDocuments
{
    private const string Owner = """
        <UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME>
        """;

    private const string Permissions = """
        <PERMISSIONS><OWNER_U>1</OWNER_U><OWNER_M>1</OWNER_M><OWNER_A>0</OWNER_A><GROUP_U>0</GROUP_U><GROUP_M>0</GROUP_M><GROUP_A>0</GROUP_A>
        <OTHER_U>0</OTHER_U><OTHER_M>0</OTHER_M><OTHER_A>0</OTHER_A></PERMISSIONS>
        """;

    public static string Vm(
        int id, string disks = "", string host = "h1", int hostId = 4, int lcmState = 3, int datastore = 0, int action = 0) => OneLine($"""
        <VM><ID>{id}</ID>{Owner}<NAME>edge-inst</NAME>{Permissions}<LAST_POLL>0</LAST_POLL>
        <STATE>3</STATE><LCM_STATE>{lcmState}</LCM_STATE><PREV_STATE>3</PREV_STATE><PREV_LCM_STATE>3</PREV_LCM_STATE>
        <RESCHED>0</RESCHED><STIME>1795392673</STIME><ETIME>0</ETIME><DEPLOY_ID>one-{id}</DEPLOY_ID><MONITORING></MONITORING><SCHED_ACTIONS></SCHED_ACTIONS>
        <TEMPLATE><CONTEXT><DISK_ID><![CDATA[9]]></DISK_ID><TARGET><![CDATA[hda]]></TARGET></CONTEXT><CPU><![CDATA[0.2]]></CPU>
        {disks}
        <MEMORY><![CDATA[64]]></MEMORY></TEMPLATE><USER_TEMPLATE/>
        <HISTORY_RECORDS>{History(id, 0, "h9", 3, 5, 2)}{History(id, 1, host, hostId, datastore, action)}</HISTORY_RECORDS>
        <BACKUPS><BACKUP_CONFIG/><BACKUP_IDS></BACKUP_IDS></BACKUPS></VM>
        """);

    public static string Disk(params (string Name, string Value)[] attributes) =>
        $"<DISK>{string.Concat(attributes.Select(a => $"<{a.Name}><![CDATA[{a.Value}]]></{a.Name}>"))}</DISK>";

    public static string Datastore(int id, string? replica = null) => OneLine($"""
        <DATASTORE><ID>{id}</ID>{Owner}<NAME>system</NAME>{Permissions}<DS_MAD><![CDATA[-]]></DS_MAD><TM_MAD><![CDATA[ssh]]></TM_MAD>
        <BASE_PATH><![CDATA[/var/lib/one//datastores/{id}]]></BASE_PATH><TYPE>1</TYPE><DISK_TYPE>0</DISK_TYPE><STATE>0</STATE><CLUSTERS><ID>0</ID></CLUSTERS>
        <TOTAL_MB>0</TOTAL_MB><FREE_MB>0</FREE_MB><USED_MB>0</USED_MB><IMAGES></IMAGES>
        <TEMPLATE>{Attribute("REPLICA_HOST", replica)}<TM_MAD><![CDATA[ssh]]></TM_MAD><TYPE><![CDATA[SYSTEM_DS]]></TYPE></TEMPLATE></DATASTORE>
        """);

    public static string Host(int id, string name, string? storage = null) => OneLine($"""
        <HOST><ID>{id}</ID><NAME>{name}</NAME><STATE>2</STATE><PREV_STATE>2</PREV_STATE><IM_MAD><![CDATA[kvm]]></IM_MAD><VM_MAD><![CDATA[kvm]]></VM_MAD>
        <CLUSTER_ID>0</CLUSTER_ID><CLUSTER>default</CLUSTER><VMS></VMS>
        <TEMPLATE>{Attribute("REPLICA_STORAGE_IP", storage)}</TEMPLATE><MONITORING></MONITORING></HOST>
        """);

    private static string History(int vm, int sequence, string host, int hostId, int datastore, int action) => OneLine($"""
        <HISTORY><OID>{vm}</OID><SEQ>{sequence}</SEQ><HOSTNAME>{host}</HOSTNAME><HID>{hostId}</HID><CID>0</CID><STIME>1795392674</STIME><ETIME>0</ETIME>
        <VM_MAD><![CDATA[kvm]]></VM_MAD><TM_MAD><![CDATA[ssh]]></TM_MAD><DS_ID>{datastore}</DS_ID><PSTIME>1795392674</PSTIME><PETIME>0</PETIME>
        <RSTIME>0</RSTIME><RETIME>0</RETIME><ESTIME>0</ESTIME><EETIME>0</EETIME><ACTION>{action}</ACTION>
        <UID>-1</UID><GID>-1</GID><REQUEST_ID>-1</REQUEST_ID></HISTORY>
        """);

    private static string Attribute(string name, string? value) => value is null ? "" : $"<{name}><![CDATA[{value}]]></{name}>";

    // The server writes no ends of lines between elements.
    private static string OneLine(FormattableString text) => text.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("");
}
