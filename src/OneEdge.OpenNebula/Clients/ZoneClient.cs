using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Zones of a federation.</summary>
public sealed class ZoneClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal ZoneClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a zone.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The zone.</returns>
    public Task<Zone> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Zone>("one.zone.info", cancellationToken, id, decrypt);

    /// <summary>Lists the zones. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The zones.</returns>
    public async IAsyncEnumerable<Zone> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Zone item in await _rpc.ReadListAsync<Zone>("one.zonepool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.zone.allocate", cancellationToken, text.Text);

    /// <summary>Gives a zone another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.zone.delete", cancellationToken, id);

    /// <summary>Enables or disables a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.enable", cancellationToken, id, isEnabled);

    /// <summary>Adds a front-end to a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="server">A template with one vector <c>SERVER</c>: <c>NAME</c> and <c>ENDPOINT</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddServerAsync(int id, TemplateText server, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.addserver", cancellationToken, id, server.Text);

    /// <summary>Removes a front-end from a zone. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="serverId">The number of the front-end.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveServerAsync(int id, int serverId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.delserver", cancellationToken, id, serverId);

    /// <summary>Makes a front-end read the log from its beginning. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the zone.</param>
    /// <param name="serverId">The number of the front-end.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ResetServerAsync(int id, int serverId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.zone.resetserver", cancellationToken, id, serverId);

    /// <summary>What the front-end that answers is among those of its zone. The call is not among those recorded from a real server.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The status.</returns>
    public Task<RaftStatus> GetRaftStatusAsync(CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<RaftStatus>("one.zone.raftstatus", cancellationToken);
}
