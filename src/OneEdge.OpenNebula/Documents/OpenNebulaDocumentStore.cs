using System.Runtime.CompilerServices;
using System.Text;

namespace OneEdge.OpenNebula;

/// <summary>
/// Keeps documents in the document pool of OpenNebula, where its own programs keep theirs: the body is JSON in one element of the template, with
/// the member <c>oneedge</c> (<see cref="DocumentRules.ReservedMember"/>) at its end for the version and the lease. Other elements stay as they are.
/// </summary>
/// <remarks>
/// The pool has no compare-and-swap. Before each change the document is read again and compared, number and content, with what the caller has seen, so that
/// also changes by programs that do not count are noticed; among stores that lock while they write nothing is lost in between either
/// (<see cref="OpenNebulaDocumentStoreOptions.LocksWhileWriting"/>). A program that does not lock and writes between that reading and the
/// writing, a moment of two calls, is overwritten unseen. Safe for concurrent use.
/// </remarks>
public sealed class OpenNebulaDocumentStore : IDocumentStore
{
    private readonly IOpenNebulaRpc _rpc;
    private readonly OpenNebulaDocumentStoreOptions _options;
    private readonly DocumentCalls _calls;
    private readonly DocumentMutex _mutex;

    /// <summary>Creates a store.</summary>
    /// <param name="rpc">The cloud and the user whose documents these are.</param>
    /// <param name="writer">
    /// A name that no other store has which works on the same documents, in this process or another: host, process number and a counter, say. At most 200
    /// letters, digits and the characters <c>. _ : -</c>.
    /// </param>
    /// <param name="options">How documents are kept.</param>
    /// <exception cref="ArgumentException">The name or an option cannot be used.</exception>
    public OpenNebulaDocumentStore(IOpenNebulaRpc rpc, string writer, OpenNebulaDocumentStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        ArgumentException.ThrowIfNullOrEmpty(writer);
        if (writer.Length > 200 || !writer.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-'))
            throw new ArgumentException("A writer is named by at most 200 letters, digits, '.', '_', ':' and '-'.", nameof(writer));
        _rpc = rpc;
        _options = OpenNebulaDocumentStoreOptions.Checked(options);
        _calls = new DocumentCalls(rpc, _options);
        _mutex = new DocumentMutex(_calls, writer, _options);
    }

    /// <inheritdoc/>
    public async Task<DocumentRevision> CreateAsync(
        DocumentType type, string? name, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        DocumentRules.Check(type, name, body.Span, _options.Limits);
        ReadOnlyMemory<byte> content = BodyEnvelope.Storable(body);
        string template = DocumentCalls.Template(name, _options.ElementOf(type), Encoding.UTF8.GetString(content.Span));
        RpcValue id = await _rpc.CallAsync(new OpenNebulaCall("one.document.allocate", template, (int)type), cancellationToken).ConfigureAwait(false);
        return new DocumentRevision(id.AsInt32(), DocumentVersion.Of(0, content.Span));
    }

    /// <inheritdoc/>
    public async Task<StoredDocument> ReadAsync(int id, CancellationToken cancellationToken = default) =>
        (await _calls.ReadAsync(id, cancellationToken).ConfigureAwait(false)).ToStored();

    /// <inheritdoc/>
    public Task<DocumentRevision> UpdateAsync(
        int id, DocumentVersion expected, ReadOnlyMemory<byte> body, long? fencingToken = null, CancellationToken cancellationToken = default)
    {
        DocumentRules.CheckBody(body.Span, _options.Limits);
        ReadOnlyMemory<byte> content = BodyEnvelope.Storable(body);
        return ChangeAsync(
            id,
            current =>
            {
                Require(current, expected, fencingToken);
                BodyMeta meta = current.Meta with { Version = current.Meta.Version + 1 };
                return (BodyEnvelope.Join(content.Span, id, meta), new DocumentRevision(id, DocumentVersion.Of(meta.Version, content.Span)));
            },
            _options.LocksWhileWriting && _options.LocksUpdates,
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(
        int id, DocumentVersion? expected = null, long? fencingToken = null, CancellationToken cancellationToken = default)
    {
        var delete = new OpenNebulaCall("one.document.delete", id);
        if (expected is null && fencingToken is null)
        {
            await _calls.CallAsync(id, delete, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WithLockAsync(
            id,
            async current =>
            {
                Require(current.Document, expected, fencingToken);
                current.ThrowIfLate();
                await _calls.CallAsync(id, delete, cancellationToken).ConfigureAwait(false);
                return true;
            },
            _options.LocksWhileWriting,
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<StoredDocument> ListAsync(DocumentType type, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        bool isEncrypted = _options.EncryptedElements.Contains(_options.ElementOf(type));
        IAsyncEnumerable<IReadOnlyList<PoolDocument>> pages =
            PoolPages.ReadPagesAsync((range, ct) => ReadPageAsync(type, range, ct), static document => document.Id, _options.PageSize, cancellationToken);
        await foreach (IReadOnlyList<PoolDocument> page in pages.ConfigureAwait(false))
        {
            IReadOnlyList<PoolDocument> documents = isEncrypted ? await DecryptAsync(page, cancellationToken).ConfigureAwait(false) : page;
            foreach (PoolDocument document in documents) yield return document.ToStored();
        }
    }

    /// <inheritdoc/>
    public Task<DocumentLease> AcquireLeaseAsync(int id, string holder, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        DocumentRules.CheckLease(holder, duration);
        return ChangeLeaseAsync(
            id,
            (current, now) =>
            {
                if (current.Meta.LeaseOf(id) is { } held && held.Expires > now) throw DocumentLeaseException.Held(held);
                // Programs that replace the body drop the count with it; time does not run back so far.
                long token = Math.Max(current.Meta.Token + 1, now.ToUnixTimeMilliseconds());
                return current.Meta with { Token = token, Holder = holder, ExpiresAt = (now + duration).ToUnixTimeMilliseconds() };
            },
            cancellationToken)!;
    }

    /// <inheritdoc/>
    public Task<DocumentLease> RenewLeaseAsync(DocumentLease lease, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        DocumentRules.CheckDuration(duration);
        return ChangeLeaseAsync(
            lease.DocumentId,
            (current, now) => IsNewest(current, lease)
                ? current.Meta with { ExpiresAt = (now + duration).ToUnixTimeMilliseconds() }
                : throw DocumentLeaseException.Lost(lease.DocumentId, lease.Token, current.Meta.LeaseOf(lease.DocumentId)),
            cancellationToken)!;
    }

    /// <inheritdoc/>
    public async Task ReleaseLeaseAsync(DocumentLease lease, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        try
        {
            await ChangeLeaseAsync(
                lease.DocumentId,
                (current, _) => IsNewest(current, lease) ? current.Meta with { Holder = null, ExpiresAt = 0 } : current.Meta,
                cancellationToken).ConfigureAwait(false);
        }
        catch (DocumentNotFoundException)
        {
            // The lease went with the document.
        }
    }

    private static bool IsNewest(PoolDocument current, DocumentLease lease) => current.Meta.Token == lease.Token && current.Meta.Holder == lease.Holder;

    private static void Require(PoolDocument current, DocumentVersion? expected, long? fencingToken)
    {
        if (current.IsHidden) throw Unreadable(current);
        if (fencingToken is { } token && current.Meta.Token != token)
            throw DocumentLeaseException.Lost(current.Id, token, current.Meta.LeaseOf(current.Id));
        if (expected is { } version && current.Version != version) throw new DocumentConflictException(current.Id, version, current.Version);
    }

    private static OpenNebulaException Unreadable(PoolDocument document) =>
        new(OpenNebulaErrorCodes.DocumentUnreadable, $"The body of document {document.Id} (type {document.Type}) cannot be used: {document.Problem}.");

    // The content stays as it is, so that the version does.
    private Task<DocumentLease?> ChangeLeaseAsync(int id, Func<PoolDocument, DateTimeOffset, BodyMeta> change, CancellationToken cancellationToken) =>
        ChangeAsync(
            id,
            current =>
            {
                if (current.Problem is not null) throw Unreadable(current);
                BodyMeta meta = change(current, _options.TimeProvider.GetUtcNow());
                byte[]? body = meta == current.Meta ? null : BodyEnvelope.Join(current.Content.Span, id, meta);
                return (body, meta.LeaseOf(id));
            },
            _options.LocksWhileWriting,
            cancellationToken);

    private Task<T> ChangeAsync<T>(
        int id, Func<PoolDocument, (byte[]? Body, T Result)> change, bool locks, CancellationToken cancellationToken) => WithLockAsync(
        id,
        async current =>
        {
            (byte[]? body, T result) = change(current.Document);
            current.ThrowIfLate();
            if (body is not null)
            {
                string element = _options.ElementOf(current.Document.Type);
                await _calls.MergeAsync(id, element, Encoding.UTF8.GetString(body), cancellationToken).ConfigureAwait(false);
            }

            return result;
        },
        locks,
        cancellationToken);

    private async Task<T> WithLockAsync<T>(
        int id, Func<(PoolDocument Document, Action ThrowIfLate), Task<T>> change, bool locks, CancellationToken cancellationToken)
    {
        if (!locks)
            return await change((await _calls.ReadAsync(id, cancellationToken).ConfigureAwait(false), static () => { })).ConfigureAwait(false);
        long since = await _mutex.TakeAsync(id, cancellationToken).ConfigureAwait(false);
        try
        {
            PoolDocument document = await _calls.ReadAsync(id, cancellationToken).ConfigureAwait(false);
            DocumentMutex.ThrowIfTaken(document);
            return await change((document, () => _mutex.ThrowIfLate(id, since))).ConfigureAwait(false);
        }
        finally
        {
            await _mutex.ReleaseAsync(id, since).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<PoolDocument>> ReadPageAsync(DocumentType type, PoolRange range, CancellationToken cancellationToken)
    {
        var call = new OpenNebulaCall("one.documentpool.info", _options.ListFilter.Flag, range.Start, range.End, (int)type);
        return PoolDocumentReader.ReadPool(await _rpc.CallAsync(call, cancellationToken).ConfigureAwait(false), _options);
    }

    // A pool is never decrypted, each document of it is. Those that are gone by now are left out.
    private async Task<List<PoolDocument>> DecryptAsync(IReadOnlyList<PoolDocument> page, CancellationToken cancellationToken)
    {
        IReadOnlyList<OpenNebulaCallResult> answers =
            await _rpc.ReadManyAsync([.. page.Select(d => DocumentCalls.Info(d.Id))], cancellationToken).ConfigureAwait(false);
        return [.. answers.Where(a => a.Error?.Kind != OpenNebulaErrorKind.NoExists).Select(a => PoolDocumentReader.ReadOne(a.Value, _options))];
    }
}
