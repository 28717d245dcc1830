using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>Templates in the form of 7.x, turned into the form of 6.10.</summary>
/// <remarks>Source of what becomes of user inputs: OpenNebula 7.x, <c>src/flow/lib/models/service.rb</c> and <c>role.rb</c>.</remarks>
internal static class NewForm
{
    private const string Context = "CONTEXT";

    public static bool IsTemplate(JsonNode? root) => root is JsonObject template && template["roles"] is JsonArray { Count: > 0 } roles && roles.All(IsRole);

    public static bool IsRole(JsonNode? node) => node is JsonObject role
        && (role.ContainsKey("template_id") || role.ContainsKey("template_contents"))
        && !role.ContainsKey("vm_template") && !role.ContainsKey("vm_template_contents");

    /// <summary>
    /// Turns a template that was checked into the form of 6.10. A role of virtual machines loses its type, a virtual router keeps it. What a user enters
    /// becomes an attribute of the virtual machines in 7.x and an item of their context, which lines of the contents do here; the context of their
    /// template stays with it.
    /// </summary>
    public static void ConvertTemplate(JsonObject template, ErrorList errors)
    {
        var roles = (JsonArray)template["roles"]!;
        string[] inputs = [.. InputsOf(template)];
        for (int i = 0; i < roles.Count; i++) ConvertRole((JsonObject)roles[i]!, $"$.roles[{i}]", errors, inputs);
        RenameInputs(template);
    }

    /// <summary>Turns a role that was checked into the form of 6.10.</summary>
    public static void ConvertRole(JsonObject role, string path, ErrorList errors, params string[] inputs)
    {
        inputs = [.. inputs.Concat(InputsOf(role)).Distinct()];
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
        if (inputs.Length > 0) AddInputs(all, inputs);
        try
        {
            string text = TemplateContents.ToText(all);
            if (NameIn(all, Context) is not null) text = $"APPEND=\"{Context}\"\n{text}";
            role.Remove("template_contents");
            role["vm_template_contents"] = text;
        }
        catch (FormatException failure)
        {
            string place = contents is null ? path : $"{path}.template_contents";
            errors.Own(place, FlowErrorCodes.TemplateNotConvertible, $"The contents cannot be written in the form of 6.10: {failure.Message}");
        }
    }

    // A context that is no object is left alone; 7.4 fails on it.
    private static void AddInputs(JsonObject contents, string[] inputs)
    {
        string context = NameIn(contents, Context) ?? Context;
        if (contents[context] is JsonArray { Count: 1 } list) contents[context] = list[0]?.DeepClone();
        contents[context] ??= new JsonObject();
        foreach (string input in inputs)
        {
            contents[NameIn(contents, input) ?? input] = "$" + input;
            if (contents[context] is JsonObject items) items[NameIn(items, input) ?? input] = "$" + input;
        }
    }

    private static string? NameIn(JsonObject owner, string name) =>
        owner.Select(m => m.Key).FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static void RenameInputs(JsonObject target)
    {
        JsonMembers.Rename(target, "user_inputs", "custom_attrs");
        JsonMembers.Rename(target, "user_inputs_values", "custom_attrs_values");
    }

    private static IEnumerable<string> InputsOf(JsonObject owner) => NamesOf(owner["user_inputs"]).Union(NamesOf(owner["user_inputs_values"]));

    private static string[] NamesOf(JsonNode? inputs) => inputs is JsonObject members ? [.. members.Select(m => m.Key)] : [];
}
