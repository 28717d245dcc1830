namespace OneEdge.OpenNebula;

/// <summary>Groups of virtual machines.</summary>
public sealed class VmGroupClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VmGroupClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a group of virtual machines.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The group of virtual machines.</returns>
    public Task<VmGroup> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VmGroup>("one.vmgroup.info", cancellationToken, id, decrypt);

    /// <summary>Lists the group of virtual machiness, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The group of virtual machiness, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<VmGroup> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of group of virtual machiness in one call. The call is not among those recorded from a real server.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The group of virtual machiness.</returns>
    public Task<IReadOnlyList<VmGroup>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VmGroup>("one.vmgrouppool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a group of virtual machines. The call is not among those recorded from a real server.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vmgroup.allocate", cancellationToken, text.Text);

    /// <summary>Gives a group of virtual machines another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a group of virtual machines. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a group of virtual machines to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a group of virtual machines. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.vmgroup.chmod", id, change, cancellationToken);
    }

    /// <summary>
    /// Locks a group of virtual machines: operations of the level and above are refused, also to the caller. The call is not among those recorded from a
    /// real server.
    /// </summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a group of virtual machines that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vmgroup.unlock", cancellationToken, id);

    /// <summary>Deletes a group of virtual machines.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vmgroup.delete", cancellationToken, id);

    /// <summary>Adds a role. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="role">A template with one vector <c>ROLE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddRoleAsync(int id, TemplateText role, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.roleadd", cancellationToken, id, role.Text);

    /// <summary>Changes a role. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="roleId">The number of the role.</param>
    /// <param name="role">A template with one vector <c>ROLE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateRoleAsync(int id, int roleId, TemplateText role, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.roleupdate", cancellationToken, id, roleId, role.Text);

    /// <summary>Removes a role. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the group of virtual machines.</param>
    /// <param name="roleId">The number of the role.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveRoleAsync(int id, int roleId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmgroup.roledelete", cancellationToken, id, roleId);
}
