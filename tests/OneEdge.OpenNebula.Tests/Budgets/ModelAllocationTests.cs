using System.Globalization;
using System.Text;
using OneEdge.Testing;

namespace OneEdge.OpenNebula.Tests.Budgets;

/// <summary>What reading a pool may allocate: unlike time, that does not depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class ModelAllocationTests
{
    private const string Head =
        "<UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME><NAME>raw-vm</NAME><PERMISSIONS><OWNER_U>1</OWNER_U><OWNER_M>1</OWNER_M>"
        + "<OWNER_A>0</OWNER_A><GROUP_U>0</GROUP_U><GROUP_M>0</GROUP_M><GROUP_A>0</GROUP_A><OTHER_U>0</OTHER_U><OTHER_M>0</OTHER_M><OTHER_A>0</OTHER_A>"
        + "</PERMISSIONS><LAST_POLL>0</LAST_POLL><STATE>3</STATE><LCM_STATE>3</LCM_STATE><PREV_STATE>3</PREV_STATE><PREV_LCM_STATE>3</PREV_LCM_STATE>"
        + "<RESCHED>0</RESCHED><STIME>1795392673</STIME><ETIME>0</ETIME><DEPLOY_ID>host0:raw-vm:dummy</DEPLOY_ID><MONITORING></MONITORING>"
        + "<SCHED_ACTIONS></SCHED_ACTIONS>";

    private const string Templates =
        "<TEMPLATE><AUTOMATIC_REQUIREMENTS><![CDATA[!(PUBLIC_CLOUD = YES) & !(PIN_POLICY = PINNED)]]></AUTOMATIC_REQUIREMENTS><CPU><![CDATA[0.1]]></CPU>"
        + "<MEMORY><![CDATA[32]]></MEMORY><OS><UUID><![CDATA[05b714f1-0594-4ffb-bacb-753e75092e21]]></UUID></OS><SUBMIT_ON_HOLD><![CDATA[YES]]>"
        + "</SUBMIT_ON_HOLD><TM_MAD_SYSTEM><![CDATA[dummy]]></TM_MAD_SYSTEM><VMID><![CDATA[5]]></VMID></TEMPLATE><USER_TEMPLATE><LABELS>"
        + "<![CDATA[edge,web]]></LABELS></USER_TEMPLATE>";

    private const string Tail =
        "<HISTORY_RECORDS><HISTORY><OID>5</OID><SEQ>0</SEQ><HOSTNAME>host0</HOSTNAME><HID>0</HID><CID>0</CID><STIME>1795392673</STIME><ETIME>0</ETIME>"
        + "<VM_MAD><![CDATA[dummy]]></VM_MAD><TM_MAD><![CDATA[dummy]]></TM_MAD><DS_ID>0</DS_ID><PSTIME>1795392673</PSTIME>"
        + "<PETIME>1795392673</PETIME><RSTIME>1795392673</RSTIME><RETIME>0</RETIME><ESTIME>0</ESTIME><EETIME>0</EETIME><ACTION>0</ACTION><UID>-1</UID>"
        + "<GID>-1</GID><REQUEST_ID>-1</REQUEST_ID></HISTORY></HISTORY_RECORDS><BACKUPS><BACKUP_CONFIG/><BACKUP_IDS></BACKUP_IDS></BACKUPS>";

    [Fact]
    public void Machines_and_the_bytes_of_their_answer_allocate_less_than_two_and_a_half_bytes_for_each_byte_of_their_XML()
    {
        long allocated = Allocated(machines => machines.Sum(m => m.MemoryMb ?? 0), 32_000, out int length);
        Assert.InRange(allocated, 1, length * 5L / 2);
    }

    [Fact]
    public void The_same_with_both_templates_to_the_last_value_allocate_less_than_three_bytes_for_each_byte_of_their_XML()
    {
        long allocated = Allocated(machines => machines.Sum(Touch), 10_000, out int length);
        Assert.InRange(allocated, 1, length * 3L);
    }

    // Eight values in all, and the two objects that are made when they are asked for.
    private static int Touch(VirtualMachine machine) => Values(machine.Template) + Values(machine.UserTemplate)
        + (machine.Monitoring is null ? 0 : 1) + (machine.Backups is null ? 0 : 1);

    private static int Values(StoredTemplate template)
    {
        int count = 0;
        for (int i = 0; i < template.Count; i++) count += template[i].IsVector ? template[i].Items.Count : 1;
        return count;
    }

    private static long Allocated(Func<List<VirtualMachine>, int> use, int expected, out int length)
    {
        IEnumerable<string> all = Enumerable.Range(0, 1_000).Select(
            i => string.Create(CultureInfo.InvariantCulture, $"<VM><ID>{i}</ID>{Head}{Templates}{Tail}</VM>"));
        string pool = $"<VM_POOL>{string.Concat(all)}</VM_POOL>";
        byte[] body = Encoding.UTF8.GetBytes("<methodResponse><params><param><value><array><data><value><boolean>1</boolean></value><value><string>"
            + pool.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            + "</string></value><value><i4>0</i4></value></data></array></value></param></params></methodResponse>");
        length = pool.Length;
        Assert.Equal(expected, use(Read(body)));
        return AllocationMeter.Least(() => use(Read(body)));
    }

    private static List<VirtualMachine> Read(byte[] body)
    {
        byte[] own = [.. body];
        RpcValue pool = RpcAnswerReader.Read(own, own.Length).Value.AsArray()[1];
        return ModelReader.ParsePool<VirtualMachine>(pool.Utf8Memory, isChecked: true);
    }
}
