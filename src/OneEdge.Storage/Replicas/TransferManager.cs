using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Storage.Replicas;

/// <summary>A transfer driver with a replica, as OpenNebula calls it: an action by its name, with words and the facts of the documents, becomes a plan that
/// can be looked at and run.</summary>
/// <remarks>
/// The replica helps, and never stands in the way: where it cannot be reached or has no room, images are copied directly. <see cref="TransferPlanner"/>
/// decides, <see cref="TransferExecutor"/> does; this class looks up on hosts what the planner has to know.
/// </remarks>
public sealed class TransferManager
{
    private readonly TransferSettings _settings;
    private readonly TransferInspector _inspector;
    private readonly TransferExecutor _executor;
    private readonly ILogger _logger;

    /// <summary>Creates a driver; it may be shared.</summary>
    /// <inheritdoc cref="TransferExecutor(IRemoteHosts, TransferSettings, ITransferJournal, TimeProvider, ILogger{TransferExecutor})"/>
    public TransferManager(
        IRemoteHosts hosts, TransferSettings settings, ITransferJournal journal, TimeProvider? time = null, ILogger<TransferExecutor>? logger = null)
    {
        _executor = new TransferExecutor(hosts, settings, journal, time, logger);
        (_settings, _logger) = (settings, logger ?? NullLogger<TransferExecutor>.Instance);
        _inspector = new TransferInspector(hosts, settings);
    }

    /// <summary>Reads an action as OpenNebula writes it.</summary>
    /// <param name="action">The name, in any case, also with the driver of the system datastore behind a point: <c>CLONE</c>, <c>clone.ssh</c>.</param>
    /// <param name="arguments">Its words, without the driver.</param>
    /// <param name="facts">What the documents of the virtual machine, its datastores and its hosts say.</param>
    /// <exception cref="StorageException">There is no such action, or its arguments are malformed or not those of the virtual machine.</exception>
    public TransferRequest Parse(string action, IReadOnlyList<string> arguments, TransferFacts facts)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(facts);
        return TransferArguments.Parse(TransferArguments.Action(action), arguments, facts, _settings.FrontEnd);
    }

    /// <summary>Looks up what has to be known, and plans an action; changes nothing.</summary>
    /// <param name="request">The action.</param>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <exception cref="StorageException">The action is not possible, or a host that it needs cannot be reached.</exception>
    public async Task<TransferPlan> PlanAsync(TransferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Plan(request, await _inspector.ObserveAsync(request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Carries out a plan as it is.</summary>
    /// <inheritdoc cref="TransferExecutor.RunAsync"/>
    public IAsyncEnumerable<TransferEvent> RunAsync(TransferPlan plan, CancellationToken cancellationToken = default) =>
        _executor.RunAsync(plan, cancellationToken);

    /// <summary>Plans an action and carries it out. Where the replica fails meanwhile, by going down or having no room, a plan without it follows.</summary>
    /// <param name="request">The action.</param>
    /// <param name="cancellationToken">Stops the action.</param>
    /// <returns>What happens, as it happens; the last one is <see cref="TransferFinished"/>.</returns>
    /// <exception cref="StorageException">The action failed.</exception>
    public IAsyncEnumerable<TransferEvent> RunAsync(TransferRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return ListenAsync(request, cancellationToken);
    }

    private TransferPlan Plan(TransferRequest request, TransferObservations seen)
    {
        TransferPlan plan = TransferPlanner.Plan(request, seen, _settings);
        bool isDetour = request.Action is TransferAction.Clone or TransferAction.Ln && plan.ReplicaHost is null;
        if (isDetour && request.Facts.ReplicaHost() is { } replica)
        {
            ReplicaLog.ReplicaGoneRound(
                _logger, request.Action, plan.VmId, new LogText(replica), seen.IsReplicaReachable ? "it has no room" : "it cannot be reached");
        }

        return plan;
    }

    private async IAsyncEnumerable<TransferEvent> ListenAsync(TransferRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        TransferObservations seen = await _inspector.ObserveAsync(request, cancellationToken).ConfigureAwait(false);
        TransferPlan plan = Plan(request, seen);
        TransferPlan? other = null;
        IAsyncEnumerable<TransferEvent> first = TryAsync(plan, error => other = WithoutReplica(request, seen, plan, error), cancellationToken);
        await foreach (TransferEvent item in first.ConfigureAwait(false)) yield return item;
        if (other is null) yield break;
        await foreach (TransferEvent item in _executor.RunAsync(other, cancellationToken).ConfigureAwait(false)) yield return item;
    }

    /// <summary>The events of a plan, up to a failure for which there is another plan.</summary>
    private async IAsyncEnumerable<TransferEvent> TryAsync(
        TransferPlan plan, Func<StorageException, TransferPlan?> other, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<TransferEvent> events = _executor.RunAsync(plan, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (events.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await events.MoveNextAsync().ConfigureAwait(false)) yield break;
                }
                catch (StorageException e) when (other(e) is not null)
                {
                    yield break;
                }

                yield return events.Current;
            }
        }
    }

    private TransferPlan? WithoutReplica(TransferRequest request, TransferObservations seen, TransferPlan plan, StorageException error)
    {
        // A restored disk has no other source: the image holds something older.
        if (plan.ReplicaHost is not { } replica || request.Action is not (TransferAction.Clone or TransferAction.Ln)) return null;
        if (plan.Steps.Any(step => step is CopyDiskStep { IsChain: true })) return null;
        if (error.Code == StorageErrorCodes.ReplicaFull) return Plan(request, seen with { IsCacheUnusable = true });
        bool isDown = error.Code == StorageErrorCodes.ReplicaUnavailable || error is HostException { Code: StorageErrorCodes.HostUnreachable } host
            && host.Host == replica;
        bool needsIt = plan.Steps.OfType<CopyDiskStep>().Any(copy => copy.Destination.Host == replica);
        return isDown && !needsIt ? Plan(request, seen with { IsReplicaReachable = false }) : null;
    }
}
