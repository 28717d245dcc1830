using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using OneEdge.Flow.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Client;

/// <summary>A document as servers send it: all values of the cloud are texts, the body is JSON of its own.</summary>
internal sealed record DocumentAnswer(int Id, string Name, ServiceOwner Owner, Permissions Permissions, FlowMembers Document, FlowMembers Body)
{
    // A body has the depth of documents, and lies in a few objects more.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 72 };

    // OWNER_U, OWNER_M, OWNER_A, GROUP_U...
    private static readonly byte[][] Rights =
    [
        "OWNER_U"u8.ToArray(), "OWNER_M"u8.ToArray(), "OWNER_A"u8.ToArray(), "GROUP_U"u8.ToArray(), "GROUP_M"u8.ToArray(), "GROUP_A"u8.ToArray(),
        "OTHER_U"u8.ToArray(), "OTHER_M"u8.ToArray(), "OTHER_A"u8.ToArray(),
    ];

    /// <summary>The document in <c>{"DOCUMENT": {...}}</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static DocumentAnswer ReadOne(JsonElement root) => Read(Member(root, "DOCUMENT"u8, "$"));

    /// <summary>The documents in <c>{"DOCUMENT_POOL": {"DOCUMENT": [...]}}</c>; an empty pool has no such member.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<DocumentAnswer> ReadPool(JsonElement root)
    {
        JsonElement pool = Member(root, "DOCUMENT_POOL"u8, "$");
        if (!pool.TryGetProperty("DOCUMENT"u8, out JsonElement documents) || documents.ValueKind == JsonValueKind.Null) return [];
        return documents.ValueKind switch
        {
            JsonValueKind.Array => [.. documents.EnumerateArray().Select(Read)],
            JsonValueKind.Object => [Read(documents)],
            _ => throw new FormatException("$.DOCUMENT_POOL.DOCUMENT is no array"),
        };
    }

    /// <summary>The JSON of an answer.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) throw new FormatException("it is not UTF-8");
        if (!JsonTextCheck.IsDecodable(json)) throw new FormatException("a text has half a surrogate pair");
        try
        {
            return JsonElement.Parse(json, Options);
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is no JSON: {error.Message}", error);
        }
    }

    private static DocumentAnswer Read(JsonElement document)
    {
        if (document.ValueKind != JsonValueKind.Object) throw new FormatException("a document is no object");
        int id = LenientJson.Int(document, "ID"u8) is { } given and >= 0 ? given : throw new FormatException("a document has no ID");
        var owner = new ServiceOwner(
            LenientJson.Int(document, "UID"u8) ?? -1,
            LenientJson.Int(document, "GID"u8) ?? -1,
            LenientJson.Text(document, "UNAME"u8) ?? "",
            LenientJson.Text(document, "GNAME"u8) ?? "");
        return new DocumentAnswer(
            id, LenientJson.Text(document, "NAME"u8) ?? "", owner, PermissionsOf(document), new FlowMembers(document), new FlowMembers(BodyOf(document, id)));
    }

    private static JsonElement BodyOf(JsonElement document, int id)
    {
        JsonElement template = Member(document, "TEMPLATE"u8, $"document {id}");
        if (!template.TryGetProperty("BODY"u8, out JsonElement body)) throw new FormatException($"document {id} has no BODY");
        if (body.ValueKind == JsonValueKind.String) body = Parse(body.GetString()!, id);
        return body.ValueKind == JsonValueKind.Object ? body : throw new FormatException($"the BODY of document {id} is no object");
    }

    private static JsonElement Parse(string body, int id)
    {
        try
        {
            return ServiceDocument.Parse(Encoding.UTF8.GetBytes(body));
        }
        catch (Exception error) when (error is JsonException or FlowException)
        {
            throw new FormatException($"the BODY of document {id} is no JSON", error);
        }
    }

    private static Permissions PermissionsOf(JsonElement document)
    {
        if (!document.TryGetProperty("PERMISSIONS"u8, out JsonElement rights) || rights.ValueKind != JsonValueKind.Object) return default;
        int bits = 0;
        foreach (byte[] right in Rights) bits = (bits << 1) | (LenientJson.Int(rights, right) is 1 ? 1 : 0);
        return new Permissions(bits);
    }

    private static JsonElement Member(JsonElement owner, ReadOnlySpan<byte> name, string where) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object
            ? value : throw new FormatException($"{where} has no object {Encoding.UTF8.GetString(name)}");
}
