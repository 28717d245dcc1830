using System.Text.Json.Nodes;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>More template text for virtual machines: a text in 6.x (<c>vm_template_contents</c>), an object in 7.x (<c>template_contents</c>).</summary>
internal static class TemplateContents
{
    private const string Blanks = " \t\n\v\f\r";

    /// <summary>
    /// The object that 7.4 makes of a text: an attribute a line, with all quotes taken away, vectors as lists of one object, and what stands more than once
    /// as a list.
    /// </summary>
    public static JsonObject FromText(string text)
    {
        var result = new JsonObject();
        foreach (string line in Lines(text))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) continue;
            string value = Stripped(line[(equals + 1)..]).Replace("\"", "", StringComparison.Ordinal);
            JsonNode? item = value.StartsWith('[') && value.EndsWith(']') && value.Length > 1 ? Vector(value[1..^1]) : value;
            Add(result, Stripped(line[..equals]), item);
        }

        foreach (string name in result.Select(m => m.Key).ToArray())
        {
            if (result[name] is JsonObject) result[name] = new JsonArray(result[name]!.DeepClone());
        }

        return result;
    }

    /// <summary>The text of an object.</summary>
    /// <exception cref="FormatException">It holds what a template of OpenNebula cannot.</exception>
    public static string ToText(JsonObject contents)
    {
        var target = new OpenNebulaTemplateBuilder();
        try
        {
            foreach ((string name, JsonNode? value) in contents)
            {
                foreach (JsonNode? item in value is JsonArray items ? items : (IEnumerable<JsonNode?>)[value])
                {
                    if (item is JsonObject vector)
                        target.Add(TemplateAttribute.CreateVector(name, vector.Select(i => KeyValuePair.Create(i.Key, TextOf(i.Value)))));
                    else target.Add(name, TextOf(item));
                }
            }
        }
        catch (OpenNebulaException failure)
        {
            throw new FormatException(failure.Message, failure);
        }

        return target.ToString();
    }

    // A line break within brackets does not end an attribute. Looked at from behind, so that each letter is looked at once.
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        int end = text.Length;
        bool isWithin = false;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is '[' or ']') isWithin = text[i] == ']';
            if (text[i] != '\n' || isWithin) continue;
            lines.Add(text[(i + 1)..end]);
            end = i;
        }

        lines.Add(text[..end]);
        lines.Reverse();
        return lines;
    }

    private static JsonObject Vector(string items)
    {
        var vector = new JsonObject();
        string[] parts = items.Split(',');
        int count = parts.Length;
        // Ruby drops empty parts at the end.
        while (count > 0 && (count == 1 ? parts[0].Length == 0 : Stripped(parts[count - 1]).Length == 0)) count--;
        foreach (string item in parts.AsSpan(0, count))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string name = Stripped(equals < 0 ? item : item[..equals]);
            vector[name] = equals < 0 ? null : JsonValue.Create(Stripped(item[(equals + 1)..]));
        }

        return vector;
    }

    private static void Add(JsonObject target, string name, JsonNode? item)
    {
        if (!target.TryGetPropertyValue(name, out JsonNode? before)) target[name] = item;
        else if (before is JsonArray list) list.Add(item);
        else target[name] = new JsonArray(before?.DeepClone(), item);
    }

    private static string Stripped(string text) => text.AsSpan().TrimStart(Blanks).TrimEnd(Blanks + "\0").ToString();

    private static string TextOf(JsonNode? value) => value switch
    {
        null => "",
        JsonValue text when text.TryGetValue(out string? content) => content,
        JsonValue => value.ToJsonString(),
        _ => throw new FormatException("A value of a vector is a text, not a list or an object."),
    };
}
