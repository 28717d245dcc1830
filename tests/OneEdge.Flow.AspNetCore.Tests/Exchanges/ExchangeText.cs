using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace OneEdge.Flow.AspNetCore.Tests;

/// <summary>Answers without what is different each time: ids, times, and the way that a service came.</summary>
internal static partial class ExchangeText
{
    // A service that has just been made: how far the original had come with it when it answered.
    private static readonly string[] OfProgress = ["state", "cooldown", "on_hold", "nodes", "last_vmname", "log"];

    public static string OfError(string text, IReadOnlyDictionary<int, int> ids)
    {
        string same = UserNumber().Replace(text, "User [U]");
        foreach ((int recorded, int here) in ids)
            same = Regex.Replace(same, $@"(?<before>\[|service ){here}\b", $"${{before}}{recorded.ToString(CultureInfo.InvariantCulture)}",
                RegexOptions.ExplicitCapture);
        return same.TrimEnd();
    }

    /// <summary>The form in which documents are compared.</summary>
    public static string OfDocument(JsonElement answer, bool isNew)
    {
        JsonNode root = JsonNode.Parse(answer.GetRawText())!;
        if (root["DOCUMENT"] is not JsonObject document) return Sorted(root).ToJsonString();
        string id = (string)document["ID"]!;
        document["ID"] = "ID";
        if (document["TEMPLATE"]?["BODY"] is JsonObject body) Clean(body, id, isNew);
        return Sorted(root).ToJsonString();
    }

    private static void Clean(JsonObject body, string id, bool isNew)
    {
        foreach (string time in (string[])["registration_time", "start_time"])
        {
            if (body[time] is JsonValue value && value.GetValueKind() == JsonValueKind.Number) body[time] = "TIME";
        }

        // Which states it passed depends on what was done with it before; each entry has the three members.
        if (body["log"] is JsonArray log)
            body["log"] = string.Join(';', log.SelectMany(e => e!.AsObject().Select(m => m.Key)).Distinct().Order(StringComparer.Ordinal));
        if (isNew)
        {
            foreach (string member in OfProgress) body.Remove(member);
        }

        int machine = 0;
        var templates = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonObject role in (body["roles"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (isNew)
            {
                foreach (string member in OfProgress) role.Remove(member);
            }

            if (role["vm_template"] is { } template) role["vm_template"] = templates.TryAdd(template.ToJsonString(), templates.Count) ? templates.Count - 1
                : templates[template.ToJsonString()];
            foreach (JsonObject node in (role["nodes"] as JsonArray ?? []).OfType<JsonObject>()) CleanNode(node, id, machine++);
        }
    }

    private static void CleanNode(JsonObject node, string serviceId, int number)
    {
        node["deploy_id"] = number;
        if (node["vm_info"]?["VM"] is not JsonObject vm) return;
        vm["ID"] = number.ToString(CultureInfo.InvariantCulture);
        vm["NAME"] = ((string)vm["NAME"]!).Replace($"service_{serviceId})", "service_ID)", StringComparison.Ordinal);
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal)
            .Select(m => KeyValuePair.Create(m.Key, m.Value is null ? null : Sorted(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(i => i is null ? null : Sorted(i))]),
        _ => node.DeepClone(),
    };

    [GeneratedRegex(@"User \[\d+\]")]
    private static partial Regex UserNumber();
}
