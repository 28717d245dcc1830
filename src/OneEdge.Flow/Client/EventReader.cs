using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Client;

/// <summary>Reads events of our server. What it does not know is left out.</summary>
internal static class EventReader
{
    /// <summary>Reads an event.</summary>
    /// <exception cref="FormatException">It is not what its name says.</exception>
    public static ServerEvent Read(int id, string type, ReadOnlySpan<byte> data) => type switch
    {
        "snapshot" => new SnapshotEvent(Snapshot(Object(data))),
        "service" => new NotificationEvent(new ServiceStateNotification(id, ServiceStateOf(Object(data)))),
        "role" when Object(data) is var role => new NotificationEvent(new RoleStateNotification(id, Text(role, "role"u8), RoleStateOf(role))),
        "vm" => Machine(id, Object(data)),
        "log" => new NotificationEvent(new ServiceLogNotification(id, Entry(Object(data)))),
        "gone" => new NotificationEvent(new ServiceGoneNotification(id)),
        "error" => new EndEvent(),
        _ => new UnknownServerEvent(),
    };

    private static ServiceSnapshot Snapshot(JsonElement data)
    {
        if (!data.TryGetProperty("roles"u8, out JsonElement roles) || roles.ValueKind != JsonValueKind.Array)
            throw new FormatException("an event has no roles");
        return new ServiceSnapshot(ServiceStateOf(data), [.. roles.EnumerateArray().Select(RoleOf)]);
    }

    private static RoleSnapshot RoleOf(JsonElement role)
    {
        if (role.ValueKind != JsonValueKind.Object) throw new FormatException("a role of an event is no object");
        int[] machines = role.TryGetProperty("vms"u8, out JsonElement vms) && vms.ValueKind == JsonValueKind.Array
            ? [.. vms.EnumerateArray().Select(LenientJson.Int).OfType<int>()] : [];
        return new RoleSnapshot(Text(role, "name"u8), RoleStateOf(role), machines);
    }

    private static ServerEvent Machine(int id, JsonElement data)
    {
        string role = Text(data, "role"u8);
        int vm = LenientJson.Int(data, "vm"u8) ?? throw new FormatException("an event has no vm");
        return Text(data, "state"u8) switch
        {
            "added" => new NotificationEvent(new VmAddedNotification(id, role, vm)),
            "removed" => new NotificationEvent(new VmRemovedNotification(id, role, vm)),
            var condition => Condition(condition) is { } known
                ? new NotificationEvent(new VmConditionNotification(id, role, vm, known)) : new UnknownServerEvent(),
        };
    }

    private static VmCondition? Condition(string name) => name switch
    {
        "unseen" => VmCondition.Unseen,
        "busy" => VmCondition.Busy,
        "held" => VmCondition.Held,
        "running" => VmCondition.Running,
        "halted" => VmCondition.Halted,
        "failed" => VmCondition.Failed,
        "stopping" => VmCondition.Stopping,
        "gone" => VmCondition.Gone,
        _ => null,
    };

    private static ServiceLogEntry Entry(JsonElement data) => new(
        LenientJson.Time(data, "timestamp"u8) ?? throw new FormatException("an event has no timestamp"), Text(data, "severity"u8), Text(data, "message"u8));

    private static ServiceState ServiceStateOf(JsonElement data) => StateNames.ServiceStateOf(Text(data, "state"u8)) ?? throw Unknown();

    private static RoleState RoleStateOf(JsonElement data) => StateNames.RoleStateOf(Text(data, "state"u8)) ?? throw Unknown();

    private static FormatException Unknown() => new("an event has a state that is not known");

    private static JsonElement Object(ReadOnlySpan<byte> data)
    {
        JsonElement value = DocumentAnswer.Parse(data);
        return value.ValueKind == JsonValueKind.Object ? value : throw new FormatException("an event is no object");
    }

    private static string Text(JsonElement data, ReadOnlySpan<byte> name) =>
        LenientJson.Text(data, name) ?? throw new FormatException($"an event has no {System.Text.Encoding.UTF8.GetString(name)}");
}
