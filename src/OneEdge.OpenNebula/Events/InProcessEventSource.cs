using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>The events of a cloud in this process.</summary>
/// <param name="hub">Gives them to those who watch.</param>
/// <param name="listen">Begins to publish to the hub, and stops when what it returns is disposed; it is asked for only while somebody watches.</param>
/// <param name="options">How much may wait for one stream.</param>
internal sealed class InProcessEventSource(EventHub hub, Func<EventHub, IDisposable>? listen = null, EventQueueOptions? options = null) : IEventSource
{
    private readonly EventQueueOptions _options = options ?? new EventQueueOptions();
    private readonly Lock _gate = new();
    private int _watches;
    private IDisposable? _listening;

    public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        cancellationToken.ThrowIfCancellationRequested();
        Begin();
        try
        {
            EventWatch watch = hub.Watch(filter, _options);
            await foreach (CloudEvent @event in hub.ReadAsync(watch, cancellationToken).ConfigureAwait(false)) yield return @event;
        }
        finally
        {
            End();
        }
    }

    private void Begin()
    {
        lock (_gate)
        {
            _listening ??= listen?.Invoke(hub);
            _watches++;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            if (--_watches > 0) return;
            _listening?.Dispose();
            _listening = null;
        }
    }
}
