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
        if (own.ValueKind != JsonValueKind.Object || !own.TryGetProperty("networks"u8, out JsonElement said)) return networks;
        if (said.ValueKind != JsonValueKind.Object) return networks;
        return [.. networks.Select(n => said.TryGetProperty(n.Name, out JsonElement facts) && facts.ValueKind == JsonValueKind.Object ? Read(n, facts) : n)];
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<ServiceNetwork> networks, JsonElement present)
    {
        var all = networks.ToDictionary(n => n.Name, StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        writer.WriteStartArray();
        if (present.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement element in present.EnumerateArray()) WriteElement(writer, element, all, written);
        }

        foreach (ServiceNetwork network in networks)
        {
            if (!written.Add(network.Name)) continue;
            writer.WriteStartObject();
            writer.WritePropertyName(network.Name);
            Table.Write(writer, network.Members, network);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    // Only the first of several with one name is a network; the others are copied. One that the service has no more goes.
    private static void WriteElement(Utf8JsonWriter writer, JsonElement element, Dictionary<string, ServiceNetwork> all, HashSet<string> written)
    {
        bool isGone = element.GetPropertyCount() > 0 && element.EnumerateObject().All(p => !all.ContainsKey(p.Name));
        if (isGone) return;
        writer.WriteStartObject();
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (!all.TryGetValue(property.Name, out ServiceNetwork? network)) continue;
            writer.WritePropertyName(property.Name);
            if (written.Add(property.Name)) Table.Write(writer, new FlowMembers(property.Value), network);
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
            Source = kind switch
            {
                NetworkKind.Template => LenientJson.Int(network.Members.Value, "template_id"u8),
                NetworkKind.Reservation => LenientJson.Int(network.Members.Value, "reserve_from"u8),
                _ => null,
            },
            IsLeaving = LenientJson.Flag(own, "leaving"u8),
            Error = LenientJson.Text(own, "error"u8),
        };
    }

    // Whether something else would follow from what is written of it.
    private static bool SaysKind(ServiceNetwork network) => Follows(network) != network.Kind;

    private static NetworkKind Follows(ServiceNetwork network)
    {
        bool isGiven = network.NetworkId is { } id && network.Members.TryGet("id", out JsonElement said) &&
            said.ValueKind == JsonValueKind.String && LenientJson.Int(said) == id;
        if (isGiven) return NetworkKind.Existing;
        if (HasSource(network, "template_id", NetworkKind.Template)) return NetworkKind.Template;
        return HasSource(network, "reserve_from", NetworkKind.Reservation) ? NetworkKind.Reservation : NetworkKind.Existing;
    }

    private static bool HasSource(ServiceNetwork network, string name, NetworkKind kind)
    {
        if (network.Kind == kind && network.Source is not null) return true;
        return network.Members.TryGet(name, out JsonElement said) && said.ValueKind != JsonValueKind.Null &&
            (network.Kind != kind || LenientJson.Int(said) == network.Source);
    }

    // Where it came from stays written when it was there already.
    private static DocumentMember<ServiceNetwork> Source(string name, NetworkKind kind) => new(name)
    {
        Says = (network, present) => network.Kind != kind || LenientJson.Int(present) == network.Source,
        HasValue = network => network.Kind == kind && network.Source is not null,
        WriteValue = (writer, network, _) => writer.WriteNumberValue(network.Source!.Value),
    };
}
