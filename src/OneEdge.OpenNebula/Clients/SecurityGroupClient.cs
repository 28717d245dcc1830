namespace OneEdge.OpenNebula;

/// <summary>Security groups.</summary>
public sealed class SecurityGroupClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal SecurityGroupClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a security group.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The security group.</returns>
    public Task<SecurityGroup> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<SecurityGroup>("one.secgroup.info", cancellationToken, id, decrypt);

    /// <summary>Lists the security groups, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The security groups, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<SecurityGroup> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of security groups in one call. The call is not among those recorded from a real server.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The security groups.</returns>
    public Task<IReadOnlyList<SecurityGroup>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<SecurityGroup>("one.secgrouppool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a security group. The call is not among those recorded from a real server.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.secgroup.allocate", cancellationToken, text.Text);

    /// <summary>Gives a security group another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.secgroup.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a security group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.secgroup.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a security group to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.secgroup.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a security group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.secgroup.chmod", id, change, cancellationToken);
    }

    /// <summary>Deletes a security group.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.secgroup.delete", cancellationToken, id);

    /// <summary>Copies a security group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the copy.</returns>
    public Task<int> CloneAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.secgroup.clone", cancellationToken, id, name);

    /// <summary>Brings a change to the machines. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the security group.</param>
    /// <param name="onlyMissed">Whether only to those that it could not reach before.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task CommitAsync(int id, bool onlyMissed = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.secgroup.commit", cancellationToken, id, onlyMissed);
}
