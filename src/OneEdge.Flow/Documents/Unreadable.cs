using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>What is said of a document that cannot be read.</summary>
internal static class Unreadable
{
    public static FlowException At(string path, string reason, Exception? innerException = null) =>
        new(FlowErrorCodes.ServiceUnreadable, $"{path}: {reason}", innerException);

    /// <summary>The member, when it is an array; nothing when it is absent.</summary>
    public static JsonElement? Array(JsonElement owner, ReadOnlySpan<byte> name, string path)
    {
        if (!owner.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.Array ? value : throw At(path, $"an array was expected, and this is {Kind(value)}.");
    }

    public static JsonElement Object(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Object ? value : throw At(path, $"an object was expected, and this is {Kind(value)}.");

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
