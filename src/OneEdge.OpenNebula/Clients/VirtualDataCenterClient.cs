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
        IReadOnlyList<VirtualDataCenter> all = await _rpc.ReadListAsync<VirtualDataCenter>("one.vdcpool.info", cancellationToken).ConfigureAwait(false);
        foreach (VirtualDataCenter item in all) yield return item;
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

    /// <summary>Adds a resource: a cluster, a host, a datastore or a virtual network. The calls are not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="resource">The resource, or all of a kind, see <see cref="VdcResource.All"/>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddResourceAsync(int id, VdcResource resource, CancellationToken cancellationToken = default) =>
        ChangeAsync("add", id, resource, cancellationToken);

    /// <summary>Removes a resource. The calls are not among those recorded from a real server.</summary>
    /// <param name="id">The id of the virtual data centre.</param>
    /// <param name="resource">The resource as it was added.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveResourceAsync(int id, VdcResource resource, CancellationToken cancellationToken = default) =>
        ChangeAsync("del", id, resource, cancellationToken);

    private Task ChangeAsync(string change, int id, VdcResource resource, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        string word = resource.Kind switch
        {
            VdcResourceKind.Cluster => "cluster",
            VdcResourceKind.Host => "host",
            VdcResourceKind.Datastore => "datastore",
            VdcResourceKind.Network => "vnet",
            _ => throw new ArgumentOutOfRangeException(nameof(resource), resource.Kind, "No kind of resource."),
        };
        return _rpc.DoAsync($"one.vdc.{change}{word}", cancellationToken, id, resource.ZoneId, resource.Id);
    }
}
