using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OneEdge.Flow.Documents;

/// <summary>Reads values as the versions and tools that write them have them: numbers as texts, texts as numbers. What cannot be read is absent.</summary>
internal static class LenientJson
{
    /// <summary>A whole number: a JSON number, cut off behind the point, or a text that is one.</summary>
    public static int? Int(JsonElement value) => Long(value) is { } number and >= int.MinValue and <= int.MaxValue ? (int)number : null;

    /// <summary>A member as a whole number.</summary>
    public static int? Int(JsonElement owner, ReadOnlySpan<byte> name) => owner.TryGetProperty(name, out JsonElement value) ? Int(value) : null;

    /// <summary>A text; numbers and booleans as they are written.</summary>
    public static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    /// <summary>A member as a text.</summary>
    public static string? Text(JsonElement owner, ReadOnlySpan<byte> name) => owner.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    /// <summary>A boolean; <c>"true"</c> too.</summary>
    public static bool Flag(JsonElement value) =>
        value.ValueKind == JsonValueKind.True ||
        (value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), "true", StringComparison.OrdinalIgnoreCase));

    /// <summary>A member as a boolean.</summary>
    public static bool Flag(JsonElement owner, ReadOnlySpan<byte> name) => owner.TryGetProperty(name, out JsonElement value) && Flag(value);

    /// <summary>A time in seconds since 1970; zero and what is no time are absent.</summary>
    public static DateTimeOffset? Time(JsonElement value) =>
        Long(value) is { } seconds and > 0 and <= 253_402_300_799 ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    /// <summary>A member as a time.</summary>
    public static DateTimeOffset? Time(JsonElement owner, ReadOnlySpan<byte> name) => owner.TryGetProperty(name, out JsonElement value) ? Time(value) : null;

    /// <summary>Whether there is something: no <see langword="null"/>.</summary>
    public static bool Has(JsonElement owner, ReadOnlySpan<byte> name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Whether a value is the text, or says nothing when there is none.</summary>
    public static bool Says(JsonElement value, string? text) => value.ValueKind switch
    {
        JsonValueKind.String => text is not null && value.ValueEquals(text),
        _ => Text(value) == text,
    };

    /// <summary>Writes a value as it was read, down to the form of its numbers.</summary>
    public static void WriteRaw(Utf8JsonWriter writer, JsonElement value) =>
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);

    private static long? Long(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt64(out long number)) return number;
            return value.TryGetDouble(out double real) && Math.Abs(real) < 1e15 ? (long)real : null;
        }

        return value.ValueKind == JsonValueKind.String &&
            long.TryParse(value.GetString(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long parsed) ? parsed : null;
    }
}
