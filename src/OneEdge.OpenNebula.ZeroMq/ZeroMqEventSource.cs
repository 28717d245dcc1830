using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula.ZeroMq;

/// <summary>The events that the hook manager of an OpenNebula cloud publishes over ZeroMQ, by default at port 2101.</summary>
/// <remarks>
/// All streams of a source share one connection, with the subscriptions that they need together; it is made when the first one begins, and kept until the
/// source is disposed. The port knows no users: whoever reaches it sees everything, and nothing is encrypted.
/// </remarks>
public sealed class ZeroMqEventSource : IEventSource, IDisposable
{
    private readonly ZeroMqEventSourceOptions _options;
    private readonly EventEndpoint _endpoint;
    private readonly TimeProvider _time;
    private readonly EventHub _hub = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly Lock _gate = new();
    private Subscriber? _subscriber;
    private bool _isDisposed;

    /// <summary>Creates a source, which does not connect yet.</summary>
    /// <param name="options">Where the events come from, and how.</param>
    /// <param name="time">The clock; the system's when it is left out.</param>
    /// <exception cref="OpenNebulaException">The address cannot be used.</exception>
    public ZeroMqEventSource(ZeroMqEventSourceOptions? options = null, TimeProvider? time = null)
    {
        (_options, _time) = (options ?? new ZeroMqEventSourceOptions(), time ?? TimeProvider.System);
        _endpoint = EventEndpoint.Parse(_options.Endpoint);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        Subscriber? subscriber = null;
        try
        {
            EventWatch watch;
            using (var begin = new Beginning(this, cancellationToken))
            {
                subscriber = await begin.SubscribeAsync(filter).ConfigureAwait(false);
                watch = await begin.WatchAsync(subscriber, filter).ConfigureAwait(false);
            }

            await foreach (CloudEvent @event in _hub.ReadAsync(watch, cancellationToken).ConfigureAwait(false)) yield return @event;
        }
        finally
        {
            subscriber?.Unsubscribe(filter.Subscriptions);
        }
    }

    /// <summary>Closes the connection. Streams that are being read end with an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
        }

        // Outside of the lock: what waits for this goes on here, code of the caller included.
        _disposed.Cancel();
        _hub.Close(new ObjectDisposedException(nameof(ZeroMqEventSource)));
        _subscriber?.Dispose();
    }

    private Subscriber Connect(string address)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _subscriber ??= new Subscriber(address, _options, _hub, OnConnected);
        }
    }

    private void OnConnected(int number)
    {
        // The first connection begins no stream again.
        if (number > 1) _ = TellReconnectedAsync(number);
    }

    private async Task TellReconnectedAsync(int number)
    {
        try
        {
            await Task.Delay(_options.SubscriptionDelay, _time, _disposed.Token).ConfigureAwait(false);
            if (_subscriber?.Connection == number) _hub.Publish(new Gap(GapReason.Reconnected, $"The connection to {_endpoint} was lost and is back."));
        }
        catch (OperationCanceledException)
        {
            // The source is disposed: nobody watches any more.
        }
    }

    /// <summary>The beginning of a stream: bounded in time, and over when the source is disposed.</summary>
    private sealed class Beginning : IDisposable
    {
        private readonly ZeroMqEventSource _source;
        private readonly CancellationToken _caller;
        private readonly CancellationTokenSource _timeout;
        private readonly CancellationTokenSource _any;
        private Task _subscribed = Task.CompletedTask;

        public Beginning(ZeroMqEventSource source, CancellationToken caller)
        {
            ObjectDisposedException.ThrowIf(source._disposed.IsCancellationRequested, source);
            (_source, _caller) = (source, caller);
            _timeout = new CancellationTokenSource(source._options.ConnectTimeout, source._time);
            _any = CancellationTokenSource.CreateLinkedTokenSource(caller, _timeout.Token, source._disposed.Token);
        }

        public async Task<Subscriber> SubscribeAsync(EventFilter filter)
        {
            try
            {
                Subscriber subscriber = _source._subscriber ?? _source.Connect(await _source._endpoint.ResolveAsync(_any.Token).ConfigureAwait(false));
                _subscribed = subscriber.SubscribeAsync(filter.Subscriptions);
                return subscriber;
            }
            catch (OperationCanceledException e)
            {
                throw Explain(e);
            }
        }

        public async Task<EventWatch> WatchAsync(Subscriber subscriber, EventFilter filter)
        {
            try
            {
                await _subscribed.WaitAsync(_any.Token).ConfigureAwait(false);
                while (true)
                {
                    int connection = await subscriber.ConnectedAsync(_any.Token).ConfigureAwait(false);
                    await Task.Delay(_source._options.SubscriptionDelay, _source._time, _any.Token).ConfigureAwait(false);
                    if (subscriber.Connection == connection) return _source._hub.Watch(filter, _source._options.Queue);
                }
            }
            catch (OperationCanceledException e)
            {
                throw Explain(e);
            }
        }

        public void Dispose()
        {
            _any.Dispose();
            _timeout.Dispose();
        }

        private Exception Explain(OperationCanceledException cause)
        {
            if (_caller.IsCancellationRequested) return new OperationCanceledException(cause.Message, cause, _caller);
            if (_source._disposed.IsCancellationRequested) return new ObjectDisposedException(nameof(ZeroMqEventSource));
            return new OpenNebulaException(
                OpenNebulaErrorCodes.EventsUnreachable,
                $"Nobody answers at the event port {_source._endpoint} within {_source._options.ConnectTimeout}. Check that it is open to this machine "
                + "(HM_MAD in oned.conf binds it to 127.0.0.1 by default), or poll with PollingEventSource.",
                cause);
        }
    }
}
