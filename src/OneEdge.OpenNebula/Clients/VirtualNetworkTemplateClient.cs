namespace OneEdge.OpenNebula;

/// <summary>Templates of virtual networks.</summary>
public sealed class VirtualNetworkTemplateClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VirtualNetworkTemplateClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a template of virtual networks.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The template of virtual networks.</returns>
    public Task<VirtualNetworkTemplate> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VirtualNetworkTemplate>("one.vntemplate.info", cancellationToken, id, decrypt);

    /// <summary>
    /// Lists the template of virtual networkss, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.
    /// </summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The template of virtual networkss, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<VirtualNetworkTemplate> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of template of virtual networkss in one call. The call is not among those recorded from a real server.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The template of virtual networkss.</returns>
    public Task<IReadOnlyList<VirtualNetworkTemplate>> ReadPageAsync(
        PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VirtualNetworkTemplate>("one.vntemplatepool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a template of virtual networks. The call is not among those recorded from a real server.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vntemplate.allocate", cancellationToken, text.Text);

    /// <summary>Gives a template of virtual networks another name.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vntemplate.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a template of virtual networks. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vntemplate.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a template of virtual networks to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vntemplate.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a template of virtual networks.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.vntemplate.chmod", id, change, cancellationToken);
    }

    /// <summary>
    /// Locks a template of virtual networks: operations of the level and above are refused, also to the caller. The call is not among those recorded from
    /// a real server.
    /// </summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vntemplate.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a template of virtual networks that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vntemplate.unlock", cancellationToken, id);

    /// <summary>Deletes a template of virtual networks.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vntemplate.delete", cancellationToken, id);

    /// <summary>Copies a template.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the copy.</returns>
    public Task<int> CloneAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vntemplate.clone", cancellationToken, id, name);

    /// <summary>Makes a virtual network of a template.</summary>
    /// <param name="id">The id of the template of virtual networks.</param>
    /// <param name="name">The name.</param>
    /// <param name="extra">Attributes that take the place of those of the template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the network.</returns>
    public Task<int> InstantiateAsync(int id, string name, TemplateText extra = default, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vntemplate.instantiate", cancellationToken, id, name, extra.Text);
}
