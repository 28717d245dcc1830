using System.Text;
using System.Text.Json;
using OneEdge.Flow.Documents;

namespace OneEdge.Flow.Instantiation;

/// <summary>The values that somebody gave to the custom attributes of a template, put into the template text of its roles.</summary>
internal sealed class RoleAttributes(JsonElement body, JsonElement role)
{
    // The names of 7.x; in 6.x user_inputs_values of a role are lines of their own, and no values.
    private readonly bool _isVersion7 = role.TryGetProperty("template_id"u8, out _) || role.TryGetProperty("template_contents"u8, out _);

    /// <summary>The template text of the role with values; <see langword="null"/> when there is none.</summary>
    public string? Contents()
    {
        string? contents = LenientJson.Text(role, "vm_template_contents"u8);
        if (contents is null && role.TryGetProperty("template_contents"u8, out JsonElement version7)) contents = TemplateContentsJson.ToText(version7);
        if (contents is not null) contents = ContentsText.PutWords(contents, Value);
        bool hasInputs = role.TryGetProperty("user_inputs_values"u8, out JsonElement inputs) && inputs.ValueKind == JsonValueKind.Object;
        return hasInputs ? WithLines(contents ?? "", inputs) : contents;
    }

    private string? Value(string name)
    {
        if (_isVersion7 && Value(role, "user_inputs_values"u8, name) is { } input) return input;
        return Value(role, "custom_attrs_values"u8, name) ?? Value(body, "custom_attrs_values"u8, name) ?? Value(body, "user_inputs_values"u8, name);
    }

    private static string? Value(JsonElement owner, ReadOnlySpan<byte> values, string name)
    {
        if (!owner.TryGetProperty(values, out JsonElement all) || all.ValueKind != JsonValueKind.Object) return null;
        if (!all.TryGetProperty(name, out JsonElement value)) return null;
        return value.ValueKind == JsonValueKind.Null ? null : Scalar(name, value);
    }

    private static string WithLines(string contents, JsonElement inputs)
    {
        var text = new StringBuilder(contents);
        foreach (JsonProperty input in inputs.EnumerateObject())
        {
            if (input.Name.Length == 0 || !input.Name.All(ContentsText.IsWord))
                throw new FlowException(FlowErrorCodes.AttributesInvalid, $"'{input.Name}' in user_inputs_values is no name of an attribute.");
            var line = new ContentsWriter();
            line.Literal($"\n{input.Name}=\"");
            line.Value($"the value of '{input.Name}'", input.Value.ValueKind == JsonValueKind.Null ? "" : Scalar(input.Name, input.Value), "\"");
            line.Literal("\"");
            text.Append(line);
        }

        return text.ToString();
    }

    private static string Scalar(string name, JsonElement value) => LenientJson.Text(value) ??
        throw new FlowException(FlowErrorCodes.AttributesInvalid, $"The value of '{name}' is a list or an object; a text or a number was expected.");
}
