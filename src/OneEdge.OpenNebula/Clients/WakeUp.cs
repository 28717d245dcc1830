namespace OneEdge.OpenNebula;

/// <summary>The pauses of a wait, which end early when something happens to its object. Events only save time: when they break, the pauses stay.</summary>
internal sealed class WakeUp : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop;
    private readonly IAsyncEnumerator<CloudEvent>? _events;
    private Task<bool>? _next;

    private WakeUp(TimeProvider time, IEventSource? source, EventFilter? filter, CancellationToken cancellationToken)
    {
        _time = time;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (source is null || filter is null) return;
        // The stream begins with a gap as soon as nothing is missed any more: that wakes up, too, and the object is read again.
        _events = source.WatchAsync(filter, _stop.Token).GetAsyncEnumerator(_stop.Token);
        _next = _events.MoveNextAsync().AsTask();
    }

    /// <summary>Begins to watch an object.</summary>
    public static WakeUp Start(ClientContext context, OpenNebulaObjectKind kind, int id, CancellationToken cancellationToken)
    {
        EventFilter? filter = kind switch
        {
            _ when id < 0 => null,
            OpenNebulaObjectKind.VirtualMachine => EventFilter.VirtualMachine(id),
            OpenNebulaObjectKind.Host => EventFilter.Host(id),
            OpenNebulaObjectKind.Image => EventFilter.Image(id),
            OpenNebulaObjectKind.VirtualNetwork => EventFilter.VirtualNetwork(id),
            _ => null,
        };
        return new WakeUp(context.Time, context.Events, filter, cancellationToken);
    }

    /// <summary>Sleeps until the time is over or something happened.</summary>
    public async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        using var endOfPause = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task sleep = Task.Delay(pause, _time, endOfPause.Token);
        if (_next is not null && await Task.WhenAny(sleep, _next).ConfigureAwait(false) == _next)
        {
            bool hasMore = _next.IsCompletedSuccessfully && await _next.ConfigureAwait(false);
            _next = hasMore ? _events!.MoveNextAsync().AsTask() : null;
            if (hasMore)
            {
                await endOfPause.CancelAsync().ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                return;
            }
        }

        await sleep.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        // A stream must not be disposed of while it moves.
        if (_next is not null) await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_events is not null) await _events.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
