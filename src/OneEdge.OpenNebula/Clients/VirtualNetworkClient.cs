namespace OneEdge.OpenNebula;

/// <summary>Virtual networks.</summary>
public sealed class VirtualNetworkClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VirtualNetworkClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a virtual network.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual network.</returns>
    public Task<VirtualNetwork> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VirtualNetwork>("one.vn.info", cancellationToken, id, decrypt);

    /// <summary>Lists the virtual networks, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The virtual networks, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<VirtualNetwork> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of virtual networks in one call.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual networks.</returns>
    public Task<IReadOnlyList<VirtualNetwork>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VirtualNetwork>("one.vnpool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a virtual network.</summary>
    /// <param name="text">The template.</param>
    /// <param name="clusterId">The id of the cluster; the default cluster unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, int? clusterId = null, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vn.allocate", cancellationToken, text.Text, clusterId ?? -1);

    /// <summary>Waits until a virtual network is in a state.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The virtual network as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<VirtualNetwork> WaitForStateAsync(
        int id, VirtualNetworkState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until a virtual network is as it should be.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="isReached">Whether it is.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The virtual network as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<VirtualNetwork> WaitForAsync(
        int id, Func<VirtualNetwork, bool> isReached, string wanted, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return StateWaits.VirtualNetwork(this).ForAsync(_context, id, isReached, wanted, options, cancellationToken);
    }

    /// <summary>Gives a virtual network another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a virtual network.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a virtual network to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a virtual network.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.vn.chmod", id, change, cancellationToken);
    }

    /// <summary>Locks a virtual network: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a virtual network that the caller has locked.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vn.unlock", cancellationToken, id);

    /// <summary>Deletes a virtual network.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vn.delete", cancellationToken, id);

    /// <summary>Adds an address range.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="range">A template with one vector <c>AR</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddRangeAsync(int id, TemplateText range, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.add_ar", cancellationToken, id, range.Text);

    /// <summary>Changes an address range.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="range">A template with one vector <c>AR</c>, its number in <c>AR_ID</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateRangeAsync(int id, TemplateText range, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.update_ar", cancellationToken, id, range.Text);

    /// <summary>Removes an address range.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="rangeId">The number of the address range.</param>
    /// <param name="force">Whether to remove it also when addresses of it are in use.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveRangeAsync(int id, int rangeId, bool force = false, CancellationToken cancellationToken = default) =>
        force ? _rpc.DoAsync("one.vn.rm_ar", cancellationToken, id, rangeId, true) : _rpc.DoAsync("one.vn.rm_ar", cancellationToken, id, rangeId);

    /// <summary>Gives an address range of a reservation back. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="rangeId">The number of the address range.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task FreeRangeAsync(int id, int rangeId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.free_ar", cancellationToken, id, rangeId);

    /// <summary>Keeps addresses from being given away.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="leases">A template with one vector <c>LEASES</c>, the address in <c>IP</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task HoldAsync(int id, TemplateText leases, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.hold", cancellationToken, id, leases.Text);

    /// <summary>Lets addresses that were kept be given away. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="leases">A template with one vector <c>LEASES</c>, the address in <c>IP</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ReleaseAsync(int id, TemplateText leases, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.release", cancellationToken, id, leases.Text);

    /// <summary>Takes addresses for a network of one's own.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="text">
    /// <c>SIZE</c>, and <c>NAME</c> of a new network or <c>NETWORK_ID</c> of one that is there; <c>AR_ID</c>, <c>IP</c> or <c>MAC</c> where it should
    /// begin.
    /// </param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the reservation.</returns>
    public Task<int> ReserveAsync(int id, TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vn.reserve", cancellationToken, id, text.Text);

    /// <summary>Brings a virtual network on when something is stuck or has failed. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual network.</param>
    /// <param name="recovery">How.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RecoverAsync(int id, VirtualNetworkRecovery recovery, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vn.recover", cancellationToken, id, (int)recovery);
}
