using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace OneEdge.Flow.Documents;

/// <summary>
/// The document of a service, as the original writes and reads it: the JSON that lies in <c>BODY</c> of a document of type 100. What nobody here knows, the
/// order of members and <see langword="null"/>s survive, so that a document that was read and not changed is written as it was. What the original has no
/// member for stands in a member <c>oneedge_flow</c> of the service, role or virtual machine, which the original ignores; it is
/// absent when there is nothing to say.
/// </summary>
public static class ServiceDocument
{
    /// <summary>The most bytes that a document may have: 16 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions ReadOptions = new() { MaxDepth = MaxDepth };

    private static readonly JsonWriterOptions WriteOptions = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        MaxDepth = MaxDepth + 8,
        SkipValidation = true,
    };

    /// <summary>Reads a document. Documents of 6.0, 6.10 and 7.x are read; numbers may be texts, members may be absent.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="name">Its name in the cloud, which is not the <c>name</c> of the template in it when the service was renamed.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="body">The JSON, UTF-8.</param>
    /// <returns>The service; nothing is known of its virtual machines and networks yet.</returns>
    /// <exception cref="FlowException">It cannot be read (<see cref="FlowErrorCodes.ServiceUnreadable"/>); the message begins with the JSON path.</exception>
    public static Service Read(int id, string name, ServiceOwner owner, ReadOnlyMemory<byte> body)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(owner);
        return Total(() => ServiceMembers.Read(id, name, owner, Parse(body.Span)));
    }

    /// <summary>Writes a document.</summary>
    /// <param name="service">The service.</param>
    /// <returns>The JSON, UTF-8.</returns>
    public static byte[] Write(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        var buffer = new ArrayBufferWriter<byte>(4096);
        Write(buffer, service);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes a document.</summary>
    /// <param name="output">Where it goes: JSON, UTF-8.</param>
    /// <param name="service">The service.</param>
    public static void Write(IBufferWriter<byte> output, Service service)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(service);
        using var writer = new Utf8JsonWriter(output, WriteOptions);
        ServiceMembers.Table.Write(writer, service.Definition.Members, service);
    }

    internal static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes) throw Unreadable.At("$", $"the document has {json.Length} bytes; at most {MaxBytes} are read.");
        if (!Utf8.IsValid(json)) throw Unreadable.At("$", "the document is not UTF-8.");
        if (!JsonTextCheck.IsDecodable(json)) throw Unreadable.At("$", "a text of the document has half a surrogate pair.");
        return JsonElement.Parse(json, ReadOptions);
    }

    internal static T Total<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException error)
        {
            throw Unreadable.At("$", $"the document is no JSON: {error.Message}", error);
        }
    }
}
