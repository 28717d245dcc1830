using System.Globalization;
using System.Text;

namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>Objects and messages as a server writes them.</summary>
internal static class EventTexts
{
    public static string Machine(int id, VmState state, LcmState lcm, string? service = null, string? host = null)
    {
        string facts = service is null ? "<USER_TEMPLATE/>" : $"<USER_TEMPLATE><SERVICE_ID><![CDATA[{service}]]></SERVICE_ID></USER_TEMPLATE>";
        string history = host is null ? "<HISTORY_RECORDS/>" : $"<HISTORY_RECORDS>{History(id, 0, "first")}{History(id, 1, host)}</HISTORY_RECORDS>";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<VM><ID>{id}</ID><UID>0</UID><GID>0</GID><UNAME>oneadmin</UNAME><GNAME>oneadmin</GNAME><NAME>vm-{id}</NAME><STATE>{(int)state}</STATE>"
                + $"<LCM_STATE>{(int)lcm}</LCM_STATE><TEMPLATE/>{facts}{history}</VM>");
    }

    public static string Other(EventObject kind, int id, int state)
    {
        string element = kind switch { EventObject.Host => "HOST", EventObject.Image => "IMAGE", _ => "VNET" };
        return string.Create(CultureInfo.InvariantCulture, $"<{element}><ID>{id}</ID><NAME>object-{id}</NAME><STATE>{state}</STATE><TEMPLATE/></{element}>");
    }

    /// <summary>The topics and the payload of a change of a machine.</summary>
    public static (string[] Topics, byte[] Payload) MachineMessage(int id, VmState state, LcmState lcm, string? service = null, string? host = null)
    {
        string stateName = StateNames.Of(EventObject.VirtualMachine, (int)state)!, lcmName = StateNames.OfLcm((int)lcm)!;
        string serviceId = service is null ? "" : $"<SERVICE_ID>{service}</SERVICE_ID>";
        string remote = host is null ? "<REMOTE_HOST/>" : $"<REMOTE_HOST>{host}</REMOTE_HOST>";
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"<HOOK_MESSAGE><HOOK_TYPE>STATE</HOOK_TYPE><HOOK_OBJECT>VM</HOOK_OBJECT><STATE>{stateName}</STATE><LCM_STATE>{lcmName}</LCM_STATE>"
                + $"<RESOURCE_ID>{id}</RESOURCE_ID>{serviceId}{remote}{Machine(id, state, lcm, service, host)}</HOOK_MESSAGE>");
        return (HookTopics.OfState(EventObject.VirtualMachine, id, stateName, lcmName, service), Encoding.UTF8.GetBytes(message));
    }

    /// <summary>The topics and the payload of a change of another object.</summary>
    public static (string[] Topics, byte[] Payload) OtherMessage(EventObject kind, int id, int state)
    {
        string name = StateNames.Of(kind, state)!, word = HookTopic.Word(kind);
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"<HOOK_MESSAGE><HOOK_TYPE>STATE</HOOK_TYPE><HOOK_OBJECT>{word}</HOOK_OBJECT><STATE>{name}</STATE>"
                + $"<RESOURCE_ID>{id}</RESOURCE_ID>{Other(kind, id, state)}</HOOK_MESSAGE>");
        return (HookTopics.OfState(kind, id, name), Encoding.UTF8.GetBytes(message));
    }

    /// <summary>The message about a call.</summary>
    public static byte[] CallMessage(string method, bool succeeded, string parameter, string extra = "")
    {
        string result = succeeded ? "<VALUE>true</VALUE>" : "<VALUE>false</VALUE>";
        return Encoding.UTF8.GetBytes(
            $"<HOOK_MESSAGE><HOOK_TYPE>API</HOOK_TYPE><CALL>{method}</CALL><CALL_INFO><RESULT>{(succeeded ? 1 : 0)}</RESULT><PARAMETERS>"
            + "<PARAMETER><POSITION>1</POSITION><TYPE>IN</TYPE><VALUE>****</VALUE></PARAMETER>"
            + $"<PARAMETER><POSITION>2</POSITION><TYPE>IN</TYPE><VALUE>{parameter}</VALUE></PARAMETER>"
            + $"<PARAMETER><POSITION>1</POSITION><TYPE>OUT</TYPE>{result}</PARAMETER></PARAMETERS><EXTRA>{extra}</EXTRA></CALL_INFO></HOOK_MESSAGE>");
    }

    private static string History(int id, int sequence, string host) => string.Create(
        CultureInfo.InvariantCulture, $"<HISTORY><OID>{id}</OID><SEQ>{sequence}</SEQ><HOSTNAME>{host}</HOSTNAME><HID>{sequence}</HID></HISTORY>");
}
