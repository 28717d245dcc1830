using System.Collections.Immutable;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>What documents have of the log of a service: its last entries.</summary>
internal static class LogMembers
{
    private static readonly ObjectOverlay<ServiceLogEntry> Entry = new(
        Values.Time<ServiceLogEntry>("timestamp", e => e.Time),
        Values.Text<ServiceLogEntry>("severity", e => e.Severity),
        Values.Text<ServiceLogEntry>("message", e => e.Message));

    public static readonly DocumentMember<Service> Member = new("log")
    {
        Says = (service, present) =>
            (service.Definition.Members.Reading?.Service is { } reading && reading.Log == service.Log) || Says(service.Log, present),
        HasValue = service => !service.Log.IsEmpty,
        WriteValue = (writer, service, _) => Write(writer, service.Log),
    };

    public static ImmutableArray<ServiceLogEntry> Read(JsonElement body)
    {
        if (!body.TryGetProperty("log"u8, out JsonElement array) || array.ValueKind != JsonValueKind.Array) return [];
        var log = ImmutableArray.CreateBuilder<ServiceLogEntry>(Math.Min(array.GetArrayLength(), Service.MaxLogEntries));
        foreach (JsonElement element in Last(array))
        {
            if (element.ValueKind == JsonValueKind.Object) log.Add(Read(element, IsPlain(element)));
        }

        return log.DrainToImmutable();
    }

    private static ServiceLogEntry Read(JsonElement element, bool isPlain) => new(
        LenientJson.Time(element, "timestamp"u8) ?? DateTimeOffset.UnixEpoch,
        Severity(LenientJson.Text(element, "severity"u8)),
        LenientJson.Text(element, "message"u8) ?? "")
    {
        Members = isPlain ? default : new FlowMembers(element),
    };

    private static string Severity(string? text) => text switch { "I" => "I", "E" => "E", "W" => "W", "D" => "D", null => "", _ => text };

    // It would be written again just so: three members in their order, a time among them.
    private static bool IsPlain(JsonElement element)
    {
        int index = 0;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            bool isExpected = index++ switch
            {
                0 => property.NameEquals("timestamp"u8) && property.Value.ValueKind == JsonValueKind.Number &&
                    property.Value.TryGetInt64(out long time) && time > 0,
                1 => property.NameEquals("severity"u8) && property.Value.ValueKind == JsonValueKind.String,
                2 => property.NameEquals("message"u8) && property.Value.ValueKind == JsonValueKind.String,
                _ => false,
            };
            if (!isExpected) return false;
        }

        return index == 3;
    }

    private static bool Says(ImmutableArray<ServiceLogEntry> log, JsonElement present)
    {
        if (present.ValueKind != JsonValueKind.Array) return log.IsEmpty;
        int index = 0;
        foreach (JsonElement element in Last(present))
        {
            if (element.ValueKind != JsonValueKind.Object) continue;
            if (index == log.Length || !Says(log[index++], element)) return false;
        }

        return index == log.Length;
    }

    private static bool Says(ServiceLogEntry entry, JsonElement present) =>
        (LenientJson.Time(present, "timestamp"u8) ?? DateTimeOffset.UnixEpoch).ToUnixTimeSeconds() == Math.Max(0, entry.Time.ToUnixTimeSeconds()) &&
        Says(present, "severity"u8, entry.Severity) && Says(present, "message"u8, entry.Message);

    private static bool Says(JsonElement present, ReadOnlySpan<byte> name, string text) =>
        present.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.ValueEquals(text)
            : (LenientJson.Text(present, name) ?? "") == text;

    private static IEnumerable<JsonElement> Last(JsonElement array) => array.EnumerateArray().Skip(Math.Max(0, array.GetArrayLength() - Service.MaxLogEntries));

    private static void Write(Utf8JsonWriter writer, ImmutableArray<ServiceLogEntry> log)
    {
        writer.WriteStartArray();
        foreach (ServiceLogEntry entry in log.AsSpan()[Math.Max(0, log.Length - Service.MaxLogEntries)..]) Entry.Write(writer, entry.Members, entry);
        writer.WriteEndArray();
    }
}
