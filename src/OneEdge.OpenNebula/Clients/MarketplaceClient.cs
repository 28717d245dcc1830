using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Marketplaces.</summary>
public sealed class MarketplaceClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal MarketplaceClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a marketplace.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The marketplace.</returns>
    public Task<Marketplace> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<Marketplace>("one.market.info", cancellationToken, id, decrypt);

    /// <summary>Lists the marketplaces. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The marketplaces.</returns>
    public async IAsyncEnumerable<Marketplace> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (Marketplace item in await _rpc.ReadListAsync<Marketplace>("one.marketpool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a marketplace.</summary>
    /// <param name="text">The template.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(TemplateText text, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.market.allocate", cancellationToken, text.Text);

    /// <summary>Gives a marketplace another name.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RenameAsync(int id, string name, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.market.rename", cancellationToken, id, name);

    /// <summary>Changes the template of a marketplace.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.market.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Gives a marketplace to another user or group. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="ownerId">The new owner; <see langword="null"/> to keep the old one.</param>
    /// <param name="groupId">The new group; <see langword="null"/> to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeOwnerAsync(int id, int? ownerId = null, int? groupId = null, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.market.chown", cancellationToken, id, ownerId ?? -1, groupId ?? -1);

    /// <summary>Changes the permissions of a marketplace.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="change">The new permissions.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePermissionsAsync(int id, PermissionChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return _rpc.ChmodAsync("one.market.chmod", id, change, cancellationToken);
    }

    /// <summary>Deletes a marketplace.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.market.delete", cancellationToken, id);

    /// <summary>Enables or disables a marketplace.</summary>
    /// <param name="id">The id of the marketplace.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.market.enable", cancellationToken, id, isEnabled);
}
