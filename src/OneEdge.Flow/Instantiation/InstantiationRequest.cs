using System.Buffers;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Instantiation;

/// <summary>
/// Checks what somebody asks for when a service is created (<c>merge_template</c>) against its template, with the texts of the original, and fills in the
/// networks that the template has defaults for. Values that lie in the template do not count: they have to be in the request.
/// </summary>
public static class InstantiationRequest
{
    private const string NoValues = "The Service template specifies custom attributes but no values have been found";
    private const string WrongFormat = "Wrong custom_attrs or custom_attrs_values format";
    private const string ValueMissing = "Verify that every custom attribute have its corresponding value defined";
    private const string WrongRoles = "The role custom attributes are empty or do not have a valid format";
    private const string WrongNetworks = "Wrong networks format";
    private const string WrongNetworksValues = "Wrong networks_values format";
    private const string NetworkMissing = "Every network key must have its value defined at networks_value";

    /// <summary>Checks a request.</summary>
    /// <param name="template">The body of the template.</param>
    /// <param name="mergeTemplate">The request; undefined and <see langword="null"/> for nothing.</param>
    /// <returns>What is merged into the template.</returns>
    /// <exception cref="FlowException">
    /// Something is missing or has the wrong form (<see cref="FlowErrorCodes.AttributesInvalid"/>, <see cref="FlowErrorCodes.NetworksInvalid"/>,
    /// <see cref="FlowErrorCodes.InstantiationInvalid"/>).
    /// </exception>
    public static JsonElement Prepare(JsonElement template, JsonElement mergeTemplate)
    {
        if (template.ValueKind != JsonValueKind.Object) throw new FlowException(FlowErrorCodes.InstantiationInvalid, "The template is no JSON object.");
        if (mergeTemplate.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null) mergeTemplate = JsonElement.Parse("{}"u8);
        if (mergeTemplate.ValueKind != JsonValueKind.Object)
            throw new FlowException(FlowErrorCodes.InstantiationInvalid, "'merge_template' is no JSON object.");
        CheckAttributes(template, mergeTemplate);
        CheckRoles(template, mergeTemplate);
        return WithNetworks(template, mergeTemplate);
    }

    private static void CheckAttributes(JsonElement definitions, JsonElement request)
    {
        if (!Something(definitions, "custom_attrs"u8, out JsonElement attributes)) return;
        if (!LenientJson.Has(request, "custom_attrs_values"u8)) throw Attributes(NoValues);
        JsonElement values = request.GetProperty("custom_attrs_values"u8);
        if (attributes.ValueKind != JsonValueKind.Object || values.ValueKind != JsonValueKind.Object) throw Attributes(WrongFormat);
        if (attributes.EnumerateObject().Any(a => !values.TryGetProperty(a.Name, out _))) throw Attributes(ValueMissing);
    }

    private static void CheckRoles(JsonElement template, JsonElement request)
    {
        if (!template.TryGetProperty("roles"u8, out JsonElement roles) || roles.ValueKind != JsonValueKind.Array) return;
        foreach (JsonElement role in roles.EnumerateArray())
        {
            if (role.ValueKind != JsonValueKind.Object || !Something(role, "custom_attrs"u8, out _)) continue;
            string name = LenientJson.Text(role, "name"u8) ?? "";
            if (!LenientJson.Has(request, "roles"u8)) throw NoRoleValues(name);
            JsonElement asked = request.GetProperty("roles"u8);
            if (asked.ValueKind != JsonValueKind.Array || asked.GetArrayLength() == 0) throw Attributes(WrongRoles);
            JsonElement match = asked.EnumerateArray().FirstOrDefault(r => r.ValueKind == JsonValueKind.Object && LenientJson.Text(r, "name"u8) == name);
            if (match.ValueKind == JsonValueKind.Undefined) throw NoRoleValues(name);
            CheckAttributes(role, match);
        }
    }

    private static JsonElement WithNetworks(JsonElement template, JsonElement request)
    {
        if (!Something(template, "networks"u8, out JsonElement networks)) return request;
        if (networks.ValueKind != JsonValueKind.Object) throw Networks(WrongNetworks);
        if (!LenientJson.Has(request, "networks_values"u8)) return WithDefaults(networks, request);
        JsonElement values = request.GetProperty("networks_values"u8);
        bool areObjects = values.ValueKind == JsonValueKind.Array && values.EnumerateArray().All(v => v.ValueKind == JsonValueKind.Object);
        if (!areObjects) throw Networks(WrongNetworksValues);
        var named = values.EnumerateArray().SelectMany(v => v.EnumerateObject()).Select(v => v.Name).ToHashSet(StringComparer.Ordinal);
        return networks.EnumerateObject().All(n => named.Contains(n.Name)) ? request : throw Networks(NetworkMissing);
    }

    private static JsonElement WithDefaults(JsonElement networks, JsonElement request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in request.EnumerateObject())
            {
                if (!property.NameEquals("networks_values"u8)) property.WriteTo(writer);
            }

            writer.WriteStartArray("networks_values"u8);
            foreach (JsonProperty network in networks.EnumerateObject()) WriteDefault(writer, network);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    // M|network|description|options|id:5
    private static void WriteDefault(Utf8JsonWriter writer, JsonProperty network)
    {
        string[] fields = (LenientJson.Text(network.Value) ?? "").Split('|');
        string[] value = fields.Length > 4 ? fields[4].Split(':') : [];
        if (value.Length < 2 || value[0] is not ("id" or "template_id" or "reserve_from") || value[1].Length == 0) throw Networks(WrongNetworks);
        writer.WriteStartObject();
        writer.WriteStartObject(network.Name);
        writer.WriteString(value[0], value[1]);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    // Nothing, false and what is empty say nothing.
    private static bool Something(JsonElement owner, ReadOnlySpan<byte> name, out JsonElement value)
    {
        if (!owner.TryGetProperty(name, out value)) return false;
        return value.ValueKind switch
        {
            JsonValueKind.Null or JsonValueKind.False => false,
            JsonValueKind.Object => value.GetPropertyCount() > 0,
            JsonValueKind.Array => value.GetArrayLength() > 0,
            JsonValueKind.String => !value.ValueEquals(""u8),
            _ => true,
        };
    }

    private static FlowException NoRoleValues(string role) =>
        Attributes($"The Service template specifies custom attributes for the role {role} but no values have been found");

    private static FlowException Attributes(string text) => new(FlowErrorCodes.AttributesInvalid, text);

    private static FlowException Networks(string text) => new(FlowErrorCodes.NetworksInvalid, text);
}
