using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Clusters of hosts.</summary>
public sealed class ClusterClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal ClusterClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a cluster.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The cluster.</returns>
    public Task<Cluster> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Cluster>("one.cluster.info", cancellationToken, id, decrypt);

    /// <summary>Lists the clusters. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The clusters.</returns>
    public async IAsyncEnumerable<Cluster> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Cluster item in await _rpc.ReadListAsync<Cluster>("one.clusterpool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a cluster.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.cluster.allocate", cancellationToken, name);

    /// <summary>Gives a cluster another name. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a cluster. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a cluster.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.cluster.delete", cancellationToken, id);

    /// <summary>Moves a host to a cluster.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="hostId">The id of the host.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddHostAsync(int id, int hostId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.addhost", cancellationToken, id, hostId);

    /// <summary>Moves a host from a cluster to the default cluster. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="hostId">The id of the host.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveHostAsync(int id, int hostId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.delhost", cancellationToken, id, hostId);

    /// <summary>Adds a datastore to a cluster; it stays in the others.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="datastoreId">The id of the datastore.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddDatastoreAsync(int id, int datastoreId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.adddatastore", cancellationToken, id, datastoreId);

    /// <summary>Removes a datastore from a cluster. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="datastoreId">The id of the datastore.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveDatastoreAsync(int id, int datastoreId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.deldatastore", cancellationToken, id, datastoreId);

    /// <summary>Adds a virtual network to a cluster; it stays in the others. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="networkId">The id of the virtual network.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddNetworkAsync(int id, int networkId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.addvnet", cancellationToken, id, networkId);

    /// <summary>Removes a virtual network from a cluster.</summary>
    /// <param name="id">The id of the cluster.</param>
    /// <param name="networkId">The id of the virtual network.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveNetworkAsync(int id, int networkId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.cluster.delvnet", cancellationToken, id, networkId);
}
