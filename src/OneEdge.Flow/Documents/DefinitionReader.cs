using System.Collections.Immutable;
using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Documents;

/// <summary>
/// Reads what templates say, in documents and in templates that were validated, with the names of 6.x and 7.x. Values that have the wrong type are absent;
/// an element that is no object where there has to be one is an error with its path.
/// </summary>
internal static class DefinitionReader
{
    /// <summary>The service, its roles and networks apart.</summary>
    public static ServiceDefinition Service(JsonElement body, FlowMembersReading? reading = null) => new()
    {
        Name = LenientJson.Text(body, "name"u8) ?? "",
        Deployment = FlowNames.Deployment(LenientJson.Text(body, "deployment"u8)),
        ShutdownAction = FlowNames.Shutdown(LenientJson.Text(body, "shutdown_action"u8)),
        ReadyStatusGate = LenientJson.Flag(body, "ready_status_gate"u8),
        AutomaticDeletion = LenientJson.Flag(body, "automatic_deletion"u8),
        OnHold = LenientJson.Flag(body, "on_hold"u8),
        Members = new FlowMembers(body, reading),
    };

    /// <summary>A role.</summary>
    public static RoleDefinition Role(JsonElement role, string path = "$", FlowMembersReading? reading = null) => new()
    {
        Name = LenientJson.Text(Unreadable.Object(role, path), "name"u8) ?? throw Unreadable.At($"{path}.name", "the role has no name."),
        VmTemplate = LenientJson.Int(role, "vm_template"u8) ?? LenientJson.Int(role, "template_id"u8) ?? -1,
        VmTemplateContents = LenientJson.Text(role, "vm_template_contents"u8) ?? ContentsOfVersion7(role),
        Parents = Texts(role, "parents"u8),
        ShutdownAction = FlowNames.Shutdown(LenientJson.Text(role, "shutdown_action"u8)),
        MinVms = LenientJson.Int(role, "min_vms"u8),
        MaxVms = LenientJson.Int(role, "max_vms"u8),
        Cooldown = LenientJson.Int(role, "cooldown"u8),
        Members = new FlowMembers(role, reading),
    };

    /// <summary>The elasticity policies of a role.</summary>
    public static ImmutableArray<ElasticityPolicy> ElasticityPolicies(JsonElement role, string path = "$") =>
        List(role, "elasticity_policies"u8, path, "elasticity_policies", ElasticityPolicy);

    /// <summary>The scheduled policies of a role.</summary>
    public static ImmutableArray<ScheduledPolicy> ScheduledPolicies(JsonElement role, string path = "$") =>
        List(role, "scheduled_policies"u8, path, "scheduled_policies", ScheduledPolicy);

    /// <summary>An elasticity policy with its history.</summary>
    public static ElasticityPolicy ElasticityPolicy(JsonElement policy, string path = "$") => new()
    {
        Type = FlowNames.Adjustment(LenientJson.Text(Unreadable.Object(policy, path), "type"u8)),
        Adjust = LenientJson.Int(policy, "adjust"u8) ?? 0,
        MinAdjustStep = LenientJson.Int(policy, "min_adjust_step"u8),
        Expression = LenientJson.Text(policy, "expression"u8) ?? "",
        PeriodNumber = LenientJson.Int(policy, "period_number"u8),
        Period = LenientJson.Int(policy, "period"u8),
        Cooldown = LenientJson.Int(policy, "cooldown"u8),
        LastEvaluation = LenientJson.Time(policy, "last_eval"u8),
        TrueEvaluations = LenientJson.Int(policy, "true_evals"u8),
        ExpressionEvaluated = LenientJson.Text(policy, "expression_evaluated"u8),
        Members = new FlowMembers(policy),
    };

    /// <summary>A scheduled policy with its history.</summary>
    public static ScheduledPolicy ScheduledPolicy(JsonElement policy, string path = "$") => new()
    {
        Type = FlowNames.Adjustment(LenientJson.Text(Unreadable.Object(policy, path), "type"u8)),
        Adjust = LenientJson.Int(policy, "adjust"u8),
        MinAdjustStep = LenientJson.Int(policy, "min_adjust_step"u8),
        StartTime = LenientJson.Text(policy, "start_time"u8),
        Recurrence = LenientJson.Text(policy, "recurrence"u8),
        Cooldown = LenientJson.Int(policy, "cooldown"u8),
        LastEvaluation = LenientJson.Time(policy, "last_eval"u8),
        Members = new FlowMembers(policy),
    };

    /// <summary>The networks of <c>networks_values</c>; of several with a name the first.</summary>
    public static ImmutableArray<ServiceNetwork> Networks(JsonElement networksValues, string path = "$.networks_values")
    {
        if (networksValues.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return [];
        if (networksValues.ValueKind != JsonValueKind.Array) throw Unreadable.At(path, "an array was expected.");
        var networks = ImmutableArray.CreateBuilder<ServiceNetwork>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        int index = 0;
        foreach (JsonElement element in networksValues.EnumerateArray())
        {
            foreach (JsonProperty network in Unreadable.Object(element, $"{path}[{index}]").EnumerateObject())
            {
                if (names.Add(network.Name)) networks.Add(Network(network.Name, network.Value, $"{path}[{index}]"));
            }

            index++;
        }

        return networks.DrainToImmutable();
    }

    private static ServiceNetwork Network(string name, JsonElement value, string path)
    {
        Unreadable.Object(value, $"{path}.{name}");
        NetworkKind kind = Takeover.Kind(value);
        return new ServiceNetwork
        {
            Name = name,
            Kind = kind,
            Source = kind switch
            {
                NetworkKind.Template => LenientJson.Int(value, "template_id"u8),
                NetworkKind.Reservation => LenientJson.Int(value, "reserve_from"u8),
                _ => null,
            },
            Extra = LenientJson.Text(value, "extra"u8),
            NetworkId = LenientJson.Int(value, "id"u8),
            Members = new FlowMembers(value),
        };
    }

    private static string? ContentsOfVersion7(JsonElement role) =>
        role.TryGetProperty("template_contents"u8, out JsonElement contents) ? TemplateContentsJson.ToText(contents) : null;

    private static ImmutableArray<string> Texts(JsonElement owner, ReadOnlySpan<byte> name)
    {
        if (!owner.TryGetProperty(name, out JsonElement value)) return [];
        if (value.ValueKind == JsonValueKind.String) return [value.GetString()!];
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0) return [];
        return [.. value.EnumerateArray().Select(LenientJson.Text).OfType<string>()];
    }

    private static ImmutableArray<T> List<T>(JsonElement role, ReadOnlySpan<byte> name, string path, string shown, Func<JsonElement, string, T> read)
    {
        if (Unreadable.Array(role, name, $"{path}.{shown}") is not { } array) return [];
        int count = array.GetArrayLength();
        if (count == 0) return [];
        var list = ImmutableArray.CreateBuilder<T>(count);
        foreach (JsonElement element in array.EnumerateArray()) list.Add(read(element, $"{path}.{shown}[{list.Count}]"));
        return list.MoveToImmutable();
    }
}
