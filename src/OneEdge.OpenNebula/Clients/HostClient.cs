using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Hosts.</summary>
public sealed class HostClient
{
    private readonly ClientContext _context;
    private readonly IOpenNebulaRpc _rpc;

    internal HostClient(ClientContext context) => (_context, _rpc) = (context, context.Rpc);

    /// <summary>Reads a host.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The host.</returns>
    public Task<Host> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Host>("one.host.info", cancellationToken, id, decrypt);

    /// <summary>Lists the hosts. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The hosts.</returns>
    public async IAsyncEnumerable<Host> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Host item in await _rpc.ReadListAsync<Host>("one.hostpool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Adds a host.</summary>
    /// <param name="name">Its name, by which it is reached.</param>
    /// <param name="informationDriver">The driver that monitors it, such as <c>kvm</c>.</param>
    /// <param name="vmDriver">The driver of its hypervisor, such as <c>kvm</c>.</param>
    /// <param name="clusterId">The id of the cluster; the default cluster unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(
        string name, string informationDriver, string vmDriver, int? clusterId = null, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.host.allocate", cancellationToken, name, informationDriver, vmDriver, clusterId ?? -1);

    /// <summary>Waits until a host is in a state.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="state">The state.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The host as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<Host> WaitForStateAsync(int id, HostState state, WaitOptions? options = null, CancellationToken cancellationToken = default) =>
        WaitForAsync(id, item => item.State == state, state.ToString(), options, cancellationToken);

    /// <summary>Waits until a host is as it should be.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="isReached">Whether it is.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The host as it was seen then.</returns>
    /// <exception cref="OpenNebulaStateException">It failed, or did not get there in time; with what OpenNebula noted about it.</exception>
    public Task<Host> WaitForAsync(
        int id, Func<Host, bool> isReached, string wanted, WaitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isReached);
        return StateWaits.Host(this).ForAsync(_context, id, isReached, wanted, options, cancellationToken);
    }

    /// <summary>Gives a host another name.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.host.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a host.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.host.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a host.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.host.delete", cancellationToken, id);

    /// <summary>Enables or disables a host, or takes it offline.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="status">What it shall be.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetStatusAsync(int id, HostStatus status, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.host.status", cancellationToken, id, (int)status);

    /// <summary>What was measured of a host, as far back as the server keeps it.</summary>
    /// <param name="id">The id of the host.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The measurements.</returns>
    public Task<IReadOnlyList<HostMonitoring>> GetMonitoringAsync(int id, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<HostMonitoring>("one.host.monitoring", cancellationToken, id);

    /// <summary>What was measured of hosts. The call is not among those recorded from a real server.</summary>
    /// <param name="seconds">How far back in seconds; 0 for the last measurement of each, -1 for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The measurements.</returns>
    public Task<IReadOnlyList<HostMonitoring>> ListMonitoringAsync(int seconds = -1, CancellationToken cancellationToken = default) =>
        _rpc.ReadListAsync<HostMonitoring>("one.hostpool.monitoring", cancellationToken, seconds);
}
