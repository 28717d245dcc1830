using System.Text.Json.Nodes;

namespace OneEdge.Flow;

/// <summary>The default that the definition of a network has in its fifth field: <c>M|network|description|options|template_id:4</c>.</summary>
internal static class NetworkDefaults
{
    /// <summary>The values of all networks, as a request has them.</summary>
    /// <param name="networks">The definitions.</param>
    /// <param name="values">The values.</param>
    /// <param name="wrong">The network whose definition has no default; <see langword="null"/> when there are no definitions.</param>
    public static bool TryRead(JsonNode? networks, out JsonNode? values, out string? wrong)
    {
        values = null;
        wrong = null;
        if (networks is not JsonObject definitions) return false;
        var list = new JsonArray();
        foreach ((string name, JsonNode? definition) in definitions)
        {
            string[] fields = definition is JsonValue value && value.TryGetValue(out string? text) ? text.TrimEnd('|').Split('|') : [];
            if (fields.Length < 5)
            {
                wrong = name;
                return false;
            }

            // What stands behind a second colon is lost, as in OneFlow; so is what stands behind one that nothing follows.
            string[] parts = fields[4].Trim().Split(':');
            list.Add((JsonNode)new JsonObject { [name] = new JsonObject { [parts[0]] = parts.Length > 1 ? JsonValue.Create(parts[1]) : null } });
        }

        values = list;
        return true;
    }
}
