using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OneEdge.OpenNebula;

/// <summary>
/// Puts what the store keeps into the body as its last member, and takes it out again so that every other byte is as it was. Programs that do not know
/// the member keep it, for it is one more member of an object; a copy of a document has it, too, and is told by the id in it.
/// </summary>
internal static class BodyEnvelope
{
    // Numbers of JSON that every reader keeps exactly.
    private const long MaxNumber = (1L << 53) - 1;
    private const long MaxTime = 253_402_300_799_999;

    /// <summary>A checked body without what XML changes or does not carry: <c>]]&gt;</c>, carriage returns and the two characters that it lacks; and
    /// without characters above U+FFFF, which the XML-RPC library of OpenNebula refuses (xmlrpc-c 1.33, src/utf8.c).</summary>
    public static ReadOnlyMemory<byte> Storable(ReadOnlyMemory<byte> body)
    {
        body = Trim(body);
        ReadOnlySpan<byte> text = body.Span;
        if (!text.Contains((byte)'\r') && text.IndexOf("]]>"u8) < 0 && text.IndexOf("\uFFFE"u8) < 0 && text.IndexOf("\uFFFF"u8) < 0
            && !text.ContainsAnyInRange((byte)0xF0, (byte)0xF4)) return body;
        var target = new ArrayBufferWriter<byte>(text.Length + 64);
        for (int i = 0; i < text.Length; i++)
        {
            ReadOnlySpan<byte> rest = text[i..];
            // Outside of strings JSON has none of these but the carriage return, and inside of them not that one.
            if (rest[0] == '\r') target.Write(" "u8);
            else if (rest[0] == '>' && text[..i].EndsWith("]]"u8)) target.Write("\\u003e"u8);
            else if (rest.StartsWith("\uFFFE"u8)) i += Replace(target, "\\ufffe"u8);
            else if (rest.StartsWith("\uFFFF"u8)) i += Replace(target, "\\uffff"u8);
            else if (rest[0] >= 0xF0) i += ReplaceRune(target, rest);
            else target.Write(rest[..1]);
        }

        return target.WrittenMemory;
    }

    /// <summary>A body with the member of the store.</summary>
    /// <param name="content">The storable content.</param>
    /// <param name="documentId">The id of the document.</param>
    /// <param name="meta">What the store keeps.</param>
    public static byte[] Join(ReadOnlySpan<byte> content, int documentId, BodyMeta meta)
    {
        List<Range> members = MembersOf(content, out _);
        int at = members.Count == 0 ? content.IndexOf((byte)'{') + 1 : members[^1].End.Value;
        var target = new ArrayBufferWriter<byte>(content.Length + 128);
        target.Write(content[..at]);
        if (members.Count > 0) target.Write(","u8);
        target.Write("\""u8);
        target.Write(Encoding.UTF8.GetBytes(DocumentRules.ReservedMember));
        target.Write("\":"u8);
        WriteMeta(target, documentId, meta);
        target.Write(content[at..]);
        return target.WrittenSpan.ToArray();
    }

    /// <summary>The content of a body, and what a store keeps of this document in it.</summary>
    /// <param name="stored">The body, which <see cref="DocumentRules"/> found to be an object.</param>
    /// <param name="documentId">The id of the document.</param>
    public static (ReadOnlyMemory<byte> Content, BodyMeta Meta) Split(ReadOnlyMemory<byte> stored, int documentId)
    {
        ReadOnlySpan<byte> text = stored.Span;
        List<Range> members = MembersOf(text, out List<int> reserved);
        if (reserved.Count == 0) return (stored, BodyMeta.None);
        BodyMeta meta = ReadMeta(text[members[reserved[^1]]], documentId);
        var target = new ArrayBufferWriter<byte>(text.Length);
        int first = reserved[0];
        if (reserved.Count == 1 && first == members.Count - 1)
        {
            int cut = first == 0 ? members[0].Start.Value : members[first - 1].End.Value;
            target.Write(text[..cut]);
            target.Write(text[members[first].End..]);
            return (target.WrittenMemory, meta);
        }

        target.Write("{"u8);
        foreach (Range member in members.Where((_, i) => !reserved.Contains(i)))
        {
            if (target.WrittenCount > 1) target.Write(","u8);
            target.Write(text[member]);
        }

        target.Write("}"u8);
        return (target.WrittenMemory, meta);
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> body)
    {
        ReadOnlySpan<byte> blanks = " \t\r\n"u8;
        int start = body.Span.IndexOfAnyExcept(blanks);
        return start < 0 ? default : body[start..(body.Span.LastIndexOfAnyExcept(blanks) + 1)];
    }

    private static int Replace(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> escape)
    {
        target.Write(escape);
        return 2;
    }

    private static int ReplaceRune(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> text)
    {
        Rune.DecodeFromUtf8(text, out Rune rune, out int length);
        Span<char> halves = stackalloc char[2];
        rune.EncodeToUtf16(halves);
        foreach (char half in halves) target.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)half:x4}")));
        return length - 1;
    }

    // Where the members of the object are, names included, and the numbers of those that are the store's.
    private static List<Range> MembersOf(ReadOnlySpan<byte> body, out List<int> reserved)
    {
        List<Range> members = [];
        reserved = [];
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(DocumentRules.ReservedMember)) reserved.Add(members.Count);
            int start = (int)reader.TokenStartIndex;
            reader.Read();
            reader.Skip();
            members.Add(start..(int)reader.BytesConsumed);
        }

        return members;
    }

    private static void WriteMeta(ArrayBufferWriter<byte> target, int documentId, BodyMeta meta)
    {
        using var writer = new Utf8JsonWriter(target);
        writer.WriteStartObject();
        writer.WriteNumber("document", documentId);
        writer.WriteNumber("version", meta.Version);
        if (meta.Token > 0)
        {
            writer.WriteStartObject("lease");
            writer.WriteNumber("token", meta.Token);
            if (meta.Holder is not null)
            {
                writer.WriteString("holder", meta.Holder);
                writer.WriteNumber("expires", meta.ExpiresAt);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    // What is not as it was written here is as good as not there.
    private static BodyMeta ReadMeta(ReadOnlySpan<byte> member, int documentId)
    {
        byte[] wrapped = [(byte)'{', .. member, (byte)'}'];
        using var json = JsonDocument.Parse(wrapped, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        JsonElement meta = json.RootElement.EnumerateObject().First().Value;
        if (Number(meta, "document", int.MaxValue) != documentId || Number(meta, "version", MaxNumber) is not { } version) return BodyMeta.None;
        if (!Member(meta, "lease", out JsonElement lease) || Number(lease, "token", MaxNumber) is not { } token) return new BodyMeta(version);
        bool isHeld = Member(lease, "holder", out JsonElement holder) && holder.ValueKind == JsonValueKind.String;
        return isHeld && Number(lease, "expires", MaxTime) is { } expires && Text(holder) is { } name
            ? new BodyMeta(version, token, name, expires)
            : new BodyMeta(version, token);
    }

    private static bool Member(JsonElement of, string name, out JsonElement member)
    {
        member = default;
        return of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out member);
    }

    private static long? Number(JsonElement of, string name, long max) =>
        Member(of, name, out JsonElement member) && member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out long number)
            && number >= 0 && number <= max ? number : null;

    private static string? Text(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
