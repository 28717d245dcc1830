using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow.Documents;

/// <summary>
/// Changes what a service should be. What it should be stands in the new body; how it is stays: nobody has to send it back, and who sends something else than
/// it has is refused with the text of the original. The result is not checked as a template is: check its document.
/// </summary>
public static class ServiceUpdate
{
    private static readonly string[] Immutable =
    [
        "custom_attrs", "custom_attrs_values", "deployment", "log", "name", "networks", "networks_values", "ready_status_gate", "state", "start_time",
    ];

    /// <summary>Changes a service.</summary>
    /// <param name="service">The service as it is.</param>
    /// <param name="body">The new body; with <paramref name="append"/> the members that are replaced.</param>
    /// <param name="append">Whether the other members stay.</param>
    /// <returns>The service as it should be.</returns>
    /// <exception cref="FlowException">
    /// It changes something that cannot be changed (<see cref="FlowErrorCodes.UpdateRefused"/>), or cannot be read
    /// (<see cref="FlowErrorCodes.ServiceUnreadable"/>).
    /// </exception>
    public static Service Apply(Service service, JsonElement body, bool append) =>
        TryApply(service, body, append, out Service? changed, out string? error) ? changed : throw new FlowException(FlowErrorCodes.UpdateRefused, error);

    /// <summary>Changes a service, and returns why it is refused.</summary>
    /// <inheritdoc cref="Apply"/>
    public static bool TryApply(
        Service service, JsonElement body, bool append, [NotNullWhen(true)] out Service? changed, [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(service);
        changed = null;
        JsonElement stored = JsonElement.Parse(ServiceDocument.Write(service));
        error = Refusal(stored, body, append);
        if (error is not null) return false;
        changed = Changed(service, append ? Replaced(stored, body) : body.Clone());
        return true;
    }

    private static string? Refusal(JsonElement stored, JsonElement body, bool append)
    {
        if (body.ValueKind != JsonValueKind.Object) return "KEY:  must be a Hash; SCHEMA:";
        bool hasRoles = LenientJson.Has(body, "roles"u8);
        if (append) return Appended(body) ?? (body.TryGetProperty("roles"u8, out _) ? Roles(stored, body) : null);
        if (!hasRoles) return "KEY: 'roles' is required;";
        return Roles(stored, body, () => Immutable.FirstOrDefault(name => !IsSame(stored, body, name)) is { } name ? Refused($"service/{name}") : null);
    }

    private static string? Appended(JsonElement body) =>
        Immutable.Append(OwnMember.Name).FirstOrDefault(name => LenientJson.Has(body, Encoding.UTF8.GetBytes(name))) is { } found
            ? Refused($"service/{found}")
            : null;

    private static string? Roles(JsonElement stored, JsonElement body, Func<string?>? service = null)
    {
        JsonElement roles = body.GetProperty("roles"u8);
        if (roles.ValueKind != JsonValueKind.Array) return "KEY: 'roles' must be an Array;";
        JsonElement[] present = stored.TryGetProperty("roles"u8, out JsonElement all) ? [.. all.EnumerateArray()] : [];
        if (roles.GetArrayLength() != present.Length) return Refused("service/roles size");
        if (service?.Invoke() is { } refusal) return refusal;
        var byName = present.ToDictionary(r => LenientJson.Text(r, "name"u8)!, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonElement role in roles.EnumerateArray())
        {
            if (role.ValueKind != JsonValueKind.Object) return "KEY: roles must be a Hash; SCHEMA:";
            if (LenientJson.Text(role, "name"u8) is not { } name || !byName.TryGetValue(name, out JsonElement before))
                return "To change `service/name` use rename operation";
            if (!seen.Add(name)) return $"Role name '{name}' is repeated";
            if (Role(before, role) is { } changed) return Refused($"role/{changed}");
        }

        return null;
    }

    private static string? Role(JsonElement stored, JsonElement role)
    {
        if (!IsNumber(stored, role, "cardinality"u8)) return "cardinality";
        if (!IsNumber(stored, role, "last_vmname"u8)) return "last_vmname";
        if (!IsRunTime(stored, role, "nodes"u8)) return "nodes";
        if (!IsEqual(stored, role, "parents"u8)) return "parents";
        if (!IsNumber(stored, role, "state"u8)) return "state";
        return VmTemplate(stored) == VmTemplate(role) ? null : "vm_template";
    }

    private static bool IsSame(JsonElement stored, JsonElement body, string name) => name switch
    {
        "deployment" => FlowNames.Deployment(LenientJson.Text(stored, "deployment"u8)) == FlowNames.Deployment(LenientJson.Text(body, "deployment"u8)),
        "ready_status_gate" => LenientJson.Flag(stored, "ready_status_gate"u8) == LenientJson.Flag(body, "ready_status_gate"u8),
        "state" => IsNumber(stored, body, "state"u8),
        "start_time" => IsNumber(stored, body, "start_time"u8),
        "log" => IsRunTime(stored, body, "log"u8),
        "networks_values" => IsRunTime(stored, body, "networks_values"u8),
        _ => IsEqual(stored, body, Encoding.UTF8.GetBytes(name)),
    };

    // What is not sent stays as it is.
    private static bool IsRunTime(JsonElement stored, JsonElement body, ReadOnlySpan<byte> name) => !LenientJson.Has(body, name) || IsEqual(stored, body, name);

    private static bool IsNumber(JsonElement stored, JsonElement body, ReadOnlySpan<byte> name)
    {
        if (!LenientJson.Has(body, name)) return true;
        JsonElement value = body.GetProperty(name);
        return LenientJson.Int(value) is { } number ? number == (LenientJson.Int(stored, name) ?? 0) : IsEqual(stored, body, name);
    }

    private static bool IsEqual(JsonElement stored, JsonElement body, ReadOnlySpan<byte> name)
    {
        bool isStored = LenientJson.Has(stored, name);
        if (isStored != LenientJson.Has(body, name)) return false;
        return !isStored || JsonElement.DeepEquals(stored.GetProperty(name), body.GetProperty(name));
    }

    private static int? VmTemplate(JsonElement role) => LenientJson.Int(role, "vm_template"u8) ?? LenientJson.Int(role, "template_id"u8);

    private static string Refused(string what) => $"Immutable value: `{what}` can not be changed";

    private static JsonElement Replaced(JsonElement stored, JsonElement body)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            var left = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (JsonProperty property in body.EnumerateObject()) left[property.Name] = property.Value;
            foreach (JsonProperty property in stored.EnumerateObject())
                Write(writer, property.Name, left.Remove(property.Name, out JsonElement value) ? value : property.Value);
            foreach ((string name, JsonElement value) in left) Write(writer, name, value);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        LenientJson.WriteRaw(writer, value);
    }

    private static Service Changed(Service service, JsonElement body)
    {
        var before = service.Roles.ToDictionary(r => r.Name, StringComparer.Ordinal);
        int index = 0;
        ImmutableArray<Role> roles = body.TryGetProperty("roles"u8, out JsonElement array) && array.ValueKind == JsonValueKind.Array
            ? [.. array.EnumerateArray().Select(r => Changed(before[LenientJson.Text(r, "name"u8)!], r, $"$.roles[{index++}]"))]
            : [];
        return service with { Definition = DefinitionReader.Service(body), Roles = roles };
    }

    private static Role Changed(Role role, JsonElement body, string path) => role with
    {
        Definition = DefinitionReader.Role(body, path),
        OnHold = LenientJson.Has(body, "on_hold"u8) ? LenientJson.Flag(body, "on_hold"u8) : role.OnHold,
        ElasticityPolicies = [.. DefinitionReader.ElasticityPolicies(body, path).Select(p => WithHistory(p, role.ElasticityPolicies))],
        ScheduledPolicies = [.. DefinitionReader.ScheduledPolicies(body, path).Select(p => WithHistory(p, role.ScheduledPolicies))],
    };

    // The history of a policy that stays is the engine's, which may have written it since it was read.
    private static ElasticityPolicy WithHistory(ElasticityPolicy policy, ImmutableArray<ElasticityPolicy> before) =>
        before.FirstOrDefault(b => Bare(b) == Bare(policy)) is not { } found ? policy : policy with
        {
            LastEvaluation = found.LastEvaluation,
            TrueEvaluations = found.TrueEvaluations,
            ExpressionEvaluated = found.ExpressionEvaluated,
        };

    private static ScheduledPolicy WithHistory(ScheduledPolicy policy, ImmutableArray<ScheduledPolicy> before) =>
        before.FirstOrDefault(b => Bare(b) == Bare(policy)) is { } found ? policy with { LastEvaluation = found.LastEvaluation } : policy;

    private static ElasticityPolicy Bare(ElasticityPolicy policy) =>
        policy with { LastEvaluation = null, TrueEvaluations = null, ExpressionEvaluated = null, Members = default };

    private static ScheduledPolicy Bare(ScheduledPolicy policy) => policy with { LastEvaluation = null, Members = default };
}
