namespace OneEdge.OpenNebula;

/// <summary>Backup jobs.</summary>
public sealed class BackupJobClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal BackupJobClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The backup job.</returns>
    public Task<BackupJob> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<BackupJob>("one.backupjob.info", cancellationToken, id, decrypt);

    /// <summary>Lists the backup jobs, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The backup jobs, in the order of the server: usually the newest first.</returns>
    public IAsyncEnumerable<BackupJob> ListAsync(PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, filter, ct), _context.PageSize, cancellationToken);

    /// <summary>Reads a part of the list of backup jobs in one call. The call is not among those recorded from a real server.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The backup jobs.</returns>
    public Task<IReadOnlyList<BackupJob>> ReadPageAsync(PoolRange range, PoolFilter? filter = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<BackupJob>("one.backupjobpool.info", cancellationToken, (filter ?? PoolFilter.All).Flag, range.Start, range.End);

    /// <summary>Creates a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.backupjob.allocate", cancellationToken, text.Text);

    /// <summary>Gives a backup job another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a backup job to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.backupjob.chmod", id, change, cancellationToken);
    }

    /// <summary>
    /// Locks a backup job: operations of the level and above are refused, also to the caller. The call is not among those recorded from a real server.
    /// </summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a backup job that the caller has locked. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.backupjob.unlock", cancellationToken, id);

    /// <summary>Deletes a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.backupjob.delete", cancellationToken, id);

    /// <summary>Runs a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task BackupAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.backupjob.backup", cancellationToken, id);

    /// <summary>Cancels a backup job that runs. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task CancelAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.backupjob.cancel", cancellationToken, id);

    /// <summary>Backs up again the machines that could not be backed up. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RetryAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.backupjob.retry", cancellationToken, id);

    /// <summary>Changes the priority of a backup job. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="priority">From 0 to 99; users but administrators up to 50.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetPriorityAsync(int id, int priority, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.priority", cancellationToken, id, priority);

    /// <summary>Adds a scheduled action. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="action">A template with one vector <c>SCHED_ACTION</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The number of the action.</returns>
    public Task<int> AddScheduledActionAsync(int id, TemplateText action, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.backupjob.schedadd", cancellationToken, id, action.Text);

    /// <summary>Changes a scheduled action. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="actionId">The number of the scheduled action.</param>
    /// <param name="action">A template with one vector <c>SCHED_ACTION</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateScheduledActionAsync(int id, int actionId, TemplateText action, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.schedupdate", cancellationToken, id, actionId, action.Text);

    /// <summary>Deletes a scheduled action. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the backup job.</param>
    /// <param name="actionId">The number of the scheduled action.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteScheduledActionAsync(int id, int actionId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.backupjob.scheddelete", cancellationToken, id, actionId);
}
