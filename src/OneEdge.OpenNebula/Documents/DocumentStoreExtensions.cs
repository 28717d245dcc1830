using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OneEdge.OpenNebula;

/// <summary>Documents as texts and as objects.</summary>
public static class DocumentStoreExtensions
{
    /// <inheritdoc cref="IDocumentStore.CreateAsync"/>
    public static Task<DocumentRevision> CreateAsync(
        this IDocumentStore store, DocumentType type, string? name, string body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.CreateAsync(type, name, Bytes(body), cancellationToken);
    }

    /// <inheritdoc cref="IDocumentStore.CreateAsync"/>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="type">The type, not negative; see <see cref="DocumentType"/>.</param>
    /// <param name="name">The name, which need not be unique; <see langword="null"/> for <c>document-</c> and the id.</param>
    /// <param name="body">The object.</param>
    /// <param name="json">How it is written; from a source-generated context.</param>
    /// <param name="cancellationToken">Cancels the call; the document may be there all the same.</param>
    public static Task<DocumentRevision> CreateAsync<T>(
        this IDocumentStore store, DocumentType type, string? name, T body, JsonTypeInfo<T> json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.CreateAsync(type, name, JsonSerializer.SerializeToUtf8Bytes(body, json), cancellationToken);
    }

    /// <inheritdoc cref="IDocumentStore.UpdateAsync"/>
    public static Task<DocumentRevision> UpdateAsync(
        this IDocumentStore store, int id, DocumentVersion expected, string body, long? fencingToken = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.UpdateAsync(id, expected, Bytes(body), fencingToken, cancellationToken);
    }

    /// <inheritdoc cref="IDocumentStore.UpdateAsync"/>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the document.</param>
    /// <param name="expected">The version that the change is based on.</param>
    /// <param name="body">The object.</param>
    /// <param name="json">How it is written; from a source-generated context.</param>
    /// <param name="fencingToken">The token of the lease under which the change is made; refused when a newer lease was granted.</param>
    /// <param name="cancellationToken">Cancels the call; the change may be made all the same.</param>
    public static Task<DocumentRevision> UpdateAsync<T>(
        this IDocumentStore store,
        int id,
        DocumentVersion expected,
        T body,
        JsonTypeInfo<T> json,
        long? fencingToken = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.UpdateAsync(id, expected, JsonSerializer.SerializeToUtf8Bytes(body, json), fencingToken, cancellationToken);
    }

    /// <summary>Reads a document, changes it, and writes it; over again when somebody else changed it in between.</summary>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the document.</param>
    /// <param name="change">Gives the new body; called again after each conflict. <see langword="null"/> leaves the document as it is.</param>
    /// <param name="fencingToken">The token of the lease under which the change is made; refused when a newer lease was granted.</param>
    /// <param name="attempts">How often it is tried.</param>
    /// <param name="cancellationToken">Cancels the call; the change may be made all the same.</param>
    /// <returns>The version that was written, or found.</returns>
    /// <exception cref="DocumentConflictException">Somebody else was quicker each time.</exception>
    public static async Task<DocumentRevision> ModifyAsync(
        this IDocumentStore store,
        int id,
        Func<StoredDocument, ReadOnlyMemory<byte>?> change,
        long? fencingToken = null,
        int attempts = 10,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(change);
        ArgumentOutOfRangeException.ThrowIfLessThan(attempts, 1);
        for (int attempt = 1; ; attempt++)
        {
            StoredDocument current = await store.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            if (change(current) is not { } body) return current.Revision;
            try
            {
                return await store.UpdateAsync(id, current.Version, body, fencingToken, cancellationToken).ConfigureAwait(false);
            }
            catch (DocumentConflictException) when (attempt < attempts)
            {
                // Somebody got ahead, so that somebody gets on.
            }
        }
    }

    /// <inheritdoc cref="ModifyAsync"/>
    /// <typeparam name="T">The type of the body as an object.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="id">The id of the document.</param>
    /// <param name="change">Gives the new body; called again after each conflict.</param>
    /// <param name="json">How it is read and written; from a source-generated context.</param>
    /// <param name="fencingToken">The token of the lease under which the change is made; refused when a newer lease was granted.</param>
    /// <param name="attempts">How often it is tried.</param>
    /// <param name="cancellationToken">Cancels the call; the change may be made all the same.</param>
    public static Task<DocumentRevision> ModifyAsync<T>(
        this IDocumentStore store,
        int id,
        Func<T, T> change,
        JsonTypeInfo<T> json,
        long? fencingToken = null,
        int attempts = 10,
        CancellationToken cancellationToken = default)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(change);
        return store.ModifyAsync(
            id, current => JsonSerializer.SerializeToUtf8Bytes(change(current.ReadBody(json)), json), fencingToken, attempts, cancellationToken);
    }

    // A lone surrogate becomes U+FFFD, as everywhere in .NET.
    private static byte[] Bytes(string body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return Encoding.UTF8.GetBytes(body);
    }
}
