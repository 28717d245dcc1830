using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OneEdge.Text;

namespace OneEdge.Flow;

/// <summary>
/// Reads JSON as the programs of OpenNebula do: of a member that stands twice the last one counts, at the place of the first; comments are skipped.
/// </summary>
internal sealed class JsonText
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly UTF8Encoding Lenient = new(encoderShouldEmitUTF8Identifier: false);

    private readonly ErrorList _errors;
    private readonly List<string> _repeated;

    private JsonText(ErrorList errors, List<string> repeated)
    {
        _errors = errors;
        _repeated = repeated;
    }

    /// <summary>Reads a text; the errors say why when it is none.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> json, ServiceTemplateLimits limits, ErrorList errors, List<string> repeated, out JsonNode? root)
    {
        root = null;
        if (json.Length > limits.MaxBytes)
        {
            errors.Own("$", FlowErrorCodes.TemplateTooLarge, $"The template has {json.Length} bytes, and {limits.MaxBytes} are read.");
            return false;
        }

        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth, CommentHandling = JsonCommentHandling.Skip });
        try
        {
            JsonElement element = JsonElement.ParseValue(ref reader);
            while (reader.Read())
            {
                // Only comments may follow; the reader complains of anything else.
            }

            root = new JsonText(errors, repeated).ToNode(element, "$");
            return !errors.HasAny;
        }
        catch (JsonException failure)
        {
            errors.NotJson(json.Span, failure, limits);
            return false;
        }
    }

    /// <summary>The bytes of a text; half a surrogate pair becomes U+FFFD.</summary>
    public static byte[] ToUtf8(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Lenient.GetBytes(json);
    }

    /// <summary>The bytes of a tree, without blanks and with all letters as they are.</summary>
    public static byte[] ToUtf8(JsonNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, WriterOptions)) node.WriteTo(writer);
        return stream.ToArray();
    }

    /// <summary>The line and column, from 1, of a byte of a text.</summary>
    public static LinePosition PositionOf(ReadOnlySpan<byte> text, long line, long byteInLine)
    {
        ReadOnlySpan<byte> rest = text;
        for (long i = 0; i < line && rest.IndexOf((byte)'\n') is >= 0 and var end; i++) rest = rest[(end + 1)..];
        ReadOnlySpan<byte> before = rest[..(int)Math.Min(byteInLine, rest.Length)];
        return new LinePosition((int)line + 1, Lenient.GetCharCount(before) + 1);
    }

    private JsonNode? ToNode(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return ToObject(element, path);
            case JsonValueKind.Array:
                var array = new JsonArray();
                foreach (JsonElement item in element.EnumerateArray()) array.Add(ToNode(item, $"{path}[{array.Count}]"));
                return array;
            case JsonValueKind.String:
                return JsonValue.Create(TextOf(element, path));
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element);
        }
    }

    private JsonObject ToObject(JsonElement element, string path)
    {
        var target = new JsonObject();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string? name = NameOf(member, path);
            if (name is null) continue;
            string memberPath = JsonPaths.Member(path, name);
            if (target.ContainsKey(name)) _repeated.Add(memberPath);
            target[name] = ToNode(member.Value, memberPath);
        }

        return target;
    }

    private string? NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            Halves(path);
            return null;
        }
    }

    private string TextOf(JsonElement element, string path)
    {
        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Halves(path);
            return "";
        }
    }

    private void Halves(string path) =>
        _errors.Own(path, FlowErrorCodes.TemplateNotJson, "A text holds half of a surrogate pair, or bytes that are not UTF-8, and cannot be stored.");
}
