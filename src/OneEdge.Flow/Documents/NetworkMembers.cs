using System.Collections.Immutable;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of networks: <c>networks_values</c>, an array of objects whose members are named like the networks.</summary>
internal static class NetworkMembers
{
    private static readonly ObjectOverlay<ServiceNetwork> Table = new(
        Values.Int<ServiceNetwork>("id", n => n.NetworkId),
        Source("template_id", NetworkKind.Template),
        Source("reserve_from", NetworkKind.Reservation),
        Values.Text<ServiceNetwork>("extra", n => n.Extra));

    private static readonly ObjectOverlay<ServiceNetwork> Own = new(
        new DocumentMember<ServiceNetwork>("kind")
        {
            Says = (_, _) => false,
            HasValue = SaysKind,
            WriteValue = (writer, network, _) => writer.WriteStringValue(FlowNames.Text(network.Kind)),
        },
        Values.Mark<ServiceNetwork>("leaving", n => n.IsLeaving),
        Values.Text<ServiceNetwork>("error", n => n.Error));

    /// <summary>Whether something is to be said of a network that its value does not say.</summary>
    public static bool HasOwn(ServiceNetwork network) => network.IsLeaving || network.Error is not null || SaysKind(network);

    public static void WriteOwn(Utf8JsonWriter writer, ImmutableArray<ServiceNetwork> networks)
    {
        writer.WriteStartObject();
        foreach (ServiceNetwork network in networks.Where(HasOwn))
        {
            writer.WritePropertyName(network.Name);
            Own.Write(writer, default, network);
        }

        writer.WriteEndObject();
    }

    /// <summary>Adds to networks what our member of the service says of them.</summary>
    public static ImmutableArray<ServiceNetwork> ReadOwn(ImmutableArray<ServiceNetwork> networks, JsonElement own)
    {
        if (own.ValueKind != JsonValueKind.Object || !own.TryGetProperty("networks"u8, out JsonElement said) || said.ValueKind != JsonValueKind.Object) return networks;
        return [.. networks.Select(n => said.TryGetProperty(n.Name, out JsonElement facts) && facts.ValueKind == JsonValueKind.Object ? Read(n, facts) : n)];
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<ServiceNetwork> networks, JsonElement present)
    {
        var left = networks.ToDictionary(n => n.Name, StringComparer.Ordinal);
        writer.WriteStartArray();
        if (present.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in present.EnumerateArray()) WriteElement(writer, element, left);
        }

        foreach (ServiceNetwork network in networks)
        {
            if (!left.ContainsKey(network.Name)) continue;
            writer.WriteStartObject();
            writer.WritePropertyName(network.Name);
            Table.Write(writer, network.Members, network);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Only the first of several with one name is a network; the others are copied.
    private static void WriteElement(Utf8JsonWriter writer, JsonElement element, Dictionary<string, ServiceNetwork> left)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            writer.WritePropertyName(property.Name);
            if (left.Remove(property.Name, out ServiceNetwork? network)) Table.Write(writer, new FlowMembers(property.Value), network);
            else LenientJson.WriteRaw(writer, property.Value);
        }

        writer.WriteEndObject();
    }

    private static ServiceNetwork Read(ServiceNetwork network, JsonElement own)
    {
        NetworkKind kind = FlowNames.Kind(LenientJson.Text(own, "kind"u8)) ?? network.Kind;
        return network with
        {
            Kind = kind,
            Source = kind == NetworkKind.Existing ? null : network.Source,
            IsLeaving = LenientJson.Flag(own, "leaving"u8),
            Error = LenientJson.Text(own, "error"u8),
        };
    }

    private static bool SaysKind(ServiceNetwork network) =>
        network.Members.IsEmpty ? network.Kind != NetworkKind.Existing && network.Source is null : Takeover.Kind(network.Members.Value) != network.Kind;

    // Where it came from stays written when it was there already.
    private static DocumentMember<ServiceNetwork> Source(string name, NetworkKind kind) => new(name)
    {
        Says = (network, present) => network.Kind != kind || LenientJson.Int(present) == network.Source,
        HasValue = network => network.Kind == kind && network.Source is not null,
        WriteValue = (writer, network, _) => writer.WriteNumberValue(network.Source!.Value),
    };
}
