using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OneEdge.Flow.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// Documents as OneFlow gives them: what the cloud says, in texts, and the body as it is, without what this program and its stores keep in it for themselves.
/// </summary>
internal static class DocumentJson
{
    private const string BodyElement = "BODY";
    private const string OwnPrefix = "ONEEDGE_";
    private const string FlowMember = "oneedge_flow";

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = 1000, CommentHandling = JsonCommentHandling.Skip };

    private static readonly JsonWriterOptions WriteOptions = new()
    {
        Indented = true,
        MaxDepth = 1100,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    // What a body is made of, as far as members of ours stand in it.
    private enum Part
    {
        Service,
        Roles,
        Role,
        Nodes,
        Node,
        Other,
    }

    /// <summary><c>{"DOCUMENT": {...}}</c></summary>
    /// <param name="document">The document.</param>
    /// <param name="cooldown">The cooldown of roles of services that do not say it, which OneFlow writes into them; in seconds.</param>
    /// <param name="service">What the body is made of instead of the document's own; <see langword="null"/> for that.</param>
    public static byte[] Write(Document document, int cooldown, Service? service = null) => Written(writer =>
    {
        writer.WriteStartObject();
        writer.WritePropertyName("DOCUMENT");
        WriteDocument(writer, document, cooldown, service);
        writer.WriteEndObject();
    });

    /// <summary><c>{"DOCUMENT_POOL": {"DOCUMENT": [...]}}</c>; an empty pool has no list, as with OneFlow.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="cooldown">As with <see cref="Write"/>.</param>
    /// <param name="find">Gives the services of which bodies are made instead of the documents' own.</param>
    public static byte[] WritePool(IReadOnlyList<Document> documents, int cooldown, Func<int, Service?> find) => Written(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("DOCUMENT_POOL");
        if (documents.Count > 0)
        {
            writer.WriteStartArray("DOCUMENT");
            foreach (Document document in documents) WriteDocument(writer, document, cooldown, find(document.Id));
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>The body of a document; <see langword="null"/> when it is no JSON.</summary>
    public static JsonElement? BodyOf(Document document)
    {
        if (document.Template.Get(BodyElement) is not { } text) return null;
        try
        {
            return JsonElement.Parse(text, ReadOptions);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The body of a document without members of ours.</summary>
    public static byte[] CleanBody(JsonElement body) => Written(writer => WriteBody(writer, body, Part.Service, null));

    private static byte[] Written(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, WriteOptions)) write(writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteDocument(Utf8JsonWriter writer, Document document, int cooldown, Service? service)
    {
        writer.WriteStartObject();
        Number(writer, "ID", document.Id);
        Number(writer, "UID", document.OwnerId);
        Number(writer, "GID", document.GroupId);
        writer.WriteString("UNAME", document.OwnerName);
        writer.WriteString("GNAME", document.GroupName);
        writer.WriteString("NAME", document.Name);
        Number(writer, "TYPE", (int)document.Type);
        if (document.Permissions is { } permissions) WritePermissions(writer, permissions);
        if (document.Lock is { } held) WriteLock(writer, held);
        JsonElement? body = service is null ? BodyOf(document) : JsonElement.Parse(ServiceDocument.Write(service), ReadOptions);
        WriteTemplate(writer, document, body, document.Type == DocumentType.Service ? cooldown : null);
        writer.WriteEndObject();
    }

    private static void WritePermissions(Utf8JsonWriter writer, Permissions permissions)
    {
        writer.WriteStartObject("PERMISSIONS");
        Flag(writer, "OWNER_U", permissions.OwnerUse);
        Flag(writer, "OWNER_M", permissions.OwnerManage);
        Flag(writer, "OWNER_A", permissions.OwnerAdmin);
        Flag(writer, "GROUP_U", permissions.GroupUse);
        Flag(writer, "GROUP_M", permissions.GroupManage);
        Flag(writer, "GROUP_A", permissions.GroupAdmin);
        Flag(writer, "OTHER_U", permissions.OtherUse);
        Flag(writer, "OTHER_M", permissions.OtherManage);
        Flag(writer, "OTHER_A", permissions.OtherAdmin);
        writer.WriteEndObject();
    }

    private static void WriteLock(Utf8JsonWriter writer, ObjectLock held)
    {
        writer.WriteStartObject("LOCK");
        Number(writer, "LOCKED", (int)held.Level);
        Number(writer, "OWNER", held.OwnerId);
        Number(writer, "TIME", held.Time?.ToUnixTimeSeconds() ?? 0);
        Number(writer, "REQ_ID", held.RequestId);
        writer.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter writer, Document document, JsonElement? body, int? cooldown)
    {
        writer.WriteStartObject("TEMPLATE");
        foreach (IGrouping<string, TemplateAttribute> same in document.Template.GroupBy(a => a.Name, StringComparer.Ordinal))
        {
            if (same.Key.StartsWith(OwnPrefix, StringComparison.Ordinal)) continue;
            writer.WritePropertyName(same.Key);
            if (same.Key == BodyElement && body is { } known)
            {
                WriteBody(writer, known, Part.Service, cooldown);
                continue;
            }

            TemplateAttribute[] all = [.. same];
            if (all.Length > 1) writer.WriteStartArray();
            foreach (TemplateAttribute attribute in all) WriteAttribute(writer, attribute);
            if (all.Length > 1) writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteAttribute(Utf8JsonWriter writer, TemplateAttribute attribute)
    {
        if (attribute.Value is { } value)
        {
            WriteText(writer, value);
            return;
        }

        writer.WriteStartObject();
        foreach ((string name, string item) in attribute.Items)
        {
            writer.WritePropertyName(name);
            WriteText(writer, item);
        }

        writer.WriteEndObject();
    }

    // An element without a text is one without elements for OneFlow.
    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        if (text.Length > 0)
        {
            writer.WriteStringValue(text);
            return;
        }

        writer.WriteStartObject();
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, JsonElement value, Part part, int? cooldown)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty member in value.EnumerateObject())
                {
                    if (IsOwn(member, part)) continue;
                    writer.WritePropertyName(NameOf(member));
                    WriteBody(writer, member.Value, PartOf(member, part), cooldown);
                }

                if (part == Part.Role && cooldown is { } seconds && !value.TryGetProperty("cooldown"u8, out _)) writer.WriteNumber("cooldown", seconds);
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                Part item = part switch { Part.Roles => Part.Role, Part.Nodes => Part.Node, _ => Part.Other };
                foreach (JsonElement element in value.EnumerateArray()) WriteBody(writer, element, item, cooldown);
                writer.WriteEndArray();
                break;
            default:
                // As it is written: numbers of any length, and texts that are none.
                writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
                break;
        }
    }

    private static bool IsOwn(JsonProperty member, Part part) =>
        (part == Part.Service && member.NameEquals(DocumentRules.ReservedMember))
            || (part is Part.Service or Part.Role or Part.Node && member.NameEquals(FlowMember));

    private static Part PartOf(JsonProperty member, Part part) => part switch
    {
        Part.Service when member.NameEquals("roles"u8) => Part.Roles,
        Part.Role when member.NameEquals("nodes"u8) => Part.Nodes,
        _ => Part.Other,
    };

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "\uFFFD";
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, long value) =>
        writer.WriteString(name, value.ToString(CultureInfo.InvariantCulture));

    private static void Flag(Utf8JsonWriter writer, string name, bool value) => writer.WriteString(name, value ? "1" : "0");
}
