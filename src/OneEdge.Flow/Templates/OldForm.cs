using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Templates in the form of 6.x, which 7.4 turns into its own before it checks them.</summary>
internal static class OldForm
{
    private static readonly (string Old, string New)[] Names =
    [
        ("vm_template", "template_id"), ("vm_template_contents", "template_contents"),
        ("custom_attrs_values", "user_inputs_values"), ("custom_attrs", "user_inputs"),
    ];

    /// <summary>Whether a template has the old form: each of its roles has one of the members of old; what the original dies of is an error.</summary>
    public static bool IsOldForm(JsonNode? root, ErrorList errors)
    {
        if (root is not JsonObject template)
        {
            errors.Fails("$", FlowErrorCodes.MemberKind, "A template is an object.");
            return false;
        }

        if (!template.ContainsKey("roles")) return false;
        if (template["roles"] is JsonObject { Count: 0 }) return true;
        if (template["roles"] is not JsonArray roles)
        {
            errors.Fails("$.roles", FlowErrorCodes.MemberKind, "roles is a list.");
            return false;
        }

        for (int i = 0; i < roles.Count; i++)
        {
            if (roles[i] is not JsonObject role)
            {
                errors.Fails($"$.roles[{i}]", FlowErrorCodes.MemberKind, "A role is an object.");
                return false;
            }

            if (!role.ContainsKey("vm_template") && !role.ContainsKey("vm_template_contents")) return false;
        }

        return true;
    }

    /// <summary>Turns a template into the form of 7.4.</summary>
    public static void Convert(JsonObject template, ErrorList errors)
    {
        if (template["roles"] is JsonArray roles)
        {
            for (int i = 0; i < roles.Count; i++) ConvertRole((JsonObject)roles[i]!, $"$.roles[{i}]", errors);
        }

        // In the order that the original gets: with roles it looks at the values first.
        bool hasRoles = template["roles"] is JsonArray { Count: > 0 };
        if (hasRoles) MoveGiven(template, "custom_attrs_values", "user_inputs_values");
        MoveGiven(template, "custom_attrs", "user_inputs");
        if (!hasRoles) MoveGiven(template, "custom_attrs_values", "user_inputs_values");
    }

    /// <summary>The path that a place of the new form had in the old one.</summary>
    public static string OldPath(string path)
    {
        foreach ((string old, string name) in Names)
        {
            int at = path.IndexOf("." + name, StringComparison.Ordinal);
            int end = at + 1 + name.Length;
            if (at >= 0 && (end == path.Length || path[end] is '.' or '[')) return path[..(at + 1)] + old + path[end..];
        }

        return path;
    }

    private static void ConvertRole(JsonObject role, string path, ErrorList errors)
    {
        if (LeadingNumber(role["vm_template"]) is { } id) role["template_id"] = JsonValue.Create(JsonElement.Parse(id.ToString(CultureInfo.InvariantCulture)));
        else errors.Fails($"{path}.vm_template", FlowErrorCodes.MemberKind, "vm_template is a whole number.");
        role["type"] = "vm";
        MoveGiven(role, "custom_attrs", "user_inputs");
        if (SchemaCheck.IsGiven(role["vm_template_contents"]))
        {
            if (ContentsOf(role["vm_template_contents"]!) is { } contents) role["template_contents"] = contents;
            else errors.Fails($"{path}.vm_template_contents", FlowErrorCodes.MemberKind, "vm_template_contents is a text.");
            role.Remove("vm_template_contents");
        }

        role.Remove("vm_template");
        if (SchemaCheck.IsGiven(role["custom_attrs_values"])) role.Remove("custom_attrs_values");
    }

    private static JsonObject? ContentsOf(JsonNode contents) => contents switch
    {
        JsonValue value when value.TryGetValue(out string? text) => TemplateContents.FromText(text),
        JsonArray { Count: 0 } or JsonObject { Count: 0 } => [],
        _ => null,
    };

    private static void MoveGiven(JsonObject target, string name, string newName)
    {
        if (SchemaCheck.IsGiven(target[name])) JsonMembers.Rename(target, name, newName);
    }

    // Ruby's to_i: the digits that a text begins with, and nothing for none.
    private static BigInteger? LeadingNumber(JsonNode? value)
    {
        switch (value?.GetValueKind())
        {
            case null:
                return BigInteger.Zero;
            case JsonValueKind.Number:
                return RubyInteger.FromNumber(value.ToJsonString(), out BigInteger number) == RubyInteger.Outcome.Number ? number : null;
            case JsonValueKind.String:
                return LeadingNumber(value.GetValue<string>().AsSpan().TrimStart(" \t\n\v\f\r"));
            default:
                return null;
        }
    }

    private static BigInteger? LeadingNumber(ReadOnlySpan<char> text)
    {
        bool isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+')) text = text[1..];
        if (text.StartsWith("0d", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        int length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || (text[length] == '_' && length > 0 && text[length - 1] != '_'))) length++;
        string digits = text[..length].ToString().Replace("_", "", StringComparison.Ordinal);
        if (digits.Length > RubyInteger.MaxDigits) return null;
        if (!BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out BigInteger leading)) return BigInteger.Zero;
        return isNegative ? -leading : leading;
    }
}
