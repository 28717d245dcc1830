namespace OneEdge.OpenNebula;

/// <summary>Hooks.</summary>
public sealed class HookClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal HookClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a hook.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The hook.</returns>
    public Task<Hook> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Hook>("one.hook.info", cancellationToken, id, decrypt);

    /// <summary>Lists the hooks, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The hooks, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<Hook> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of hooks in one call.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The hooks.</returns>
    public Task<IReadOnlyList<Hook>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<Hook>("one.hookpool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a hook.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.hook.allocate", cancellationToken, text.Text);

    /// <summary>Gives a hook another name.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.hook.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a hook.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.hook.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Locks a hook: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.hook.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a hook that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.hook.unlock", cancellationToken, id);

    /// <summary>Deletes a hook.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.hook.delete", cancellationToken, id);

    /// <summary>Runs a hook again with the arguments of an earlier run.</summary>
    /// <param name="id">The id of the hook.</param>
    /// <param name="executionId">The number of that run.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RetryAsync(int id, int executionId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.hook.retry", cancellationToken, id, executionId);

    /// <summary>The runs of hooks that the server remembers.</summary>
    /// <param name="start">From when on; from the beginning unless given.</param>
    /// <param name="end">Until when; until now unless given.</param>
    /// <param name="id">The id of the hook; all unless given.</param>
    /// <param name="which">Which runs.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The runs.</returns>
    public Task<IReadOnlyList<HookExecution>> ListExecutionsAsync(
        DateTimeOffset? start = null, DateTimeOffset? end = null, int? id = null, HookExecutionFilter which = HookExecutionFilter.All,
        CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<HookExecution>("one.hooklog.info", cancellationToken, UnixTime.Of(start), UnixTime.Of(end), id ?? -1, (int)which);
}
