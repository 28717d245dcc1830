using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Virtual machines.</summary>
public sealed partial class VirtualMachineClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal VirtualMachineClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a virtual machine.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual machine.</returns>
    public Task<VirtualMachine> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VirtualMachine>("one.vm.info", cancellationToken, id, decrypt);

    /// <summary>Reads machines by their ids in one call; those that do not exist, or that the caller may not use, are missing.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="isExtended">Whether each comes in full.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The machines.</returns>
    public Task<IReadOnlyList<VirtualMachine>> GetManyAsync(IEnumerable<int> ids, bool isExtended = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return _rpc.ReadListAsync<VirtualMachine>("one.vmpool.infoset", cancellationToken, IdLists.Write(ids), isExtended);
    }

    /// <summary>Lists machines, page by page: each that is there all the time comes once, whatever comes and goes meanwhile.</summary>
    /// <param name="query">Which machines; all that are not over unless given.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The machines, in the order of the server: usually the newest first.</returns>
    public async IAsyncEnumerable<VirtualMachine> ListAsync(VmQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IAsyncEnumerable<VirtualMachine> all = PoolPages.ReadAsync((range, ct) => ReadPageAsync(range, query, ct), _context.PageSize, cancellationToken);
        await foreach (VirtualMachine machine in all.ConfigureAwait(false))
        {
            if (query?.LcmState is not { } wanted || machine.LcmState == wanted) yield return machine;
        }
    }

    /// <summary>Reads a part of the list of machines in one call. <see cref="VmQuery.LcmState"/> does not count here.</summary>
    /// <param name="range">Which part of the pool.</param>
    /// <param name="query">Which machines; all that are not over unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The machines.</returns>
    public Task<IReadOnlyList<VirtualMachine>> ReadPageAsync(PoolRange range, VmQuery? query = null, CancellationToken cancellationToken = default)
    {
        query ??= VmQuery.Existing;
        return _rpc.ReadListAsync<VirtualMachine>(
            query.Method, cancellationToken, query.Filter.Flag, range.Start, range.End, query.StateNumber, query.Expression);
    }

    /// <summary>Creates a machine from a template that is not stored; see <see cref="VmTemplateClient.InstantiateAsync"/> for one that is.</summary>
    /// <param name="text">The template.</param>
    /// <param name="onHold">Whether it waits until it is released.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, bool onHold = false, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vm.allocate", cancellationToken, text.Text, onHold);

    /// <summary>Ends a machine for good.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hard">Whether to do without a clean shut down.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task TerminateAsync(int id, bool hard = false, CancellationToken cancellationToken = default) =>
        PerformAsync(id, hard ? "terminate-hard" : "terminate", cancellationToken);

    /// <summary>Shuts a machine down; its disks stay on the host.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hard">Whether to do without a clean shut down.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task PowerOffAsync(int id, bool hard = false, CancellationToken cancellationToken = default) =>
        PerformAsync(id, hard ? "poweroff-hard" : "poweroff", cancellationToken);

    /// <summary>Shuts a machine down and saves its disks away from the host.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hard">Whether to do without a clean shut down.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UndeployAsync(int id, bool hard = false, CancellationToken cancellationToken = default) =>
        PerformAsync(id, hard ? "undeploy-hard" : "undeploy", cancellationToken);

    /// <summary>Reboots a machine.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hard">Whether to do without a clean shut down.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RebootAsync(int id, bool hard = false, CancellationToken cancellationToken = default) =>
        PerformAsync(id, hard ? "reboot-hard" : "reboot", cancellationToken);

    /// <summary>Starts a machine that was stopped, suspended, undeployed or powered off.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ResumeAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "resume", cancellationToken);

    /// <summary>Saves the memory of a machine; all stays on the host.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SuspendAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "suspend", cancellationToken);

    /// <summary>Saves memory and disks of a machine away from the host.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task StopAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "stop", cancellationToken);

    /// <summary>Keeps a machine from being scheduled.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task HoldAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "hold", cancellationToken);

    /// <summary>Lets a machine that is held be scheduled.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ReleaseAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "release", cancellationToken);

    /// <summary>Marks a machine to be scheduled to another host.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RescheduleAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "resched", cancellationToken);

    /// <summary>Takes that mark away.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task CancelReschedulingAsync(int id, CancellationToken cancellationToken = default) => PerformAsync(id, "unresched", cancellationToken);

    /// <summary>Brings a machine to a host and starts it.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hostId">The id of the host.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeployAsync(int id, int hostId, DeployOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DeployOptions();
        return _rpc.DoAsync(
            "one.vm.deploy", cancellationToken, id, hostId, options.EnforceCapacity, options.DatastoreId ?? -1, options.Extra.Text);
    }

    /// <summary>Moves a machine to another host or system datastore. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="hostId">The id of the host.</param>
    /// <param name="options">How; unless given its memory is saved and it is started there again.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task MigrateAsync(int id, int hostId, MigrateOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new MigrateOptions();
        return _rpc.DoAsync(
            "one.vm.migrate", cancellationToken, id, hostId, options.IsLive, options.EnforceCapacity, options.DatastoreId ?? -1, (int)options.Kind);
    }

    /// <summary>Waits until a virtual machine is in a state.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The virtual machine as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<VirtualMachine> WaitForStateAsync(int id, VmState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until a virtual machine is in a state.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The virtual machine as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<VirtualMachine> WaitForStateAsync(int id, LcmState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == VmState.Active && item.LcmState == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until a virtual machine is as it should be.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="isReached">Whether it is.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The virtual machine as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<VirtualMachine> WaitForAsync(
        int id, Func<VirtualMachine, bool> isReached, string wanted, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return StateWaits.VirtualMachine(this).ForAsync(_context, id, isReached, wanted, options, cancellationToken);
    }

    /// <summary>Gives a virtual machine another name.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.rename", cancellationToken, id, name);

    /// <summary>Gives a virtual machine to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a virtual machine. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.vm.chmod", id, change, cancellationToken);
    }

    /// <summary>Locks a virtual machine: operations of the level and above are refused, also to the caller.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="level">What the lock refuses.</param>
    /// <param name="test">Whether a lock that is there is an error, which tells since when it is there; otherwise it is taken over.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task LockAsync(int id, LockLevel level = LockLevel.Use, bool test = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.lock", cancellationToken, id, (int)level, test);

    /// <summary>Unlocks a virtual machine that the caller has locked.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UnlockAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vm.unlock", cancellationToken, id);

    /// <summary>Does something with a machine that has a name of its own.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="action">What: <c>terminate</c>, <c>poweroff-hard</c>, <c>resched</c>...</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task PerformAsync(int id, string action, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.action", cancellationToken, action, id);

    /// <summary>Changes the user template of a machine.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Changes the configuration of a machine: <c>OS</c>, <c>FEATURES</c>, <c>INPUT</c>, <c>GRAPHICS</c>, <c>RAW</c>, <c>CONTEXT</c>...</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateConfigurationAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.updateconf", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Brings a machine on when something is stuck or has failed.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="recovery">How.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RecoverAsync(int id, VmRecovery recovery, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.recover", cancellationToken, id, (int)recovery);

    /// <summary>Changes processors and memory of a machine.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="text">The new values of <c>CPU</c>, <c>VCPU</c> and <c>MEMORY</c>.</param>
    /// <param name="enforceCapacity">Whether the host must have room for it.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ResizeAsync(int id, TemplateText text, bool enforceCapacity = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.resize", cancellationToken, id, text.Text, enforceCapacity);

    /// <summary>Adds a scheduled action.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="action">A template with one vector <c>SCHED_ACTION</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The number of the action.</returns>
    public Task<int> AddScheduledActionAsync(int id, TemplateText action, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vm.schedadd", cancellationToken, id, action.Text);

    /// <summary>Changes a scheduled action.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="actionId">The number of the scheduled action.</param>
    /// <param name="action">A template with one vector <c>SCHED_ACTION</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateScheduledActionAsync(int id, int actionId, TemplateText action, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.schedupdate", cancellationToken, id, actionId, action.Text);

    /// <summary>Deletes a scheduled action.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="actionId">The number of the scheduled action.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteScheduledActionAsync(int id, int actionId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.scheddelete", cancellationToken, id, actionId);

    /// <summary>Backs a machine up.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="datastoreId">The id of the backup datastore; that of the last backup unless given.</param>
    /// <param name="reset">Whether to begin a new series of increments.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task BackupAsync(int id, int? datastoreId = null, bool reset = false, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.backup", cancellationToken, id, datastoreId ?? -1, reset);

    /// <summary>Cancels a backup. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task CancelBackupAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vm.backupcancel", cancellationToken, id);

    /// <summary>Restores disks of a machine that is powered off from a backup. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="imageId">The id of the backup.</param>
    /// <param name="incrementId">The increment; the last one unless given.</param>
    /// <param name="diskId">The number of the disk; all unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RestoreAsync(int id, int imageId, int? incrementId = null, int? diskId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vm.restore", cancellationToken, id, imageId, incrementId ?? -1, diskId ?? -1);

    /// <summary>What was measured of a machine, as far back as the server keeps it. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual machine.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The measurements, the oldest first.</returns>
    public Task<IReadOnlyList<VmMonitoring>> GetMonitoringAsync(int id, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VmMonitoring>("one.vm.monitoring", cancellationToken, id);

    /// <summary>What was measured of machines.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="seconds">How far back in seconds; 0 for the last measurement of each, -1 for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The measurements.</returns>
    public Task<IReadOnlyList<VmMonitoring>> ListMonitoringAsync(
        PoolFilter? filter = null, int seconds = -1, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VmMonitoring>("one.vmpool.monitoring", cancellationToken, (filter ?? PoolFilter.All).Flag, seconds);

    /// <summary>The times that machines spent on hosts.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="start">From when on; from the beginning unless given.</param>
    /// <param name="end">Until when; until now unless given.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The times, each with its machine.</returns>
    public Task<IReadOnlyList<VmHistory>> ListAccountingAsync(
        PoolFilter? filter = null, DateTimeOffset? start = null, DateTimeOffset? end = null, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<VmHistory>("one.vmpool.accounting", cancellationToken, (filter ?? PoolFilter.All).Flag, UnixTime.Of(start), UnixTime.Of(end));

    /// <summary>The costs of machines by month, as far as they were calculated. The call is not among those recorded from a real server.</summary>
    /// <param name="filter">Whose objects; all that the caller may use unless given.</param>
    /// <param name="startMonth">The first month, from 1; -1 for no limit.</param>
    /// <param name="startYear">Its year.</param>
    /// <param name="endMonth">The last month.</param>
    /// <param name="endYear">Its year.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The costs.</returns>
    public Task<IReadOnlyList<Showback>> ListShowbackAsync(
        PoolFilter? filter = null, int startMonth = -1, int startYear = -1, int endMonth = -1, int endYear = -1,
        CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<Showback>("one.vmpool.showback", cancellationToken, (filter ?? PoolFilter.All).Flag, startMonth, startYear, endMonth, endYear);

    /// <summary>Calculates the costs of machines by month; only for administrators. The call is not among those recorded from a real server.</summary>
    /// <param name="startMonth">The first month, from 1; -1 for no limit.</param>
    /// <param name="startYear">Its year.</param>
    /// <param name="endMonth">The last month.</param>
    /// <param name="endYear">Its year.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task CalculateShowbackAsync(
        int startMonth = -1, int startYear = -1, int endMonth = -1, int endYear = -1, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vmpool.calculateshowback", cancellationToken, startMonth, startYear, endMonth, endYear);
}
