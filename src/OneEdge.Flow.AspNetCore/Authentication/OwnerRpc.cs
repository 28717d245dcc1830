using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>
/// The cloud as the owner of a service: with the password with which the owner came here a moment ago, as long as the cloud takes it; else as the engine
/// acts for owners anyway.
/// </summary>
/// <remarks>
/// OpenNebula remembers one secret for each user and lets nobody in with another one before a program has said yes, which takes a tenth of a second and makes
/// it forget the first one. Somebody who deploys a service and looks at it with a password while the engine acts by delegation would pay that for every call.
/// Source: OpenNebula 6.10.5, <c>src/um/UserPool.cc</c>.
/// </remarks>
internal sealed class OwnerRpc(CallerCache callers, ServiceOwner owner, IOpenNebulaRpc delegated) : IOpenNebulaRpc
{
    /// <inheritdoc/>
    public async Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        using (CallerLease? lease = callers.Find(owner.UserId))
        {
            if (lease is not null)
            {
                try
                {
                    return await lease.Caller.Client.Rpc.CallAsync(call, cancellationToken).ConfigureAwait(false);
                }
                catch (OpenNebulaCallException error) when (IsUnknown(error))
                {
                    // The password is another one by now. Nothing was done.
                    callers.Forget(lease);
                }
            }
        }

        return await delegated.CallAsync(call, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(
        IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
    {
        using (CallerLease? lease = callers.Find(owner.UserId))
        {
            if (lease is not null)
            {
                IReadOnlyList<OpenNebulaCallResult> results =
                    await lease.Caller.Client.Rpc.ReadManyAsync(calls, cancellationToken).ConfigureAwait(false);
                if (!results.Any(r => IsUnknown(r.Error))) return results;
                callers.Forget(lease);
            }
        }

        return await delegated.ReadManyAsync(calls, cancellationToken).ConfigureAwait(false);
    }

    private static bool IsUnknown(OpenNebulaCallException? error) => error?.Kind == OpenNebulaErrorKind.Authentication;
}
