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

    /// <summary>The user that <see cref="Client"/> is; -1 when that does not matter.</summary>
    public int OwnUserId { get; set; } = -1;

    /// <summary>The client that acts as an owner.</summary>
    /// <exception cref="FlowException">Nobody can act as that owner.</exception>
    public IOpenNebulaClient ActAs(ServiceOwner owner)
    {
        if (Options.ActAs is { } actAs) return actAs(owner);
        return owner.UserId == OwnUserId ? Client : throw new FlowException(
            FlowErrorCodes.OwnerNotServed,
            $"The engine has no credentials to act as user {owner.UserName} ({owner.UserId}): "
            + $"set {nameof(FlowEngineOptions)}.{nameof(FlowEngineOptions.ActAs)}.");
    }

    public Backoff NewBackoff() => new(Options, Time);
}
