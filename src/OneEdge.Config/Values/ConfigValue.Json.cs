using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OneEdge.Config;

public sealed partial class ConfigValue
{
    private static readonly JsonDocumentOptions JsonReading = new() { MaxDepth = ConfigLimits.DefaultMaxDepth };

    /// <summary>
    /// Reads one JSON value as the original does: <c>/* comments */</c> are skipped, and a backslash that escapes nothing is dropped (<c>"\$"</c> is <c>$</c>).
    /// Whole numbers keep every digit; <c>1e3</c> is a floating-point number; of a repeated key the last value counts.
    /// </summary>
    /// <param name="json">The JSON text.</param>
    /// <returns>The value; it holds no symbols.</returns>
    /// <exception cref="ConfigException"><c>OEC1101</c>: the text is not one JSON value, with the reason.</exception>
    public static ConfigValue ParseJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ParseJson(json.AsSpan());
    }

    /// <inheritdoc cref="ParseJson(string)"/>
    internal static ConfigValue ParseJson(ReadOnlySpan<char> json)
    {
        if (IsPlainText(json)) return From(json[1..^1].ToString());
        string text = json.ToString();
        if (TryRead(text, out Exception? problem) is { } value) return value;
        if (RubyJson.ToStandard(text) is { } standard && TryRead(standard, out problem) is { } repaired) return repaired;
        throw new ConfigException(ConfigErrorCodes.Json, $"Not a JSON value: {problem!.Message}", problem);
    }

    private static ConfigValue? TryRead(string json, out Exception? problem)
    {
        problem = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, JsonReading);
            return FromJson(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            // Bytes that are not UTF-8 travel as lone surrogates, which the reader takes for a wrong argument.
            problem = e is ArgumentException ? new JsonException("it holds bytes that are not UTF-8", e) : e;
            return null;
        }
    }

    /// <summary>Takes a value over from System.Text.Json.</summary>
    /// <param name="element">The JSON value.</param>
    /// <returns>The value.</returns>
    public static ConfigValue FromJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        JsonValueKind.String => From(element.GetString()),
        JsonValueKind.Number => Number(element.GetRawText()),
        JsonValueKind.Array => Array(element.EnumerateArray().Select(FromJson)),
        JsonValueKind.Object => Map(element.EnumerateObject().Select(p => KeyValuePair.Create(From(p.Name), FromJson(p.Value)))),
        _ => Null,
    };

    /// <summary>This value as compact JSON, as the original prints it: symbols as <c>":name"</c>, also as keys; text is not escaped beyond need.</summary>
    /// <returns>One line of JSON.</returns>
    public string ToJson()
    {
        var json = new StringBuilder();
        AppendJson(json);
        return json.ToString();
    }

    /// <summary>This value for System.Text.Json; symbols become <c>":name"</c>, keys become strings.</summary>
    /// <returns>The node; <see langword="null"/> for null.</returns>
    /// <exception cref="InvalidOperationException">The value holds a floating-point number that JSON cannot write (infinite, not a number).</exception>
    public JsonNode? ToJsonNode() => Kind switch
    {
        ConfigValueKind.Null => null,
        ConfigValueKind.Boolean => JsonValue.Create(AsBoolean()),
        ConfigValueKind.Integer => JsonNode.Parse(AsInteger().ToString(CultureInfo.InvariantCulture)),
        ConfigValueKind.Float => double.IsFinite(AsDouble()) ? JsonValue.Create(AsDouble()) : throw new InvalidOperationException($"JSON has no {this}."),
        ConfigValueKind.Array => new JsonArray([.. Items.Select(i => i.ToJsonNode())]),
        ConfigValueKind.Map => new JsonObject(Members.Select(m => KeyValuePair.Create(RubyText.OfJsonKey(m.Key), m.Value.ToJsonNode()))),
        _ => JsonValue.Create(ToString()),
    };

    // Most values of a patch: a text without escapes needs no JSON reader.
    private static bool IsPlainText(ReadOnlySpan<char> json)
    {
        if (json is not ['"', .. var text, '"']) return false;
        return text.IndexOfAnyExceptInRange(' ', '\uD7FF') < 0 && text.IndexOfAny('"', '\\') < 0;
    }

    private static ConfigValue Number(string text) => text.AsSpan().ContainsAny('.', 'e', 'E')
        ? From(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))
        : From(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    private void AppendJson(StringBuilder json)
    {
        switch (Kind)
        {
            case ConfigValueKind.Null:
                json.Append("null");
                break;
            case ConfigValueKind.String or ConfigValueKind.Symbol:
                AppendJsonString(json, ToString());
                break;
            case ConfigValueKind.Array:
                json.Append('[');
                for (int i = 0; i < Items.Count; i++)
                {
                    if (i > 0) json.Append(',');
                    Items[i].AppendJson(json);
                }

                json.Append(']');
                break;
            case ConfigValueKind.Map:
                json.Append('{');
                for (int i = 0; i < Members.Count; i++)
                {
                    if (i > 0) json.Append(',');
                    AppendJsonString(json, RubyText.OfJsonKey(Members[i].Key));
                    json.Append(':');
                    Members[i].Value.AppendJson(json);
                }

                json.Append('}');
                break;
            case ConfigValueKind.Float when double.IsInfinity(AsDouble()):
                // JSON has no word for it, but this reads as it.
                json.Append(AsDouble() > 0 ? "1e999" : "-1e999");
                break;
            default:
                json.Append(ToString());
                break;
        }
    }

    private static void AppendJsonString(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\n' => json.Append("\\n"),
                '\r' => json.Append("\\r"),
                '\t' => json.Append("\\t"),
                '\b' => json.Append("\\b"),
                '\f' => json.Append("\\f"),
                < ' ' => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => json.Append(c),
            };
        }

        json.Append('"');
    }
}
