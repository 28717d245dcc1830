using System.Globalization;
using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Rules of access control.</summary>
public sealed class AccessRuleClient
{
    private readonly IOpenNebulaRpc _rpc;

    internal AccessRuleClient(ClientContext context) => _rpc = context.Rpc;

    /// <summary>Lists the access rules. The server gives all of them in one answer.</summary>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <returns>The access rules.</returns>
    public async IAsyncEnumerable<AccessRule> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (AccessRule item in await _rpc.ReadListAsync<AccessRule>("one.acl.info", cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>Adds a rule; the numbers are those of <see cref="AccessRule"/>. The call is not among those recorded from a real server.</summary>
    /// <param name="user">Whom it is for.</param>
    /// <param name="resource">What it is about.</param>
    /// <param name="rights">What it allows.</param>
    /// <param name="zone">Where it holds.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    /// <returns>Its id.</returns>
    public Task<int> CreateAsync(long user, long resource, AccessRights rights, long zone, CancellationToken cancellationToken = default) =>
        _rpc.IdAsync("one.acl.addrule", cancellationToken, Hexadecimal(user), Hexadecimal(resource), Hexadecimal((long)rights), Hexadecimal(zone));

    /// <summary>Deletes a rule. The call is not among those recorded from a real server.</summary>
    /// <param name="id">The id of the access rule.</param>
    /// <param name="cancellationToken">Cancels the call; the server may carry it out all the same.</param>
    public Task DeleteAsync(int id, CancellationToken cancellationToken = default) => _rpc.DoAsync("one.acl.delrule", cancellationToken, id);

    private static string Hexadecimal(long value) => value.ToString("x", CultureInfo.InvariantCulture);
}
