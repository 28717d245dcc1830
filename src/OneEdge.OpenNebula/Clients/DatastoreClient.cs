using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Datastores.</summary>
public sealed class DatastoreClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal DatastoreClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a datastore.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The datastore.</returns>
    public Task<Datastore> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Datastore>("one.datastore.info", cancellationToken, id, decrypt);

    /// <summary>Lists the datastores. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The datastores.</returns>
    public async IAsyncEnumerable<Datastore> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Datastore item in await _rpc.ReadListAsync<Datastore>("one.datastorepool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a datastore. It has no room before it was first monitored.</summary>
    /// <param name="text">The template.</param>
    /// <param name="clusterId">The id of the cluster; the default cluster unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, int? clusterId = null, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.datastore.allocate", cancellationToken, text.Text, clusterId ?? -1);

    /// <summary>Gives a datastore another name.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.datastore.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a datastore.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.datastore.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a datastore to another user or group.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.datastore.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a datastore. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.datastore.chmod", id, change, cancellationToken);
    }

    /// <summary>Deletes a datastore.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.datastore.delete", cancellationToken, id);

    /// <summary>Enables or disables a system datastore.</summary>
    /// <param name="id">The id of the datastore.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.datastore.enable", cancellationToken, id, isEnabled);
}
