namespace OneEdge.OpenNebula;

/// <summary>Documents: texts that programs keep in OpenNebula.</summary>
public sealed class DocumentClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal DocumentClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a document.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The document.</returns>
    public Task<Document> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Document>("one.document.info", cancellationToken, id, decrypt);

    /// <summary>Lists documents, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="type">Whose documents.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The documents, in the order of the server: usually the newest first. Encrypted attributes stay encrypted.</returns>
    public IAsyncEnumerable<Document> ListAsync(DocumentType type, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(type, range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of documents in one call.</summary>
    /// <param name="type">Whose documents.</param>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The documents.</returns>
    public Task<IReadOnlyList<Document>> ReadPageAsync(
        DocumentType type, PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<Document>("one.documentpool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End, (int)type);

    /// <summary>Creates a document.</summary>
    /// <param name="text">The template.</param>
    /// <param name="type">Whose document it is.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, DocumentType type, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.document.allocate", cancellationToken, text.Text, (int)type);

    /// <summary>Gives a document another name.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.document.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a document.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.document.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a document to another user or group.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.document.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a document.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.document.chmod", id, change, cancellationToken);
    }

    /// <summary>Locks a document: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.document.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a document that the caller has locked.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.document.unlock", cancellationToken, id);

    /// <summary>Deletes a document.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.document.delete", cancellationToken, id);

    /// <summary>Copies a document.</summary>
    /// <param name="id">The id of the document.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the copy.</returns>
    public Task<int> CloneAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.document.clone", cancellationToken, id, name);
}
