using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Templates in the form of 7.x, turned into the form of 6.10.</summary>
internal static class NewForm
{
    public static bool IsTemplate(JsonNode? root) => root is JsonObject template && template["roles"] is JsonArray { Count: > 0 } roles && roles.All(IsRole);

    public static bool IsRole(JsonNode? node) => node is JsonObject role
        && (role.ContainsKey("template_id") || role.ContainsKey("template_contents"))
        && !role.ContainsKey("vm_template") && !role.ContainsKey("vm_template_contents");

    /// <summary>
    /// Turns a template that was checked into the form of 6.10. A role of virtual machines loses its type, a virtual router keeps it. What a user enters
    /// becomes an attribute of the virtual machines in 7.x, which a line of the contents does here.
    /// </summary>
    public static void ConvertTemplate(JsonObject template, ErrorList errors)
    {
        var roles = (JsonArray)template["roles"]!;
        string[] inputs = NamesOf(template["user_inputs"]);
        for (int i = 0; i < roles.Count; i++) ConvertRole((JsonObject)roles[i]!, $"$.roles[{i}]", errors, inputs);
        RenameInputs(template);
    }

    /// <summary>Turns a role that was checked into the form of 6.10.</summary>
    public static void ConvertRole(JsonObject role, string path, ErrorList errors, params string[] inputs)
    {
        inputs = [.. inputs.Concat(NamesOf(role["user_inputs"])).Distinct()];
        if (RoleTypes.Of(role) == "vm") role.Remove("type");
        ConvertContents(role, path, errors, inputs);
        JsonMembers.Rename(role, "template_id", "vm_template");
        RenameInputs(role);
    }

    private static void ConvertContents(JsonObject role, string path, ErrorList errors, string[] inputs)
    {
        var contents = role["template_contents"] as JsonObject;
        if (contents is null && inputs.Length == 0)
        {
            JsonMembers.Rename(role, "template_contents", "vm_template_contents");
            return;
        }

        var all = (JsonObject)(contents?.DeepClone() ?? new JsonObject());
        var written = new HashSet<string>(all.Select(m => m.Key), StringComparer.OrdinalIgnoreCase);
        foreach (string input in inputs.Where(written.Add)) all[input] = "$" + input;

        try
        {
            string text = TemplateContents.ToText(all);
            role.Remove("template_contents");
            role["vm_template_contents"] = text;
        }
        catch (FormatException failure)
        {
            string place = contents is null ? path : $"{path}.template_contents";
            errors.Own(place, FlowErrorCodes.TemplateNotConvertible, $"The contents cannot be written in the form of 6.10: {failure.Message}");
        }
    }

    private static void RenameInputs(JsonObject target)
    {
        JsonMembers.Rename(target, "user_inputs", "custom_attrs");
        JsonMembers.Rename(target, "user_inputs_values", "custom_attrs_values");
    }

    private static string[] NamesOf(JsonNode? inputs) => inputs is JsonObject members ? [.. members.Select(m => m.Key)] : [];
}
