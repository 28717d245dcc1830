namespace OneEdge.OpenNebula;

/// <summary>Apps of marketplaces.</summary>
public sealed class MarketplaceAppClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal MarketplaceAppClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads an app.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The app.</returns>
    public Task<MarketplaceApp> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<MarketplaceApp>("one.marketapp.info", cancellationToken, id, decrypt);

    /// <summary>Lists the apps, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The apps, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<MarketplaceApp> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of apps in one call.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The apps.</returns>
    public Task<IReadOnlyList<MarketplaceApp>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<MarketplaceApp>("one.marketapppool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>
    /// Creates an app. One that is an image is locked until it was imported; see <see cref="WaitForStateAsync"/>. A call that is refused may leave an app
    /// in state <see cref="MarketplaceAppState.Error"/> behind.
    /// </summary>
    /// <param name="text">The template.</param>
    /// <param name="marketplaceId">The id of the marketplace.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, int marketplaceId, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.marketapp.allocate", cancellationToken, text.Text, marketplaceId);

    /// <summary>Waits until an app is in a state.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The app as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<MarketplaceApp> WaitForStateAsync(
        int id, MarketplaceAppState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until an app is as it should be.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="isReached">Whether it is.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The app as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<MarketplaceApp> WaitForAsync(
        int id, Func<MarketplaceApp, bool> isReached, string wanted, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return StateWaits.MarketplaceApp(this).ForAsync(_context, id, isReached, wanted, options, cancellationToken);
    }

    /// <summary>Gives an app another name.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.marketapp.rename", cancellationToken, id, name);

    /// <summary>Changes the template of an app.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.marketapp.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives an app to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.marketapp.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of an app. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.marketapp.chmod", id, change, cancellationToken);
    }

    /// <summary>Locks an app: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.marketapp.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks an app that the caller has locked.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.marketapp.unlock", cancellationToken, id);

    /// <summary>Deletes an app.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.marketapp.delete", cancellationToken, id);

    /// <summary>Enables or disables an app.</summary>
    /// <param name="id">The id of the app.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.marketapp.enable", cancellationToken, id, isEnabled);
}
