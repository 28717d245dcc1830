using System.Globalization;
using System.Text.Json;
using OneEdge.Flow.Client;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Client;

/// <summary>The member of the client that makes a recorded request.</summary>
internal static class TypedCall
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Makes it; <see langword="null"/> where the types of the client rule the request out.</summary>
    public static Func<IOneFlowClient, Task<object?>>? Find(RecordedExchange exchange)
    {
        string[] parts = exchange.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (exchange.Method, parts) switch
        {
            ("GET", ["service"]) => async c => await c.Services.ListAsync(Ct),
            ("GET", ["service_template"]) => async c => await c.Templates.ListAsync(Ct),
            ("POST", ["service_template"]) => async c => await c.Templates.CreateAsync(exchange.RequestBody!, Ct),
            ("POST", ["service_pool", "purge_done"]) => Nothing(c => c.Services.PurgeDoneAsync(Ct)),
            (_, ["service", var id, .. var rest]) when Number(id) is { } service => OfService(exchange, service, rest),
            (_, ["service_template", var id, .. var rest]) when Number(id) is { } template => OfTemplate(exchange, template, rest),
            _ => null,
        };
    }

    private static Func<IOneFlowClient, Task<object?>>? OfService(RecordedExchange exchange, int id, string[] rest) => (exchange.Method, rest) switch
    {
        ("GET", []) => async c => await c.Services.GetAsync(id, Ct),
        ("DELETE", []) => Nothing(c => c.Services.UndeployAsync(id, Ct)),
        ("PUT", []) => Update(exchange.RequestBody!, id),
        ("POST", ["scale"]) => Scale(Body(exchange), id),
        ("POST", ["action"]) => ServiceAction(Body(exchange), id),
        ("POST", ["role", var role, "action"]) => RoleAction(Body(exchange), id, role),
        ("POST", ["role_action"]) => ChangeRoles(Body(exchange), id),
        _ => null,
    };

    private static Func<IOneFlowClient, Task<object?>>? OfTemplate(RecordedExchange exchange, int id, string[] rest) => (exchange.Method, rest) switch
    {
        ("GET", []) => async c => await c.Templates.GetAsync(id, Ct),
        ("DELETE", []) => Nothing(c => c.Templates.DeleteAsync(id, Depth(Text(Body(exchange), "delete_type") ?? "none"), Ct)),
        ("PUT", []) => Nothing(c => c.Templates.UpdateAsync(id, exchange.RequestBody!, cancellationToken: Ct)),
        ("POST", ["action"]) => TemplateAction(Body(exchange), id),
        _ => null,
    };

    private static Func<IOneFlowClient, Task<object?>>? Update(string body, int id)
    {
        if (Parsed(body) is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("append", out _))
            return Nothing(c => c.Services.UpdateAsync(id, body, cancellationToken: Ct));
        return json.TryGetProperty("template", out JsonElement template)
            ? Nothing(c => c.Services.UpdateAsync(id, template.GetString()!, append: true, Ct)) : null;
    }

    // Without force the original fails before it looks at anything but the state of the service and the name of the role.
    private static Func<IOneFlowClient, Task<object?>>? Scale(JsonElement? body, int id) =>
        body is { } json && json.TryGetProperty("role_name", out JsonElement role) && json.TryGetProperty("cardinality", out JsonElement number)
            ? Nothing(c => c.Services.ScaleAsync(id, role.GetString()!, number.GetInt32(), Flag(json, "force"), Ct))
            : null;

    private static Func<IOneFlowClient, Task<object?>>? ServiceAction(JsonElement? body, int id)
    {
        if (Action(body) is not var (perform, parameters)) return null;
        return perform switch
        {
            "recover" => Nothing(c => c.Services.RecoverAsync(id, Flag(parameters, "delete") ? RecoveryMode.Delete : RecoveryMode.Retry, Ct)),
            "release" => Nothing(c => c.Services.ReleaseAsync(id, Ct)),
            "rename" when Text(parameters, "name") is { } name => Nothing(c => c.Services.RenameAsync(id, name, Ct)),
            "chmod" when Text(parameters, "octet") is { } octet => Nothing(c => c.Services.ChmodAsync(id, Permissions.FromOctal(octet), Ct)),
            "chown" when Int(parameters, "owner_id") is { } owner => Nothing(c => c.Services.ChownAsync(id, owner, Int(parameters, "group_id"), Ct)),
            "chgrp" when Int(parameters, "group_id") is { } group => Nothing(c => c.Services.ChgrpAsync(id, group, Ct)),
            "rename" or "chmod" or "chown" or "chgrp" => null,
            _ => Planned(id, null, perform, parameters),
        };
    }

    private static Func<IOneFlowClient, Task<object?>>? RoleAction(JsonElement? body, int id, string role) =>
        Action(body) is var (perform, parameters) ? Planned(id, role, perform, parameters) : null;

    private static Func<IOneFlowClient, Task<object?>>? Planned(int id, string? role, string perform, JsonElement? parameters)
    {
        if (parameters is null) return null;
        TimeSpan? period = Int(parameters, "period") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        return Nothing(c => c.Services.RoleActionAsync(id, new RoleActionRequested(role, perform, null, period, Int(parameters, "number")), Ct));
    }

    private static Func<IOneFlowClient, Task<object?>>? ChangeRoles(JsonElement? body, int id) => Action(body) switch
    {
        ("add_role", { } parameters) => Nothing(c => c.Services.AddRoleAsync(id, parameters.GetProperty("role").GetRawText(), Ct)),
        ("remove_role", { } parameters) => Nothing(c => c.Services.RemoveRoleAsync(id, parameters.GetProperty("role").GetString()!, Ct)),
        _ => null,
    };

    private static Func<IOneFlowClient, Task<object?>>? TemplateAction(JsonElement? body, int id)
    {
        if (Action(body) is not var (perform, parameters)) return null;
        return perform switch
        {
            "instantiate" => async c => await c.Templates.InstantiateAsync(id, Raw(parameters, "merge_template"), Ct),
            "clone" when Text(parameters, "name") is { } name => async c => await c.Templates.CloneAsync(id, name, Depth(Text(parameters, "recursive")), Ct),
            "update" when Text(parameters, "template_json") is { } json => Nothing(c => c.Templates.UpdateAsync(id, json, append: true, Ct)),
            "chmod" when Text(parameters, "octet") is { } octet => Nothing(c => c.Templates.ChmodAsync(id, Permissions.FromOctal(octet), Ct)),
            "chown" when Int(parameters, "owner_id") is { } owner => Nothing(c => c.Templates.ChownAsync(id, owner, Int(parameters, "group_id"), Ct)),
            "chgrp" when Int(parameters, "group_id") is { } group => Nothing(c => c.Templates.ChgrpAsync(id, group, Ct)),
            _ => null,
        };
    }

    // The original copies templates of virtual machines when it is not told.
    private static TemplateDepth Depth(string? word) => word switch
    {
        "none" => TemplateDepth.ServiceTemplate,
        "all" => TemplateDepth.Images,
        _ => TemplateDepth.VmTemplates,
    };

    private static Func<IOneFlowClient, Task<object?>> Nothing(Func<IOneFlowClient, Task> call) => async client =>
    {
        await call(client);
        return null;
    };

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) ? id : null;

    private static JsonElement? Body(RecordedExchange exchange) => Parsed(exchange.RequestBody ?? "");

    private static JsonElement? Parsed(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (string Perform, JsonElement? Parameters)? Action(JsonElement? body)
    {
        if (body is not { ValueKind: JsonValueKind.Object } json || !json.TryGetProperty("action", out JsonElement action)) return null;
        return (action.GetProperty("perform").GetString()!, action.TryGetProperty("params", out JsonElement parameters) ? parameters : null);
    }

    private static string? Text(JsonElement? owner, string name) => owner is { } o && o.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static bool Flag(JsonElement? owner, string name) => owner is { } o && o.TryGetProperty(name, out JsonElement value) && value.GetBoolean();

    private static int? Int(JsonElement? owner, string name) => owner is { } o && o.TryGetProperty(name, out JsonElement value) ? value.GetInt32() : null;

    private static string? Raw(JsonElement? owner, string name) => owner is { } o && o.TryGetProperty(name, out JsonElement value) ? value.GetRawText() : null;
}
