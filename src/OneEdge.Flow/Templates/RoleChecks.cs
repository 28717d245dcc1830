using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Flow.Elasticity;

namespace OneEdge.Flow;

/// <summary>What OneFlow checks of the roles of a template once their members are right: names, limits, expressions and times.</summary>
internal sealed class RoleChecks(OneFlowRules rules, ErrorList errors)
{
    public void Check(JsonArray roles)
    {
        Dictionary<string, int> last = LastOfEachName(roles);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < roles.Count && !errors.IsFull; i++)
        {
            if (roles[i] is not JsonObject role || NameOf(role) is not { } name) continue;
            string path = $"$.roles[{i}]";
            if (last[name] > i && reported.Add(name))
            {
                errors.Original($"$.roles[{last[name]}].name", FlowErrorCodes.RoleRepeated, $"Role name '{name}' is repeated",
                    $"Two roles have the name '{name}'.");
            }

            if (errors.IsUnsound(path)) continue;
            bool isRouter = rules == OneFlowRules.Version74 && RoleTypes.Of(role) == "vr";
            if (isRouter) CheckRouter(role, name, path);
            else CheckVirtualMachines(role, name, path);
        }
    }

    public static string? NameOf(JsonObject role) => role["name"] is JsonValue value && value.TryGetValue(out string? name) ? name : null;

    public static BigInteger? NumberOf(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            && BigInteger.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger number)
            ? number
            : null;

    private void CheckVirtualMachines(JsonObject role, string name, string path)
    {
        BigInteger cardinality = NumberOf(role["cardinality"]) ?? 0;
        if (CheckLimit(role, "min_vms", path) is { } least && cardinality < least)
        {
            errors.Original($"{path}.min_vms", FlowErrorCodes.RoleLimits, $"Role '{name}' 'cardinality' must be greater than or equal to 'min_vms'",
                $"Role '{name}' has {Few(cardinality)}, and at least {Few(least)} are wanted.", "set cardinality to min_vms or more");
        }

        if (CheckLimit(role, "max_vms", path) is { } most && cardinality > most)
        {
            errors.Original($"{path}.max_vms", FlowErrorCodes.RoleLimits, $"Role '{name}' 'cardinality' must be lower than or equal to 'max_vms'",
                $"Role '{name}' has {Few(cardinality)}, and at most {Few(most)} are wanted.", "set cardinality to max_vms or less");
        }

        var elastic = role["elasticity_policies"] as JsonArray;
        var scheduled = role["scheduled_policies"] as JsonArray;
        if ((elastic?.Count > 0 || scheduled?.Count > 0) && (role["min_vms"] is null || role["max_vms"] is null))
        {
            errors.Original(path, FlowErrorCodes.PolicyLimits,
                $"Role '{name}' with  'elasticity_policies' or 'scheduled_policies'must define both 'min_vms' and 'max_vms'",
                $"Role '{name}' has policies, and no limits for them.", "set min_vms and max_vms");
        }

        CheckExpressions(elastic, name, $"{path}.elasticity_policies");
        CheckTimes(scheduled, name, $"{path}.scheduled_policies");
    }

    private BigInteger? CheckLimit(JsonObject role, string member, string path)
    {
        JsonNode? value = role[member];
        if (value?.GetValueKind() != JsonValueKind.False) return NumberOf(value);
        errors.Fails($"{path}.{member}", FlowErrorCodes.MemberKind, $"{member} is a whole number, not false.");
        return null;
    }

    private void CheckExpressions(JsonArray? policies, string role, string path)
    {
        for (int i = 0; i < (policies?.Count ?? 0) && !errors.IsFull; i++)
        {
            string expression = policies![i]!["expression"]!.GetValue<string>();
            string at = $"{path}[{i}].expression";
            string policy = $"Role '{role}', elasticity policy #{i.ToString(CultureInfo.InvariantCulture)} 'expression'";
            if (expression.Length == 0)
            {
                errors.Original(at, FlowErrorCodes.PolicyExpression, $"{policy} cannot be empty", $"Policy {i} of role '{role}' has an empty expression.");
            }
            else if (!ElasticityExpression.TryParse(expression, out _, out ExpressionError? error))
            {
                errors.Original(at, FlowErrorCodes.PolicyExpression, $"{policy} parse error: {error.OneFlowText}",
                    $"The expression of policy {i} of role '{role}' is none: {error}");
            }
        }
    }

    private void CheckTimes(JsonArray? policies, string role, string path)
    {
        for (int i = 0; i < (policies?.Count ?? 0) && !errors.IsFull; i++)
            CheckTime(policies![i]!.AsObject(), $"Role '{role}', scheduled policy #{i}", $"{path}[{i}]");
    }

    private void CheckTime(JsonObject policy, string who, string path)
    {
        JsonNode? start = policy["start_time"];
        JsonNode? recurrence = policy["recurrence"];
        if (start is null && recurrence is null)
        {
            Refuse(path, $"{who} needs to define either 'start_time' or 'recurrence'", "Nothing says when the policy acts.", "set start_time or recurrence");
        }
        else if (start is not null && recurrence is not null)
        {
            Refuse(path, $"{who} must define 'start_time' or 'recurrence', but not both",
                "The policy has a time and a recurrence.", "take one of the two away");
        }
        else if (start is not null && start.GetValueKind() == JsonValueKind.False)
        {
            errors.Fails($"{path}.start_time", FlowErrorCodes.MemberKind, "start_time is a text, not false.");
        }
        else if (start is not null && !StartTime.TryParse(start.GetValue<string>(), out _))
        {
            Refuse($"{path}.start_time", $"{who} 'start_time' is not a valid Time. Try with YYYY-MM-DD hh:mm:ss or 0YYY-MM-DDThh:mm:ssZ",
                "start_time is no time.", "write 2030-12-31 23:59:59, or the seconds since 1970");
        }
        else if (recurrence is not null && (recurrence.GetValueKind() == JsonValueKind.False || !Recurrence.IsAccepted(recurrence.GetValue<string>())))
        {
            Refuse($"{path}.recurrence", $"{who} 'recurrence' is not a valid cron expression", "recurrence is no cron expression.",
                "write five fields: minute, hour, day of the month, month, day of the week");
        }
    }

    private void CheckRouter(JsonObject role, string name, string path)
    {
        if (role["template_contents"] is not JsonObject contents || contents["NIC"] is not JsonArray nics) return;
        bool isFloating = false;
        for (int i = 0; i < nics.Count && !isFloating; i++)
        {
            if (nics[i] is not JsonObject nic)
            {
                errors.Fails($"{path}.template_contents.NIC[{i}]", FlowErrorCodes.MemberKind, "A NIC is an object.");
                return;
            }

            isFloating = nic.Any(item => item.Key.StartsWith("FLOATING", StringComparison.Ordinal));
        }

        if (isFloating || NumberOf(role["cardinality"]) is not { } cardinality || cardinality <= 1) return;
        errors.Original(path, FlowErrorCodes.FloatingAddress, $"Role '{name}' with 'cardinality' greather than one must define a floating IP",
            $"The virtual router '{name}' has {Few(cardinality)} and no floating address.", "give one of its NICs FLOATING_IP = YES");
    }

    private void Refuse(string path, string originalMessage, string message, string hint) =>
        errors.Original(path, FlowErrorCodes.PolicySchedule, originalMessage, message, hint);

    private static string Few(BigInteger count) => count.IsOne ? "1 virtual machine" : $"{count.ToString(CultureInfo.InvariantCulture)} virtual machines";

    private static Dictionary<string, int> LastOfEachName(JsonArray roles)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < roles.Count; i++)
        {
            if (roles[i] is JsonObject role && NameOf(role) is { } name) last[name] = i;
        }

        return last;
    }
}
