namespace OneEdge.OpenNebula;

/// <summary>Virtual routers.</summary>
public sealed class VirtualRouterClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VirtualRouterClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a virtual router. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual router.</returns>
    public Task<VirtualRouter> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VirtualRouter>("one.vrouter.info", cancellationToken, id, decrypt);

    /// <summary>Lists the virtual routers, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The virtual routers, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<VirtualRouter> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of virtual routers in one call.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual routers.</returns>
    public Task<IReadOnlyList<VirtualRouter>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VirtualRouter>("one.vrouterpool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a virtual router.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vrouter.allocate", cancellationToken, text.Text);

    /// <summary>Gives a virtual router another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a virtual router. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a virtual router to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a virtual router. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.vrouter.chmod", id, change, cancellationToken);
    }

    /// <summary>
    /// Locks a virtual router: operations of the level and above are refused, also to the caller. The call is not among those recorded from a real
    /// server.
    /// </summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a virtual router that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vrouter.unlock", cancellationToken, id);

    /// <summary>Deletes a virtual router. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vrouter.delete", cancellationToken, id);

    /// <summary>Makes the machines of a virtual router. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="count">How many machines.</param>
    /// <param name="templateId">The id of their template.</param>
    /// <param name="options">How; persistence does not count.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task InstantiateAsync(int id, int count, int templateId, InstantiateOptions? options = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.instantiate", cancellationToken, id, count, templateId,
            (options ?? new InstantiateOptions()).Name,
            (options ?? new InstantiateOptions()).OnHold,
            (options ?? new InstantiateOptions()).Extra.Text);

    /// <summary>Attaches a network interface to a virtual router and its machines. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="nic">A template with one vector <c>NIC</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AttachNicAsync(int id, TemplateText nic, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.attachnic", cancellationToken, id, nic.Text);

    /// <summary>Detaches a network interface from a virtual router and its machines. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual router.</param>
    /// <param name="nicId">The number of the network interface.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DetachNicAsync(int id, int nicId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vrouter.detachnic", cancellationToken, id, nicId);
}
