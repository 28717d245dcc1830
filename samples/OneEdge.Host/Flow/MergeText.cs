using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>What goes into a template.</summary>
internal static class MergeText
{
    /// <summary>Puts a name into it.</summary>
    /// <exception cref="HintException">It is no JSON object.</exception>
    public static string? WithName(string? values, string? name)
    {
        if (name is null) return values;
        try
        {
            var merged = values is null ? new JsonObject() : JsonNode.Parse(values) as JsonObject;
            if (merged is null) throw Wrong("it is something else");
            merged["name"] = name;
            return merged.ToJsonString();
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw Wrong(error.Message);
        }
    }

    private static HintException Wrong(string why) =>
        new(HostErrorCodes.Usage, $"--merge needs a file with a JSON object: {why}", """for example {"custom_attrs_values": {"LEVEL": "1"}}""");
}
