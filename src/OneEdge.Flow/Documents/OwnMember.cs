using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>The member <c>oneedge_flow</c>: what the original has no member for. Absent when there is nothing to say.</summary>
internal static class OwnMember
{
    public const string Name = "oneedge_flow";

    /// <summary>The member of an object; undefined when there is none.</summary>
    public static JsonElement Find(JsonElement owner) =>
        owner.TryGetProperty("oneedge_flow"u8, out JsonElement own) && own.ValueKind == JsonValueKind.Object ? own : default;

    public static DocumentMember<T> Of<T>(ObjectOverlay<T> table) => new(Name)
    {
        // Something else than an object is not ours.
        Says = (value, present) => present.ValueKind != JsonValueKind.Object && !table.HasAny(default, value),
        HasValue = value => table.HasAny(default, value),
        HasValueOver = table.HasAny,
        WriteValue = (writer, value, present) =>
            table.Write(writer, present.ValueKind == JsonValueKind.Object ? new FlowMembers(present) : default, value),
    };
}
