using System.Text.Json;

namespace OneEdge.Flow.Tests;

/// <summary>Where a template is answered differently from OneFlow; <c>docs/deviations.md</c> lists the rules by these names.</summary>
internal static class TemplateDeviations
{
    public const string FailuresAreErrors = "failures-are-errors";
    public const string RolesDoNotWaitForEver = "roles-do-not-wait-for-ever";
    public const string RoleNamesHaveOneLine = "role-names-have-one-line";
    public const string NumbersFitACloud = "numbers-fit-a-cloud";
    public const string LimitsCanBeMet = "limits-can-be-met";

    private static readonly string[] Numbers =
        ["vm_template", "template_id", "cardinality", "min_vms", "max_vms", "cooldown", "adjust", "min_adjust_step", "period", "period_number"];

    /// <summary>The rule that selects a recorded check, if one does.</summary>
    public static string? RuleFor(TemplateCase check)
    {
        if (check.Crashes) return FailuresAreErrors;
        if (!check.IsAccepted || check.Output is not { } output) return null;
        JsonElement[] roles = check.IsRole ? [output] : [.. output.GetProperty("roles").EnumerateArray()];
        if (roles.Any(r => r.GetProperty("name").GetString()!.Contains('\n'))) return RoleNamesHaveOneLine;
        if (roles.Any(HasGreatNumber)) return NumbersFitACloud;
        if (check.IsRole) return Number(output, "min_vms") > Number(output, "max_vms") ? LimitsCanBeMet : null;
        return output.GetProperty("deployment").GetString() == "straight" && SomeWaitForEver(roles) ? RolesDoNotWaitForEver : null;
    }

    public static string CodeOf(string rule) => rule switch
    {
        FailuresAreErrors => FlowErrorCodes.MemberKind,
        RoleNamesHaveOneLine => FlowErrorCodes.RoleNameLines,
        NumbersFitACloud => FlowErrorCodes.NumberOutOfRange,
        LimitsCanBeMet => FlowErrorCodes.RoleLimitsImpossible,
        _ => FlowErrorCodes.ParentCycle,
    };

    private static bool HasGreatNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Any(m => Numbers.Contains(m.Name) && IsGreat(m.Value))
            || Policies(value).Any(HasGreatNumber),
        _ => false,
    };

    private static IEnumerable<JsonElement> Policies(JsonElement role) => role.EnumerateObject()
        .Where(m => m.Name is "elasticity_policies" or "scheduled_policies" && m.Value.ValueKind == JsonValueKind.Array)
        .SelectMany(m => m.Value.EnumerateArray());

    private static bool IsGreat(JsonElement value) => value.ValueKind == JsonValueKind.Number && !value.TryGetInt32(out _);

    private static double? Number(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.Number ? member.GetDouble() : null;

    // Deploys wave by wave, as the engine would.
    private static bool SomeWaitForEver(JsonElement[] roles)
    {
        var up = new HashSet<string>();
        for (int wave = 0; wave < roles.Length; wave++)
            up.UnionWith(roles.Where(r => Parents(r).All(up.Contains)).Select(r => r.GetProperty("name").GetString()!).ToArray());
        return up.Count < roles.Length;
    }

    private static IEnumerable<string> Parents(JsonElement role) =>
        role.TryGetProperty("parents", out JsonElement parents) && parents.ValueKind == JsonValueKind.Array
            ? parents.EnumerateArray().Select(p => p.GetString()!) : [];
}
