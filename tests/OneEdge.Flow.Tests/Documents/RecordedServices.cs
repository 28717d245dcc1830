using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Flow.Tests.Documents;

/// <summary>The service documents among the recorded exchanges, and those that the traces describe.</summary>
internal static class RecordedServices
{
    /// <summary>The bodies of every document of type 100 that the original answered with, and of those that it was sent.</summary>
    public static IEnumerable<(string Source, string Body)> Exchanges()
    {
        foreach (string file in Directory.EnumerateFiles(ConformanceData.Area(Path.Combine("opennebula", "oneflow")), "*.json").Order(StringComparer.Ordinal))
        {
            using var exchange = JsonDocument.Parse(File.ReadAllText(file));
            string name = Path.GetFileNameWithoutExtension(file);
            foreach (string body in Bodies(exchange.RootElement.GetProperty("response_body").GetString())) yield return (name, body);
            string sent = exchange.RootElement.GetProperty("request_body").GetString() ?? "";
            if (sent.Contains("\"start_time\":", StringComparison.Ordinal)) yield return (name, sent);
        }
    }

    /// <summary>The documents as the traces saw them stored: states, nodes and policies; the rest of a role is put in.</summary>
    public static IEnumerable<(string Source, string Body)> Traces()
    {
        foreach (string file in Directory.EnumerateFiles(ConformanceData.Area(Path.Combine("opennebula", "traces")), "*.jsonl").Order(StringComparer.Ordinal))
        {
            int line = 0;
            foreach (string text in File.ReadLines(file))
            {
                line++;
                JsonNode entry = JsonNode.Parse(text)!;
                bool isService = (string?)entry["kind"] == "service" && entry["roles"] is JsonArray;
                if (isService) yield return ($"{Path.GetFileName(file)}:{line}", Body(entry.AsObject()));
            }
        }
    }

    private static IEnumerable<string> Bodies(string? answer)
    {
        JsonElement root;
        try
        {
            root = JsonDocument.Parse(answer ?? "").RootElement;
        }
        catch (JsonException)
        {
            yield break;
        }

        if (root.ValueKind != JsonValueKind.Object) yield break;
        List<JsonElement> documents = [];
        if (root.TryGetProperty("DOCUMENT", out JsonElement one)) documents.Add(one);
        bool isPool = root.TryGetProperty("DOCUMENT_POOL", out JsonElement pool);
        if (isPool && pool.TryGetProperty("DOCUMENT", out JsonElement all)) documents.AddRange(all.EnumerateArray());
        foreach (JsonElement document in documents)
        {
            if (document.GetProperty("TYPE").GetString() == "100") yield return document.GetProperty("TEMPLATE").GetProperty("BODY").GetRawText();
        }
    }

    private static string Body(JsonObject entry)
    {
        foreach (JsonNode? role in entry["roles"]!.AsArray())
        {
            JsonArray nodes = role!["nodes"]!.AsArray();
            role["nodes"] = new JsonArray([.. nodes.Select(n => n is JsonValue ? new JsonObject { ["deploy_id"] = n.DeepClone() } : n!.DeepClone())]);
            role["vm_template"] = 0;
        }

        return entry.ToJsonString();
    }
}
