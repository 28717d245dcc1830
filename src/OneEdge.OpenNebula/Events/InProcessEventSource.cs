using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>The events of a cloud in this process.</summary>
internal sealed class InProcessEventSource(EventHub hub, EventQueueOptions? options = null) : IEventSource
{
    private readonly EventQueueOptions _options = options ?? new EventQueueOptions();

    public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        EventWatch watch = hub.Watch(filter, _options);
        await foreach (CloudEvent @event in hub.ReadAsync(watch, cancellationToken).ConfigureAwait(false)) yield return @event;
    }
}
