using System.Globalization;
using System.Text.Json;
using OneEdge.Flow;
using OneEdge.Host.Cli;

namespace OneEdge.Host.Flow;

/// <summary>Cells of lists of services.</summary>
internal static class FlowText
{
    /// <summary>A state as OneFlow calls it: <c>FAILED_DEPLOYING_NETS</c>.</summary>
    public static string Of(ServiceState state) => Enum.IsDefined(state) ? Words(state.ToString()) : state.ToString("D");

    /// <inheritdoc cref="Of(ServiceState)"/>
    public static string Of(RoleState state) => Enum.IsDefined(state) ? Words(state.ToString()) : state.ToString("D");

    /// <summary>A time as lists have it; nothing for one that is not known.</summary>
    public static string Of(DateTimeOffset time) => time > DateTimeOffset.UnixEpoch ? One.Text.Of((DateTimeOffset?)time) : "";

    /// <summary>How many virtual machines a role has, and how many it wants.</summary>
    public static string Machines(Role role) => string.Create(CultureInfo.InvariantCulture, $"{role.Nodes.Length}/{role.Cardinality}");

    /// <summary>How a virtual machine of a role is, as far as the document of its service says, and who sees it.</summary>
    /// <param name="node">The virtual machine.</param>
    /// <param name="live">How it is seen to be.</param>
    public static string Of(RoleNode node, VmCondition? live = null)
    {
        if (node.IsLeaving) return node.Termination == NodeTermination.Refused ? "does not go" : "leaving";
        if (node.Error is { } error) return $"error: {Screen.Cell(error)}";
        return live is { } seen and not VmCondition.Unseen ? Words(seen.ToString()).ToLowerInvariant() : node.IsDeployed ? "deployed" : "coming";
    }

    /// <summary>The objects of a pool, as the server has them.</summary>
    public static void WritePool(Utf8JsonWriter json, IEnumerable<JsonElement> documents)
    {
        json.WriteStartObject();
        json.WriteStartObject("DOCUMENT_POOL");
        json.WriteStartArray("DOCUMENT");
        foreach (JsonElement document in documents) document.WriteTo(json);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>An object, as the server has it.</summary>
    public static void WriteDocument(Utf8JsonWriter json, JsonElement document)
    {
        json.WriteStartObject();
        json.WritePropertyName("DOCUMENT");
        document.WriteTo(json);
        json.WriteEndObject();
    }

    private static string Words(string name) => string.Concat(
        name.Replace("Networks", "Nets", StringComparison.Ordinal)
            .Select((c, i) => i > 0 && char.IsAsciiLetterUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
