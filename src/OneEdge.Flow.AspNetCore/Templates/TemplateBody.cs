using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The body of a document of a service template: a template, and when it was registered, which is set here and does not change.</summary>
internal static class TemplateBody
{
    private const string Registered = "registration_time";

    /// <summary>The body of a new document.</summary>
    public static byte[] New(ServiceTemplate template, DateTimeOffset now) => WithTime(template, JsonValue.Create(now.ToUnixTimeSeconds()));

    /// <summary>The body of a document that has one already.</summary>
    /// <exception cref="AnswerException">The template has another time of registration.</exception>
    public static byte[] Replacing(ReadOnlyMemory<byte> stored, ServiceTemplate template)
    {
        JsonNode? time = TimeOf(stored);
        JsonElement given = template.Members.Value.TryGetProperty(Registered, out JsonElement value) ? value : default;
        bool isSame = given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null
            || (time is not null && JsonNode.DeepEquals(JsonNode.Parse(given.GetRawText()), time));
        if (isSame) return WithTime(template, time);
        throw AnswerException.Of(
            StatusCodes.Status409Conflict, $"Immutable value: `service_template/{Registered}` can not be changed", FlowServerErrorCodes.Immutable);
    }

    /// <summary>The text of a template with some members replaced.</summary>
    public static byte[] Merged(ReadOnlyMemory<byte> stored, JsonElement members)
    {
        JsonObject body = Parse(stored);
        foreach (JsonProperty member in members.EnumerateObject()) body[member.Name] = JsonNode.Parse(member.Value.GetRawText());
        return Bytes(body);
    }

    /// <summary>The body of a copy: other templates of virtual machines, and registered now.</summary>
    public static byte[] Copy(ReadOnlyMemory<byte> stored, IReadOnlyDictionary<int, int> vmTemplates, DateTimeOffset now)
    {
        JsonObject body = Parse(stored);
        foreach (JsonObject role in RolesOf(body))
        {
            if (KeyOf(role) is { } key && VmTemplateOf(role) is { } id && vmTemplates.TryGetValue(id, out int copy)) role[key] = copy;
        }

        body[Registered] = now.ToUnixTimeSeconds();
        return Bytes(body);
    }

    /// <summary>The templates of virtual machines that roles have, each once, in their order.</summary>
    public static IReadOnlyList<int> VmTemplates(ReadOnlyMemory<byte> stored) => [.. RolesOf(Parse(stored)).Select(VmTemplateOf).OfType<int>().Distinct()];

    private static byte[] WithTime(ServiceTemplate template, JsonNode? time)
    {
        JsonObject body = Parse(template.Body);
        if (time is null) body.Remove(Registered);
        else body[Registered] = time.DeepClone();
        return Bytes(body);
    }

    private static JsonNode? TimeOf(ReadOnlyMemory<byte> stored) => Parse(stored)[Registered];

    private static IEnumerable<JsonObject> RolesOf(JsonObject body) => body["roles"] is JsonArray roles ? roles.OfType<JsonObject>() : [];

    // Of 6.x, and of 7.x.
    private static string? KeyOf(JsonObject role) => role.ContainsKey("vm_template") ? "vm_template" : role.ContainsKey("template_id") ? "template_id" : null;

    private static int? VmTemplateOf(JsonObject role) =>
        KeyOf(role) is { } key && role[key] is JsonValue value
            && (value.TryGetValue(out int id) || (value.TryGetValue(out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out id)))
            ? id : null;

    private static JsonObject Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonNode.Parse(json.Span) as JsonObject ?? throw new JsonException();
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw AnswerException.Of(StatusCodes.Status409Conflict, "The stored template is no JSON object.", FlowErrorCodes.TemplateInvalid);
        }
    }

    private static byte[] Bytes(JsonObject body)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) body.WriteTo(writer);
        return stream.ToArray();
    }
}
