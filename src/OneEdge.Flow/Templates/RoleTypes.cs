using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>The roles of 7.4: virtual machines (<c>vm</c>) and virtual routers (<c>vr</c>), each with a schema of its own.</summary>
internal static class RoleTypes
{
    /// <summary>The type of a role: <c>vm</c> when it has none, which its schema then refuses.</summary>
    public static string Of(JsonObject role) => role.TryGetPropertyValue("type", out JsonNode? type) ? TextOf(type) : "vm";

    public static void Check(JsonNode? role, string path, SchemaCheck schema, ErrorList errors)
    {
        if (role is not JsonObject members)
        {
            errors.Fails(path, FlowErrorCodes.MemberKind, "A role is an object.");
            return;
        }

        switch (Of(members))
        {
            case "vm":
                schema.Check(members, FlowSchemas.VmRole74, path);
                break;
            case "vr":
                schema.Check(members, FlowSchemas.RouterRole74, path);
                break;
            case var type:
                errors.Original(
                    JsonPaths.Member(path, "type"), FlowErrorCodes.RoleType, $"Unsupported role type \"{type}\"",
                        $"A role is of the type vm or vr, not '{type}'.");
                break;
        }
    }

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue(out string? content) => content,
        _ => RubyJson.Dump(value),
    };
}
