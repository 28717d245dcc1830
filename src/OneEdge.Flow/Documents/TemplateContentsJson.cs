using System.Text;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>The form that 7.x gives to the template text of a role: an object of texts, objects and arrays of objects.</summary>
internal static class TemplateContentsJson
{
    /// <summary>The text that says the same; <see langword="null"/> when there is nothing.</summary>
    public static string? ToText(JsonElement contents)
    {
        if (contents.ValueKind == JsonValueKind.String) return contents.GetString();
        if (contents.ValueKind != JsonValueKind.Object) return null;
        var text = new StringBuilder();
        foreach (JsonProperty attribute in contents.EnumerateObject())
        {
            if (attribute.Value.ValueKind != JsonValueKind.Array) Append(text, attribute.Name, attribute.Value);
            else foreach (JsonElement element in attribute.Value.EnumerateArray()) Append(text, attribute.Name, element);
        }

        return text.Length == 0 ? null : text.ToString();
    }

    private static void Append(StringBuilder text, string name, JsonElement value)
    {
        if (text.Length > 0) text.Append('\n');
        text.Append(name).Append('=');
        if (value.ValueKind != JsonValueKind.Object)
        {
            AppendQuoted(text, value);
            return;
        }

        text.Append('[');
        string separator = "";
        foreach (JsonProperty item in value.EnumerateObject())
        {
            text.Append(separator).Append(item.Name).Append('=');
            AppendQuoted(text, item.Value);
            separator = ",";
        }

        text.Append(']');
    }

    private static void AppendQuoted(StringBuilder text, JsonElement value) =>
        text.Append('"').Append((LenientJson.Text(value) ?? "").Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
}
