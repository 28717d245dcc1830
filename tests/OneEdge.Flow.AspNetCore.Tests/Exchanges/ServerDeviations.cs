using System.Text.Json;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>Where an exchange is answered differently from OneFlow; <c>docs/deviations.md</c> lists the rules by these names.</summary>
internal static class ServerDeviations
{
    private static readonly string[] Actions =
    [
        "terminate", "terminate-hard", "undeploy", "undeploy-hard", "hold", "release", "stop", "suspend", "resume", "reboot", "reboot-hard", "poweroff",
        "poweroff-hard", "snapshot-create", "snapshot-revert", "snapshot-delete", "disk-snapshot-create", "disk-snapshot-revert", "disk-snapshot-delete",
    ];

    /// <summary>The rule that selects an exchange, if one does.</summary>
    public static Deviation? Of(Exchange exchange) => exchange.Status switch
    {
        >= 500 => OfFailure(exchange),
        400 => OfText(exchange),
        200 or 201 or 204 => OfSuccess(exchange),
        _ => null,
    };

    private static Deviation? OfFailure(Exchange exchange)
    {
        string text = exchange.Text!;
        if (exchange.Verb == "DELETE" && Has(text, "cannot be undeployed in state")) return new("removal-is-always-granted", 204, "");
        if (Has(text, "Service cannot be scaled in state: SCALING")) return new("scaling-may-be-overtaken", 204, "");
        if (Has(text, "Cannot modify roles in state: COOLDOWN") && exchange.Perform == "remove_role")
            return new("failed-roles-can-be-removed", 404, $"Role {Parameter(exchange, "role")} does not exist");
        if (Has(text, "Error getting document [0]")) return new("statuses-say-what-is-wrong", 404,
            text.Replace("[0]", $"[{exchange.Id}]", StringComparison.Ordinal));
        if (Has(text, "\"force\\\" :  }")) return Scaled(exchange);
        if (exchange.Perform is { } action && Has(text, "Internal server error") && Actions.Contains(action)) return new("parameters-may-be-absent", 204, "");
        if (Has(text, "conversion of Hash into String")) return new("texts-of-json-may-be-json", 204, "");
        if (Has(text, "can't convert")) return new("failures-are-errors", 400, null);
        if (Has(text, "Internal server error")) return new("bodies-are-read-before-use", 400, Has(text, "unexpected token") ? Token(text) : null);
        if (exchange.Path.EndsWith("/scale", StringComparison.Ordinal) && exchange.Json is { } body && !body.TryGetProperty("role_name", out _))
            return new("bodies-are-read-before-use", 400, null);

        // Which image it is, and what the cloud says around it, is not ours.
        if (Has(text, "NAME is already taken")) return new("statuses-say-what-is-wrong", 409, null);
        return new("statuses-say-what-is-wrong", StatusOf(text), text);
    }

    // A text of its own is kept, whatever its status was.
    private static int StatusOf(string text)
    {
        if (Has(text, "in state: ") || Has(text, "no roles in HOLD") || Has(text, "already ") || Has(text, "Immutable value")) return 409;
        return Has(text, "not found") || Has(text, "does not exist") ? 404 : 400;
    }

    private static Deviation Scaled(Exchange exchange) => exchange.Json!.Value.GetProperty("cardinality").GetInt32() == 1
        ? new("force-may-be-absent", 409, "Cardinality of web is already at 1")
        : new("force-may-be-absent", 204, "");

    private static Deviation? OfText(Exchange exchange)
    {
        string text = exchange.Text!;
        if (Has(text, "undefined method")) return new("failures-are-errors", 400, null);
        return Has(text, "' parse error: ") ? new("expressions-are-explained", 400, null) : null;
    }

    private static Deviation? OfSuccess(Exchange exchange)
    {
        if (exchange.Verb == "POST" && exchange.Path == "/service_template") return WaitsForItself(exchange) ? new("roles-do-not-wait-for-ever", 400, null)
            : null;
        if (exchange.Perform is not { } action) return null;
        if (!exchange.IsOfTemplate) return IsOfRole(exchange) && !Actions.Contains(action)
            ? new("actions-have-to-exist", 400, $"Action {action} not supported") : null;
        const string rule = "template-actions-tell-errors";
        if (exchange.Status == 200) return new(rule, 400, null);
        if (exchange.Session == FlowServerWorld.Bob) return new(rule, 401, null);
        if (exchange.Id is 99 or 9999) return new(rule, 404, $"[one.document.info] Error getting document [{exchange.Id}].");
        bool isTimed = action == "update" && exchange.Body!.Contains("registration_time", StringComparison.Ordinal);
        return isTimed ? new(rule, 409, "Immutable value: `service_template/registration_time` can not be changed") : null;
    }

    private static bool IsOfRole(Exchange exchange) => exchange.Path.Contains("/role/", StringComparison.Ordinal);

    private static bool WaitsForItself(Exchange exchange) => exchange.Json is { } body && body.GetProperty("roles").EnumerateArray().Any(role =>
        role.TryGetProperty("parents", out JsonElement parents) && parents.EnumerateArray().Any(p => p.GetString() == role.GetProperty("name").GetString()));

    private static string Parameter(Exchange exchange, string name) =>
        exchange.Json!.Value.GetProperty("action").GetProperty("params").GetProperty(name).GetString()!;

    private static string Token(string text) => JsonElement.Parse(text).GetProperty("reason").GetString()!;

    private static bool Has(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}

/// <summary>What is answered instead.</summary>
/// <param name="Rule">The name of the rule.</param>
/// <param name="Status">The status.</param>
/// <param name="Text">The text; <see langword="null"/> when it is one of ours.</param>
internal sealed record Deviation(string Rule, int Status, string? Text);
