using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>The requests of the REST API. What a server needs and the original takes for granted (<c>force</c>, <c>params</c>) is always sent.</summary>
internal static class FlowRequests
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A request about one service.</summary>
    public static FlowRequest Service(HttpMethod method, int id, string what, string more = "") => About("service", method, id, what, more);

    /// <summary>A request about one template.</summary>
    public static FlowRequest Template(HttpMethod method, int id, string what, string more = "") => About("service_template", method, id, what, more);

    /// <summary>An action of a service.</summary>
    public static FlowRequest ServiceAction(int id, string what, string perform, Action<Utf8JsonWriter>? parameters = null) =>
        Service(HttpMethod.Post, id, what, "/action") with { Body = Action(perform, parameters) };

    /// <summary>An action of a template.</summary>
    public static FlowRequest TemplateAction(int id, string what, string perform, Action<Utf8JsonWriter>? parameters = null) =>
        Template(HttpMethod.Post, id, what, "/action") with { Body = Action(perform, parameters), IsTemplateAction = true };

    public static FlowRequest Recover(int id, RecoveryMode mode) => ServiceAction(id, "recover", "recover", json =>
    {
        if (mode == RecoveryMode.Delete) json.WriteBoolean("delete", true);
        if (mode == RecoveryMode.Force) json.WriteBoolean("force", true);
    });

    public static FlowRequest Scale(int id, string role, int cardinality, bool force) => Service(HttpMethod.Post, id, $"scale role '{role}' of", "/scale") with
    {
        Body = Write(json =>
        {
            json.WriteString("role_name", role);
            json.WriteNumber("cardinality", cardinality);
            json.WriteBoolean("force", force);
        }),
    };

    public static FlowRequest AddRole(int id, string roleJson)
    {
        JsonElement role = Object(roleJson, "The role");
        return Service(HttpMethod.Post, id, "add a role to", "/role_action") with
        {
            Body = Action("add_role", json => WriteMember(json, "role", role)),
        };
    }

    public static FlowRequest RemoveRole(int id, string role) => Service(HttpMethod.Post, id, $"remove role '{role}' from", "/role_action") with
    {
        Body = Action("remove_role", json => json.WriteString("role", role)),
    };

    public static FlowRequest RoleAction(int id, RoleActionRequested request)
    {
        string path = request.RoleName is { } role ? $"/role/{Uri.EscapeDataString(role)}/action" : "/action";
        string what = request.RoleName is { } name ? $"{request.Action} role '{name}' of" : $"{request.Action} the virtual machines of";
        return Service(HttpMethod.Post, id, what, path) with
        {
            Body = Action(request.Action, json =>
            {
                if (request.Period is { } period) json.WriteNumber("period", Seconds(period));
                if (request.Number is { } number) json.WriteNumber("number", number);
                if (request.Arguments is { } arguments) json.WriteString("args", arguments);
            }),
        };
    }

    public static FlowRequest RemoveScheduledAction(int id, int actionId, string? role)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"{(role is null ? "" : $"/role/{Uri.EscapeDataString(role)}")}/sched_action/{actionId}");
        string what = string.Create(CultureInfo.InvariantCulture, $"remove scheduled action {actionId}{(role is null ? "" : $" of role '{role}'")} of");
        return Service(HttpMethod.Delete, id, what, path);
    }

    public static void Owner(Utf8JsonWriter json, int ownerId, int? groupId)
    {
        json.WriteNumber("owner_id", ownerId);
        if (groupId is { } group) json.WriteNumber("group_id", group);
    }

    public static void Group(Utf8JsonWriter json, int groupId) => json.WriteNumber("group_id", groupId);

    public static void Octet(Utf8JsonWriter json, Permissions permissions) => json.WriteString("octet", permissions.ToString());

    public static FlowRequest Instantiate(int id, string? mergeTemplate)
    {
        JsonElement? merge = mergeTemplate is null ? null : Object(mergeTemplate, "What goes into the template");
        return TemplateAction(id, "instantiate", "instantiate", json =>
        {
            if (merge is { } value) WriteMember(json, "merge_template", value);
        });
    }

    public static string Word(TemplateDepth depth) => depth switch
    {
        TemplateDepth.ServiceTemplate => "none",
        TemplateDepth.VmTemplates => "templates",
        TemplateDepth.Images => "all",
        _ => throw new ArgumentOutOfRangeException(nameof(depth), depth, message: null),
    };

    /// <summary>An object with some members.</summary>
    public static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static FlowRequest About(string kind, HttpMethod method, int id, string what, string more)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        string path = string.Create(CultureInfo.InvariantCulture, $"{kind}/{id}{more}");
        string name = kind == "service" ? "service" : "service template";
        return new FlowRequest(method, path, string.Create(CultureInfo.InvariantCulture, $"{what} {name} {id}")) { ObjectId = id };
    }

    private static byte[] Action(string perform, Action<Utf8JsonWriter>? parameters) => Write(json =>
    {
        json.WriteStartObject("action");
        json.WriteString("perform", perform);
        json.WriteStartObject("params");
        parameters?.Invoke(json);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static void WriteMember(Utf8JsonWriter json, string name, JsonElement value)
    {
        json.WritePropertyName(name);
        value.WriteTo(json);
    }

    private static long Seconds(TimeSpan period)
    {
        if (period < TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(period), period, "A period is not negative.");
        return (long)Math.Ceiling(period.TotalSeconds);
    }

    private static JsonElement Object(string json, string what)
    {
        try
        {
            JsonElement value = DocumentAnswer.Parse(JsonText.ToUtf8(json));
            return value.ValueKind == JsonValueKind.Object
                ? value : throw new FlowException(FlowErrorCodes.ClientRequestInvalid, $"{what} is no JSON object.");
        }
        catch (FormatException error)
        {
            throw new FlowException(FlowErrorCodes.ClientRequestInvalid, $"{what} is no JSON object: {error.Message}.", error);
        }
    }
}
