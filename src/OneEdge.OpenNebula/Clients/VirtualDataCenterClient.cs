using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Virtual data centres.</summary>
public sealed class VirtualDataCenterClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal VirtualDataCenterClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a virtual data centre. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The virtual data centre.</returns>
    public Task<VirtualDataCenter> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<VirtualDataCenter>("one.vdc.info", cancellationToken, id, decrypt);

    /// <summary>Lists the virtual data centres. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The virtual data centres.</returns>
    public async IAsyncEnumerable<VirtualDataCenter> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (VirtualDataCenter item in await _rpc.ReadListAsync<VirtualDataCenter>("one.vdcpool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a virtual data centre.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.vdc.allocate", cancellationToken, text.Text);

    /// <summary>Gives a virtual data centre another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a virtual data centre. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a virtual data centre.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.vdc.delete", cancellationToken, id);

    /// <summary>Adds a group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddGroupAsync(int id, int groupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.addgroup", cancellationToken, id, groupId);

    /// <summary>Removes a group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveGroupAsync(int id, int groupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.delgroup", cancellationToken, id, groupId);

    /// <summary>Adds a cluster. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="clusterId">The id of the cluster; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddClusterAsync(int id, int zoneId, int clusterId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.addcluster", cancellationToken, id, zoneId, clusterId);

    /// <summary>Removes a cluster. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="clusterId">The id of the cluster; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveClusterAsync(int id, int zoneId, int clusterId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.delcluster", cancellationToken, id, zoneId, clusterId);

    /// <summary>Adds a host. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="hostId">The id of the host; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddHostAsync(int id, int zoneId, int hostId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.addhost", cancellationToken, id, zoneId, hostId);

    /// <summary>Removes a host. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="hostId">The id of the host; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveHostAsync(int id, int zoneId, int hostId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.delhost", cancellationToken, id, zoneId, hostId);

    /// <summary>Adds a datastore. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="datastoreId">The id of the datastore; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddDatastoreAsync(int id, int zoneId, int datastoreId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.adddatastore", cancellationToken, id, zoneId, datastoreId);

    /// <summary>Removes a datastore. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="datastoreId">The id of the datastore; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveDatastoreAsync(int id, int zoneId, int datastoreId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.deldatastore", cancellationToken, id, zoneId, datastoreId);

    /// <summary>Adds a virtual network. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="networkId">The id of the virtual network; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddNetworkAsync(int id, int zoneId, int networkId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.addvnet", cancellationToken, id, zoneId, networkId);

    /// <summary>Removes a virtual network. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="zoneId">The id of the zone; -10 for all.</param>
    /// <param name="networkId">The id of the virtual network; -10 for all.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveNetworkAsync(int id, int zoneId, int networkId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.vdc.delvnet", cancellationToken, id, zoneId, networkId);
}
