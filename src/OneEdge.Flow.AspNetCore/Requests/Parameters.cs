using System.Globalization;
using System.Text.Json;

namespace OneEdge.Flow.AspNetCore;

/// <summary>The parameters of an action. Numbers and truth may be written as texts, as clients of OneFlow do.</summary>
internal readonly struct Parameters(JsonElement members)
{
    /// <summary>A value; <see langword="null"/> when it is not there, or <c>null</c>.</summary>
    public JsonElement? Find(string name)
    {
        if (members.ValueKind != JsonValueKind.Object || !members.TryGetProperty(name, out JsonElement value)) return null;
        return value.ValueKind == JsonValueKind.Null ? null : value;
    }

    /// <summary>A text, or a number as one; <see langword="null"/> when it is not there.</summary>
    public string? Text(string name) => Find(name) is not { } value ? null : value.ValueKind switch
    {
        JsonValueKind.String => JsonValues.TextOf(value, name),
        JsonValueKind.Number => value.GetRawText(),
        _ => throw AnswerException.BadParameter($"'{name}' is a text."),
    };

    /// <summary>A whole number; <see langword="null"/> when it is not there.</summary>
    public int? Number(string name)
    {
        if (Text(name) is not { } text) return null;
        return int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : throw AnswerException.BadParameter($"'{name}' is a whole number.");
    }

    /// <summary>Whether something is so; it is not when nothing is said.</summary>
    public bool Flag(string name) => Find(name) is { } value && (value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when JsonValues.TextOf(value, name) is "true" or "false" => value.ValueEquals("true"u8),
        _ => throw AnswerException.BadParameter($"'{name}' is true or false."),
    });
}
