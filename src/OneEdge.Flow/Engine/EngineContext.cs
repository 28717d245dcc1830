using Microsoft.Extensions.Logging;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>What the parts of a working engine share, for as long as it holds its lease.</summary>
internal sealed class EngineContext
{
    public required FlowEngineOptions Options { get; init; }

    public required IOpenNebulaClient Client { get; init; }

    public required IDocumentStore Documents { get; init; }

    public required IEventSource Events { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required EngineLease Lease { get; init; }

    /// <summary>Ends when the engine stops working.</summary>
    public required CancellationToken Stopping { get; init; }

    /// <summary>The user that <see cref="Client"/> is.</summary>
    public required int OwnUserId { get; init; }

    /// <summary>The client that acts as an owner.</summary>
    /// <remarks>
    /// OpenNebula remembers one secret for each user and asks a program about every other one, so nobody comes as the same user with two of them.
    /// Source: OpenNebula 6.10.5, <c>src/um/UserPool.cc</c>.
    /// </remarks>
    /// <exception cref="FlowException">Nobody can act as that owner.</exception>
    public IOpenNebulaClient ActAs(ServiceOwner owner)
    {
        if (owner.UserId == OwnUserId) return Client;
        if (Options.ActAs is { } actAs) return actAs(owner);
        throw new FlowException(
            FlowErrorCodes.OwnerNotServed,
            $"The engine has no credentials to act as user {owner.UserName} ({owner.UserId}): "
            + $"set {nameof(FlowEngineOptions)}.{nameof(FlowEngineOptions.ActAs)}.");
    }

    /// <summary>The store that creates documents as an owner; <see langword="null"/> when they are created by the engine's own and given to the owner.</summary>
    public IDocumentStore? DocumentsOf(ServiceOwner? owner) => owner is null || owner.UserId == OwnUserId ? null : Options.DocumentsOf?.Invoke(owner);

    public Backoff NewBackoff() => new(Options, Time);
}
