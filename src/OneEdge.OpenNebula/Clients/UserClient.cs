using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Users.</summary>
public sealed class UserClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal UserClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Reads a user.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="decrypt">
    /// Whether encrypted attributes come as clear text; only for members of the group <c>oneadmin</c>, for others it changes nothing.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user.</returns>
    public Task<User> GetAsync(int id, bool decrypt = false, CancellationToken cancellationToken = default) =>
        _rpc.ReadAsync<User>("one.user.info", cancellationToken, id, decrypt);

    /// <summary>Reads the user that calls.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The user.</returns>
    public Task<User> GetSelfAsync(CancellationToken cancellationToken = default) => GetAsync(-1, cancellationToken: cancellationToken);

    /// <summary>Lists the users. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The users.</returns>
    public async IAsyncEnumerable<User> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (User item in await _rpc.ReadListAsync<User>("one.userpool.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Creates a user.</summary>
    /// <param name="name">The name, without a colon.</param>
    /// <param name="password">The password, or what the driver takes for one.</param>
    /// <param name="authenticationDriver">
    /// How the user is authenticated; <c>core</c>: by a password that OpenNebula keeps. A driver that does not exist is accepted, and the password is then
    /// kept in clear.
    /// </param>
    /// <param name="groupIds">The groups, the primary one first; <c>users</c> unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The id of the user.</returns>
    public Task<int> CreateAsync(
        string name, string password, string authenticationDriver = "core", IReadOnlyList<int>? groupIds = null, CancellationToken cancellationToken = default)
    {
        RpcValue groups = RpcValue.Array([.. (groupIds ?? []).Select(RpcValue.From)]);
        return _rpc.IdAsync("one.user.allocate", cancellationToken, name, password, authenticationDriver, groups);
    }

    /// <summary>Creates a login token, which stands for the password of a user; see <see cref="OpenNebulaCredentials.ForUser"/>.</summary>
    /// <param name="userName">The name of the user.</param>
    /// <param name="validity">How long it is good; for ever unless given. Fractions of a second do not count.</param>
    /// <param name="groupId">The group that it is limited to; all of the user's unless given.</param>
    /// <param name="token">The token; one that the server makes up unless given.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>The token. A secret.</returns>
    public Task<string> CreateTokenAsync(
        string userName, TimeSpan? validity = null, int? groupId = null, string token = "", CancellationToken cancellationToken = default)
    {
        double seconds = validity?.TotalSeconds ?? -1;
        if (validity is not null && seconds is < 1 or > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(validity), validity, "A token is good for a second to 68 years, or for ever.");
        return _rpc.TextAsync("one.user.login", cancellationToken, userName, token, (int)seconds, groupId ?? -1);
    }

    /// <summary>Changes the template of a user.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="text">The template.</param>
    /// <param name="mode">What becomes of the attributes that are there.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task UpdateAsync(int id, TemplateText text, UpdateMode mode = UpdateMode.Append, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.update", cancellationToken, id, text.Text, (int)mode);

    /// <summary>Deletes a user.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.user.delete", cancellationToken, id);

    /// <summary>Changes a password.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="password">The new password.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangePasswordAsync(int id, string password, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.passwd", cancellationToken, id, password);

    /// <summary>Changes how a user is authenticated.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="authenticationDriver">The driver.</param>
    /// <param name="password">The new password; empty to keep the old one.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeAuthenticationAsync(int id, string authenticationDriver, string password = "", CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.chauth", cancellationToken, id, authenticationDriver, password);

    /// <summary>Changes the primary group of a user. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task ChangeGroupAsync(int id, int groupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.chgrp", cancellationToken, id, groupId);

    /// <summary>Adds a user to a group.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task AddToGroupAsync(int id, int groupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.addgroup", cancellationToken, id, groupId);

    /// <summary>Removes a user from a group that is not the primary one.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="groupId">The id of the group.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task RemoveFromGroupAsync(int id, int groupId, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.delgroup", cancellationToken, id, groupId);

    /// <summary>Enables or disables a user.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="isEnabled">Whether it is enabled.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task EnableAsync(int id, bool isEnabled = true, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.enable", cancellationToken, id, isEnabled);

    /// <summary>Sets what a user may use.</summary>
    /// <param name="id">The id of the user.</param>
    /// <param name="quotas">The quotas: vectors <c>DATASTORE</c>, <c>NETWORK</c>, <c>VM</c> and <c>IMAGE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetQuotasAsync(int id, TemplateText quotas, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.quota", cancellationToken, id, quotas.Text);

    /// <summary>What users without quotas of their own may use. The call is not among those recorded from a real server.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The quotas.</returns>
    public Task<Quotas> GetDefaultQuotasAsync(CancellationToken cancellationToken = default) =>
        _rpc.ReadQuotasAsync("one.userquota.info", cancellationToken);

    /// <summary>Sets what users without quotas of their own may use. The call is not among those recorded from a real server.</summary>
    /// <param name="quotas">The quotas: vectors <c>DATASTORE</c>, <c>NETWORK</c>, <c>VM</c> and <c>IMAGE</c>.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task SetDefaultQuotasAsync(TemplateText quotas, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.userquota.update", cancellationToken, quotas.Text);

    /// <summary>Deletes a login token.</summary>
    /// <param name="userName">The name of the user.</param>
    /// <param name="token">The token; an empty one deletes nothing, and succeeds.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteTokenAsync(string userName, string token, CancellationToken cancellationToken = default) =>
        _rpc.DoAsync("one.user.login", cancellationToken, userName, token, 0, -1);
}
