using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Groups of users.</summary>
public sealed class GroupClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal GroupClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a group.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The group.</returns>
    public Task<Group> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Group>("one.group.info", cancellationToken, id, decrypt);

    /// <summary>Lists the groups. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The groups.</returns>
    public async IAsyncEnumerable<Group> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Group item in await _rpc.ReadListAsync<Group>("one.grouppool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a group.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(string name, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.group.allocate", cancellationToken, name);

    /// <summary>Changes the template of a group.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.group.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a group.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.group.delete", cancellationToken, id);

    /// <summary>Makes a user an administrator of a group.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddAdministratorAsync(int id, int userId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.group.addadmin", cancellationToken, id, userId);

    /// <summary>Makes a user no longer an administrator of a group.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="userId">The id of the user.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveAdministratorAsync(int id, int userId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.group.deladmin", cancellationToken, id, userId);

    /// <summary>Sets what a group may use.</summary>
    /// <param name="id">The id of the group.</param>
    /// <param name="quotas">The quotas: vectors <c>DATASTORE</c>, <c>NETWORK</c>, <c>VM</c> and <c>IMAGE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetQuotasAsync(int id, TemplateText quotas, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.group.quota", cancellationToken, id, quotas.Text);

    /// <summary>What groups without quotas of their own may use. The call is not among those recorded from a real server.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The quotas.</returns>
    public Task<Quotas> GetDefaultQuotasAsync(CancellationToken cancellationToken = default) =>
        _rpc.ReadQuotasAsync("one.groupquota.info", cancellationToken);

    /// <summary>Sets what groups without quotas of their own may use. The call is not among those recorded from a real server.</summary>
    /// <param name="quotas">The quotas: vectors <c>DATASTORE</c>, <c>NETWORK</c>, <c>VM</c> and <c>IMAGE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetDefaultQuotasAsync(TemplateText quotas, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.groupquota.update", cancellationToken, quotas.Text);
}
