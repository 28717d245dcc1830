namespace OneEdge.OpenNebula;

/// <summary>Templates of virtual machines.</summary>
public sealed class VmTemplateClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VmTemplateClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="withImages">Whether attributes of its images and networks are added, as an instance would have them.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The template.</returns>
    public Task<VmTemplate> GetAsync(int id, bool withImages = false, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VmTemplate>("one.template.info", cancellationToken, id, withImages, decrypt);

    /// <summary>Lists the templates, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The templates, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<VmTemplate> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of templates in one call.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The templates.</returns>
    public Task<IReadOnlyList<VmTemplate>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VmTemplate>("one.templatepool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a template.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.template.allocate", cancellationToken, text.Text);

    /// <summary>Makes a virtual machine of a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the machine.</returns>
    public Task<int> InstantiateAsync(int id, InstantiateOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new InstantiateOptions();
        return _rpc.IdAsync(
            "one.template.instantiate", cancellationToken, id, options.Name, options.OnHold, options.Extra.Text, options.IsPersistent);
    }

    /// <summary>Gives a template another name.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.template.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.template.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a template to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.template.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Locks a template: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.template.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a template that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.template.unlock", cancellationToken, id);

    /// <summary>Deletes a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="withImages">Whether its images are deleted, too.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, bool withImages = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.template.delete", cancellationToken, id, withImages);

    /// <summary>Changes the permissions of a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="withImages">Whether those of its images are changed, too.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, bool withImages = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return withImages
            ? _rpc.ChmodAsync("one.template.chmod", id, change, cancellationToken, true)
            : _rpc.ChmodAsync("one.template.chmod", id, change, cancellationToken);
    }

    /// <summary>Copies a template.</summary>
    /// <param name="id">The id of the template.</param>
    /// <param name="name">The name of the copy.</param>
    /// <param name="withImages">Whether its images are copied, too.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the copy.</returns>
    public Task<int> CloneAsync(int id, string name, bool withImages = false, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.template.clone", cancellationToken, id, name, withImages);
}
