using System.Collections.Immutable;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of a service, in the order in which the original puts it there.</summary>
internal static class ServiceMembers
{
    private static readonly ObjectOverlay<Service> Own = new(
        new DocumentMember<Service>("goal")
        {
            Says = (_, _) => false,
            HasValue = service => service.Goal != Takeover.Goal(service.State),
            WriteValue = (writer, service, _) => writer.WriteStringValue(FlowNames.Text(service.Goal)),
        },
        new DocumentMember<Service>("networks")
        {
            Says = (_, _) => false,
            HasValue = service => service.Networks.Any(NetworkMembers.HasOwn),
            WriteValue = (writer, service, _) => NetworkMembers.WriteOwn(writer, service.Networks),
        });

    public static readonly ObjectOverlay<Service> Table = new(
        Values.Text<Service>("name", s => s.Definition.Name, s => IsNew(s) || s.Definition.Name.Length > 0),
        Values.Word<Service, DeploymentStrategy>(
            "deployment",
            s => s.Definition.Deployment,
            FlowNames.Deployment,
            FlowNames.Text,
            s => IsNew(s) || s.Definition.Deployment != DeploymentStrategy.None),
        Values.Word<Service, ShutdownAction?>("shutdown_action", s => s.Definition.ShutdownAction, FlowNames.Shutdown, FlowNames.Text),
        Values.Flag<Service>("ready_status_gate", s => s.Definition.ReadyStatusGate),
        Values.Flag<Service>("automatic_deletion", s => s.Definition.AutomaticDeletion),
        Values.Flag<Service>("on_hold", s => s.Definition.OnHold),
        Values.List<Service, Role>(
            "roles",
            s => s.Roles,
            static (writer, service, role) => RoleMembers.Write(writer, RoleEntry.Of(service, role)),
            s => IsNew(s) || !s.Roles.IsEmpty),
        new DocumentMember<Service>("networks_values")
        {
            Says = (service, present) => service.Networks.IsEmpty && (present.ValueKind != JsonValueKind.Array || present.GetArrayLength() == 0),
            HasValue = _ => true,
            IsAppended = service => !service.Networks.IsEmpty,
            WriteValue = (writer, service, present) => NetworkMembers.Write(writer, service.Networks, present),
        },
        Values.Count<Service>("state", s => (int)s.State, s => IsNew(s) || s.State != ServiceState.Pending),
        Values.Time<Service>("start_time", s => s.StartTime),
        LogMembers.Member,
        OwnMember.Of(Own));

    /// <summary>Reads a service.</summary>
    public static Service Read(int id, string name, ServiceOwner owner, JsonElement body)
    {
        const string Root = "$";
        Unreadable.Object(body, Root);
        var state = (ServiceState)RoleMembers.State(body, Root);
        JsonElement own = OwnMember.Find(body);
        ImmutableArray<ServiceNetwork> networks = body.TryGetProperty("networks_values"u8, out JsonElement values) ? DefinitionReader.Networks(values) : [];
        var reading = new FlowMembersReading();
        return reading.Service = new Service
        {
            Id = id,
            Name = name,
            Owner = owner,
            Definition = DefinitionReader.Service(body, reading),
            Goal = (own.ValueKind == JsonValueKind.Object ? FlowNames.Goal(LenientJson.Text(own, "goal"u8)) : null) ?? Takeover.Goal(state),
            State = state,
            StartTime = LenientJson.Time(body, "start_time"u8) ?? DateTimeOffset.UnixEpoch,
            Roles = Roles(body),
            Networks = NetworkMembers.ReadOwn(networks, own),
            Log = LogMembers.Read(body),
        };
    }

    private static ImmutableArray<Role> Roles(JsonElement body)
    {
        if (Unreadable.Array(body, "roles"u8, "$.roles") is not { } array) return [];
        var roles = ImmutableArray.CreateBuilder<Role>(array.GetArrayLength());
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement element in array.EnumerateArray())
        {
            Role role = RoleMembers.Read(element, $"$.roles[{roles.Count}]");
            if (!names.Add(role.Name)) throw Unreadable.At($"$.roles[{roles.Count}].name", "the name of the role is repeated.");
            roles.Add(role);
        }

        return roles.MoveToImmutable();
    }

    private static bool IsNew(Service service) => service.Definition.Members.IsEmpty;
}
