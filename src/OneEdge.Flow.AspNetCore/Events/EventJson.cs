using System.Buffers;
using System.Text.Json;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Events as JSON, in one line. States have the names that OneFlow gives them.</summary>
internal static class EventJson
{
    /// <summary>The name of an event, and its data.</summary>
    public static (string Name, byte[] Data) Of(ServiceNotification notification) => notification switch
    {
        ServiceStateNotification state => ("service", Written(state.ServiceId, w => w.WriteString("state", NameOf(state.State)))),
        RoleStateNotification role => ("role", Written(role.ServiceId, w =>
        {
            w.WriteString("role", role.RoleName);
            w.WriteString("state", NameOf(role.State));
        })),
        VmAddedNotification vm => ("vm", Written(vm.ServiceId, w => Vm(w, vm.RoleName, vm.VmId, "added"))),
        VmRemovedNotification vm => ("vm", Written(vm.ServiceId, w => Vm(w, vm.RoleName, vm.VmId, "removed"))),
        VmConditionNotification vm => ("vm", Written(vm.ServiceId, w => Vm(w, vm.RoleName, vm.VmId, Upper(vm.Condition.ToString()).ToLowerInvariant()))),
        ServiceLogNotification log => ("log", Written(log.ServiceId, w =>
        {
            w.WriteNumber("timestamp", log.Entry.Time.ToUnixTimeSeconds());
            w.WriteString("severity", log.Entry.Severity);
            w.WriteString("message", log.Entry.Message);
        })),
        _ => ("gone", Written(notification.ServiceId, _ => { })),
    };

    /// <summary>How a service is: what was told of it before its own state.</summary>
    public static byte[] Snapshot(IReadOnlyList<ServiceNotification> told, ServiceStateNotification service) => Written(service.ServiceId, w =>
    {
        w.WriteString("state", NameOf(service.State));
        w.WriteStartArray("roles");
        foreach (RoleStateNotification role in told.OfType<RoleStateNotification>())
        {
            w.WriteStartObject();
            w.WriteString("name", role.RoleName);
            w.WriteString("state", NameOf(role.State));
            w.WriteStartArray("vms");
            foreach (VmAddedNotification vm in told.OfType<VmAddedNotification>().Where(v => v.RoleName == role.RoleName)) w.WriteNumberValue(vm.VmId);
            w.WriteEndArray();
            w.WriteEndObject();
        }

        w.WriteEndArray();
    });

    /// <summary>Why a stream ends that did not want to.</summary>
    public static byte[] Error(int serviceId, OneEdgeException error) => Written(serviceId, w =>
    {
        w.WriteString("code", error.Code);
        w.WriteString("message", error.Message);
    });

    public static string NameOf(ServiceState state) => Upper(state.ToString()).Replace("NETWORKS", "NETS", StringComparison.Ordinal);

    public static string NameOf(RoleState state) => Upper(state.ToString());

    private static void Vm(Utf8JsonWriter writer, string role, int vmId, string state)
    {
        writer.WriteString("role", role);
        writer.WriteNumber("vm", vmId);
        writer.WriteString("state", state);
    }

    // FailedDeployingNets: FAILED_DEPLOYING_NETS
    private static string Upper(string name) =>
        string.Concat(name.Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));

    private static byte[] Written(int serviceId, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("service", serviceId);
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
