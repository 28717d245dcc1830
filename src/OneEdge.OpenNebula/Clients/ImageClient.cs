namespace OneEdge.OpenNebula;

/// <summary>Images.</summary>
public sealed class ImageClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal ImageClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The image.</returns>
    public Task<Image> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Image>("one.image.info", cancellationToken, id, decrypt);

    /// <summary>Lists the images, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The images, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<Image> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of images in one call. The call is not among those recorded from a real server.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The images.</returns>
    public Task<IReadOnlyList<Image>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<Image>("one.imagepool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates an image. It is locked until the driver has made it; see <see cref="WaitForStateAsync"/>.</summary>
    /// <param name="text">The template.</param>
    /// <param name="datastoreId">The id of the datastore.</param>
    /// <param name="skipCapacityCheck">Whether the datastore need not have room for it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, int datastoreId, bool skipCapacityCheck = false, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.image.allocate", cancellationToken, text.Text, datastoreId, skipCapacityCheck);

    /// <summary>Waits until an image is in a state.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The image as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<Image> WaitForStateAsync(int id, ImageState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until an image is as it should be.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="isReached">Whether it is.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The image as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<Image> WaitForAsync(
        int id, Func<Image, bool> isReached, string wanted, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return StateWaits.Image(this).ForAsync(_context, id, isReached, wanted, options, cancellationToken);
    }

    /// <summary>Gives an image another name.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.rename", cancellationToken, id, name);

    /// <summary>Changes the template of an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives an image to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.image.chmod", id, change, cancellationToken);
    }

    /// <summary>
    /// Locks an image: operations of the level and above are refused, also to the caller. The call is not among those recorded from a real server.
    /// </summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks an image that the caller has locked.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.image.unlock", cancellationToken, id);

    /// <summary>Deletes an image. It is gone when the driver has deleted its file.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="force">Whether to delete it also when the driver fails.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, bool force = false, CancellationToken cancellationToken = default) =>
        force ? _rpc.DoAsync("one.image.delete", cancellationToken, id, true) : _rpc.DoAsync("one.image.delete", cancellationToken, id);

    /// <summary>Enables or disables an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.enable", cancellationToken, id, isEnabled);

    /// <summary>Makes an image persistent, or no longer so.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="isPersistent">Whether machines change it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetPersistentAsync(int id, bool isPersistent = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.persistent", cancellationToken, id, isPersistent);

    /// <summary>Changes the type of an image. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="type">The type.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeTypeAsync(int id, ImageType type, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.chtype", cancellationToken, id, ImageTypeNames.Of(type));

    /// <summary>Copies an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="datastoreId">The id of the datastore; that of the image unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the copy.</returns>
    public Task<int> CloneAsync(int id, string name, int? datastoreId = null, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.image.clone", cancellationToken, id, name, datastoreId ?? -1);

    /// <summary>Deletes a snapshot of an image.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteSnapshotAsync(int id, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.snapshotdelete", cancellationToken, id, snapshotId);

    /// <summary>Takes an image back to a snapshot. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RevertSnapshotAsync(int id, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.snapshotrevert", cancellationToken, id, snapshotId);

    /// <summary>Makes a snapshot the image, and deletes all snapshots. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="snapshotId">The number of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task FlattenSnapshotAsync(int id, int snapshotId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.image.snapshotflatten", cancellationToken, id, snapshotId);

    /// <summary>Makes images and a template of a backup. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the image.</param>
    /// <param name="datastoreId">The id of the datastore for the images.</param>
    /// <param name="options"><c>NO_IP</c>, <c>NO_NIC</c>, <c>NAME</c>, <c>INCREMENT_ID</c>, <c>DISK_ID</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The ids of what was made, with blanks between.</returns>
    public Task<string> RestoreBackupAsync(int id, int datastoreId, TemplateText options = default, CancellationToken cancellationToken = default) =>
        _rpc.TextAsync("one.image.restore", cancellationToken, id, datastoreId, options.Text);
}
