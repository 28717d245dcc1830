using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>
/// Checks a document with a schema as OneFlow does, in its order, and writes defaults and numbers into it. A member that is null or false counts as absent.
/// Unlike the original it does not stop at the first error.
/// </summary>
internal sealed class SchemaCheck(OneFlowRules rules, ErrorList errors, ServiceTemplateOptions options)
{
    /// <summary>Checks a value.</summary>
    /// <returns>The value to keep: the same one, or the number that a text gave.</returns>
    public JsonNode? Check(JsonNode? value, MemberRule rule, string path)
    {
        if (errors.IsFull) return value;
        switch (rule.Kind)
        {
            case MemberKind.Object:
                CheckObject(value, rule, path);
                return value;
            case MemberKind.Array:
                CheckArray(value, rule, path);
                return value;
            case MemberKind.Integer:
                return CheckInteger(value!, rule, path);
            case MemberKind.Boolean:
                if (!IsBoolean(value))
                    Refuse(path, FlowErrorCodes.MemberKind, SchemaTexts.NoBoolean(rules, rule.Name), $"{rule.Name} is true or false, not {Shown(value)}.");
                return value;
            default:
                CheckText(value, rule, path);
                return value;
        }
    }

    /// <summary>Whether a value is there for Ruby.</summary>
    public static bool IsGiven(JsonNode? value) => value is not null && value.GetValueKind() != JsonValueKind.False;

    private void CheckObject(JsonNode? value, MemberRule rule, string path)
    {
        if (value is not JsonObject target)
        {
            string what = rule.Name.Length == 0 ? "This" : rule.Name;
            Refuse(path, FlowErrorCodes.MemberKind, SchemaTexts.NoObject(rules, rule.Name), $"{what} is an object, not {Shown(value)}.");
            return;
        }

        foreach (MemberRule member in rule.Members)
        {
            JsonNode? given = target[member.Name];
            if (IsGiven(given))
            {
                JsonNode? kept = Check(given, member, JsonPaths.Member(path, member.Name));
                if (!ReferenceEquals(kept, given)) target[member.Name] = kept;
            }
            else if (member.IsRequired)
            {
                Refuse(path, FlowErrorCodes.MemberMissing, SchemaTexts.Missing(rules, member, target), $"{member.Name} is missing.");
            }
            else if (member.Default is not null)
            {
                target[member.Name] = member.Default is int number ? JsonValue.Create(number) : JsonValue.Create((string)member.Default);
            }
        }
    }

    private void CheckArray(JsonNode? value, MemberRule rule, string path)
    {
        if (value is not JsonArray items)
        {
            Refuse(path, FlowErrorCodes.MemberKind, SchemaTexts.NoArray(rule.Name), $"{rule.Name} is a list, not {Shown(value)}.");
            return;
        }

        int most = rule.Name == "roles" ? options.Limits.MaxRoles : options.Limits.MaxRoleItems;
        if (items.Count > most)
        {
            errors.Own(path, FlowErrorCodes.TemplateTooLarge, $"{rule.Name} has {items.Count} elements, and {most} are read.");
            return;
        }

        if (rule.Items is null) return;
        for (int i = 0; i < items.Count; i++) Check(items[i], rule.Items, $"{path}[{i}]");
    }

    private JsonNode CheckInteger(JsonNode value, MemberRule rule, string path)
    {
        switch (RubyInteger.Read(value, out BigInteger number))
        {
            case RubyInteger.Outcome.NoNumber:
                Refuse(path, FlowErrorCodes.MemberKind, SchemaTexts.NoInteger(rule.Name), $"{rule.Name} is a whole number, not {Shown(value)}.");
                return value;
            case RubyInteger.Outcome.NoText:
                errors.Fails(path, FlowErrorCodes.MemberKind, $"{rule.Name} is a whole number, not {Shown(value)}.");
                return value;
            case RubyInteger.Outcome.TooLong:
                errors.Own(path, FlowErrorCodes.NumberOutOfRange, $"{rule.Name} has more than {RubyInteger.MaxDigits} digits.");
                return value;
        }

        if (rule.Minimum is { } minimum && number < minimum)
        {
            Refuse(path, FlowErrorCodes.MemberValue, SchemaTexts.TooSmall(rule.Name, minimum), $"{rule.Name} is at least {minimum}, not {Shown(number)}.");
        }
        else if (options.RefusesStuck && (number > int.MaxValue || number < int.MinValue))
        {
            errors.Own(path, FlowErrorCodes.NumberOutOfRange, $"{rule.Name} is {Shown(number)}, and a cloud counts to {int.MaxValue}.");
        }

        string text = number.ToString(CultureInfo.InvariantCulture);
        return value.GetValueKind() == JsonValueKind.Number && value.ToJsonString() == text ? value : JsonValue.Create(JsonElement.Parse(text))!;
    }

    private void CheckText(JsonNode? value, MemberRule rule, string path)
    {
        if (value?.GetValueKind() != JsonValueKind.String)
        {
            Refuse(path, FlowErrorCodes.MemberKind, SchemaTexts.NoText(rule.Name), $"{rule.Name} is a text, not {Shown(value)}.");
            return;
        }

        string text = value.GetValue<string>();
        if (rule.OneOf is not null && !rule.OneOf.Contains(text))
        {
            Refuse(path, FlowErrorCodes.MemberValue, SchemaTexts.NotOneOf(rule.Name, rule.OneOf),
                $"{rule.Name} is one of {string.Join(", ", rule.OneOf)}, not {Shown(value)}.");
        }
        else if (rule.IsRoleName && !RoleNames.IsOriginalName(text))
        {
            Refuse(path, FlowErrorCodes.MemberValue, SchemaTexts.NoRoleName(rule.Name), $"{Shown(value)} is no name of a role.", RoleNames.Hint);
        }
        else if (rule.IsRoleName && options.RefusesStuck && !RoleNames.IsName(text))
        {
            errors.Own(path, FlowErrorCodes.RoleNameLines, $"The name of the role has several lines: {Shown(value)}.", RoleNames.Hint);
        }
    }

    private void Refuse(string path, string code, string originalMessage, string message, string? hint = null) =>
        errors.Original(path, code, originalMessage, message, hint);

    private static bool IsBoolean(JsonNode? value) => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static string Shown(JsonNode? value) => Shortened(RubyJson.Dump(value));

    private static string Shown(BigInteger number) => Shortened(number.ToString(CultureInfo.InvariantCulture));

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..(char.IsHighSurrogate(text[56]) ? 56 : 57)] + "...";
}
