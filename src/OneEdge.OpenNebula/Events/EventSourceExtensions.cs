using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Following objects without minding gaps.</summary>
public static class EventSourceExtensions
{
    /// <summary>
    /// The states of the objects that a filter names: first the present one of each, then each one it comes to. Gaps are not in the stream: on each of them
    /// the states are read, and those that are other than what was told last are told.
    /// </summary>
    /// <param name="source">The events.</param>
    /// <param name="filter">The objects.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="OpenNebulaException">Thrown by the stream: the cloud could not be read.</exception>
    public static async IAsyncEnumerable<CloudEvent> FollowAsync(
        this IEventSource source, EventFilter filter, IOpenNebulaRpc rpc, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentNullException.ThrowIfNull(rpc);
        StateTracker[] trackers = StateTracker.For(filter, rpc);

        // A filter for a state hides those between: the same state again is news there.
        bool seesAll = filter.Clauses.All(c => c.State is null);
        await foreach (CloudEvent @event in source.WatchAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            if (@event is not Gap)
            {
                bool isNews = true;
                foreach (StateTracker tracker in trackers) isNews &= tracker.Learn(@event);
                if (isNews || !seesAll) yield return @event;
                continue;
            }

            foreach (StateTracker tracker in trackers)
            {
                foreach (CloudEvent change in await tracker.ReadChangesAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (filter.Matches(change)) yield return change;
                }
            }
        }
    }

    /// <summary>The present state of a virtual machine, and each one it comes to.</summary>
    /// <param name="source">The events.</param>
    /// <param name="id">The id of the machine.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <inheritdoc cref="FollowAsync" path="/exception"/>
    public static IAsyncEnumerable<VmStateChanged> VirtualMachineAsync(
        this IEventSource source, int id, IOpenNebulaRpc rpc, CancellationToken cancellationToken = default) =>
        source.FollowAsync(EventFilter.VirtualMachine(id), rpc, cancellationToken).OfType<VmStateChanged>();

    /// <summary>The present states of the virtual machines of a service, and each one they come to.</summary>
    /// <param name="source">The events.</param>
    /// <param name="serviceId">The id of the service.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <inheritdoc cref="FollowAsync" path="/exception"/>
    public static IAsyncEnumerable<VmStateChanged> ServiceAsync(
        this IEventSource source, int serviceId, IOpenNebulaRpc rpc, CancellationToken cancellationToken = default) =>
        source.FollowAsync(EventFilter.Service(serviceId), rpc, cancellationToken).OfType<VmStateChanged>();

    /// <summary>The present state of a host, and each one it comes to.</summary>
    /// <param name="source">The events.</param>
    /// <param name="id">The id of the host.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <inheritdoc cref="FollowAsync" path="/exception"/>
    public static IAsyncEnumerable<HostStateChanged> HostAsync(
        this IEventSource source, int id, IOpenNebulaRpc rpc, CancellationToken cancellationToken = default) =>
        source.FollowAsync(EventFilter.Host(id), rpc, cancellationToken).OfType<HostStateChanged>();

    /// <summary>The present state of an image, and each one it comes to.</summary>
    /// <param name="source">The events.</param>
    /// <param name="id">The id of the image.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <inheritdoc cref="FollowAsync" path="/exception"/>
    public static IAsyncEnumerable<ImageStateChanged> ImageAsync(
        this IEventSource source, int id, IOpenNebulaRpc rpc, CancellationToken cancellationToken = default) =>
        source.FollowAsync(EventFilter.Image(id), rpc, cancellationToken).OfType<ImageStateChanged>();

    /// <summary>The present state of a virtual network, and each one it comes to.</summary>
    /// <param name="source">The events.</param>
    /// <param name="id">The id of the network.</param>
    /// <param name="rpc">The same cloud, for reading.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <inheritdoc cref="FollowAsync" path="/exception"/>
    public static IAsyncEnumerable<VirtualNetworkStateChanged> VirtualNetworkAsync(
        this IEventSource source, int id, IOpenNebulaRpc rpc, CancellationToken cancellationToken = default) =>
        source.FollowAsync(EventFilter.VirtualNetwork(id), rpc, cancellationToken).OfType<VirtualNetworkStateChanged>();
}
