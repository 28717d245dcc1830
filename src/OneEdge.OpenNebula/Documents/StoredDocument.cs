using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneEdge.OpenNebula;

/// <summary>A document as a store gave it.</summary>
public sealed record StoredDocument
{
    /// <summary>The id.</summary>
    public required int Id { get; init; }

    /// <summary>The type; see <see cref="DocumentType"/>.</summary>
    public required DocumentType Type { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The version of <see cref="Body"/>.</summary>
    public required DocumentVersion Version { get; init; }

    /// <summary>The body: a JSON object in UTF-8, unless <see cref="Problem"/> says what else it is.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Why the body cannot be read as JSON: another program wrote something else, or it is encrypted; usually <see langword="null"/>.</summary>
    public string? Problem { get; init; }

    /// <summary>The newest lease that was not released, also when it is past its time.</summary>
    public DocumentLease? Lease { get; init; }

    /// <summary>Whose it is, where the store has users.</summary>
    public DocumentOwner? Owner { get; init; }

    /// <summary>When it was created, where the store knows; the document pool does not.</summary>
    public DateTimeOffset? RegistrationTime { get; init; }

    /// <summary>The id and the version.</summary>
    public DocumentRevision Revision => new(Id, Version);

    /// <summary>The body as a text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body.Span);

    /// <summary>The body as an object.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="type">How it is read; from a source-generated context.</param>
    /// <exception cref="OpenNebulaException"><see cref="OpenNebulaErrorCodes.DocumentUnreadable"/>: it is no such object.</exception>
    public T ReadBody<T>(JsonTypeInfo<T> type)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(type);
        if (Problem is not null) throw Unreadable(Problem, null);
        try
        {
            return JsonSerializer.Deserialize(Body.Span, type) ?? throw Unreadable("it is null", null);
        }
        catch (JsonException e)
        {
            throw Unreadable($"it is no {typeof(T).Name}, see the inner exception", e);
        }
    }

    /// <summary>Id, type, version and name; a body may be a secret.</summary>
    public override string ToString() => $"document {Id} of type {Type}, version {Version}: {Name}";

    private OpenNebulaException Unreadable(string why, Exception? cause) =>
        new(OpenNebulaErrorCodes.DocumentUnreadable, $"The body of document {Id} (type {Type}) cannot be used: {why}.", cause);
}
