using System.Globalization;
using System.Text;
using NetMQ;
using NetMQ.Monitoring;
using NetMQ.Sockets;

namespace OneEdge.OpenNebula.ZeroMq;

/// <summary>
/// One socket, and the thread on which alone it is used. Everything that arrives goes to the hub at once, so that the thread never waits for those who watch.
/// </summary>
internal sealed class Subscriber : IDisposable
{
    // Commands get their turn between so many messages.
    private const int MessagesPerTurn = 1000;

    private readonly EventHub _hub;
    private readonly SubscriberSocket _socket;
    private readonly NetMQMonitor _monitor;
    private readonly NetMQQueue<Action> _commands;
    private readonly NetMQPoller _poller;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Users, Task Applied)> _subscriptions = new(StringComparer.Ordinal);
    private readonly Action<int> _connected;
    private TaskCompletionSource<int> _connection = NewConnection();
    private int _connections;
    private bool _isDisposed;

    /// <summary>Starts to connect.</summary>
    /// <param name="address">Where to, in numbers.</param>
    /// <param name="options">How.</param>
    /// <param name="hub">Who gets what arrives.</param>
    /// <param name="connected">Told of each connection and its number from 1, on the thread of the socket.</param>
    public Subscriber(string address, ZeroMqEventSourceOptions options, EventHub hub, Action<int> connected)
    {
        (_hub, _connected) = (hub, connected);
        _socket = new SubscriberSocket();
        Configure(_socket.Options, options);
        _socket.Options.IPv4Only = !address.Contains('[');
        _socket.ReceiveReady += (_, _) => Receive();

        // The name must be unique in the process; the numbers of tasks are.
        string name = string.Create(CultureInfo.InvariantCulture, $"inproc://oneedge-events-{new Task(static () => { }).Id}");
        _monitor = new NetMQMonitor(_socket, name, SocketEvents.Connected | SocketEvents.Disconnected);
        _monitor.Connected += (_, _) => OnConnected();
        _monitor.Disconnected += (_, _) => OnDisconnected();
        _commands = new NetMQQueue<Action>();
        _commands.ReceiveReady += (_, e) => e.Queue.Dequeue()?.Invoke();
        _poller = [_socket, _commands];
        _monitor.AttachToPoller(_poller);
        _socket.Connect(address);
        _poller.RunAsync("OneEdge events", isBackgroundThread: true);
    }

    /// <summary>The number of the present connection; 0 when there is none.</summary>
    public int Connection
    {
        get
        {
            lock (_gate) return _connection.Task.IsCompletedSuccessfully ? _connection.Task.Result : 0;
        }
    }

    /// <summary>Waits for a connection.</summary>
    /// <returns>Its number.</returns>
    public Task<int> ConnectedAsync(CancellationToken cancellationToken)
    {
        lock (_gate) return _connection.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Subscribes, unless that is done already.</summary>
    /// <returns>When the socket knows it.</returns>
    public Task SubscribeAsync(IEnumerable<string> prefixes)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(ZeroMqEventSource));
            var applied = new List<Task>();
            foreach (string prefix in prefixes)
            {
                if (!_subscriptions.TryGetValue(prefix, out (int Users, Task Applied) subscription))
                    subscription.Applied = Do(() => _socket.Subscribe(Encoding.UTF8.GetBytes(prefix)));
                _subscriptions[prefix] = (subscription.Users + 1, subscription.Applied);
                applied.Add(subscription.Applied);
            }

            return Task.WhenAll(applied);
        }
    }

    /// <summary>Takes a subscription back, which stays while others have it.</summary>
    public void Unsubscribe(IEnumerable<string> prefixes)
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            foreach (string prefix in prefixes)
            {
                (int users, Task applied) = _subscriptions[prefix];
                _subscriptions[prefix] = (users - 1, applied);
                if (users > 1) continue;
                _subscriptions.Remove(prefix);
                _ = Do(() => _socket.Unsubscribe(Encoding.UTF8.GetBytes(prefix)));
            }
        }
    }

    /// <summary>Closes the socket and ends its thread.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _connection.TrySetCanceled(CancellationToken.None);
        }

        _poller.Stop();
        _monitor.Dispose();
        _poller.Remove(_socket);
        _poller.Remove(_commands);
        _poller.Dispose();
        _socket.Dispose();
        _commands.Dispose();
    }

    private static TaskCompletionSource<int> NewConnection() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Configure(SocketOptions socket, ZeroMqEventSourceOptions options)
    {
        socket.Linger = TimeSpan.Zero;
        socket.ReconnectInterval = options.ReconnectDelay;
        socket.ReconnectIntervalMax = options.MaxReconnectDelay;
        socket.MaxMsgSize = options.MaxFrameBytes;

        // More than the publisher keeps: a burst should wait here, not there.
        socket.ReceiveHighWatermark = 10_000;
        if (options.HeartbeatInterval > TimeSpan.Zero) socket.HeartbeatInterval = options.HeartbeatInterval;
    }

    // Under the lock, so that commands keep their order.
    private Task Do(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(() =>
        {
            action();
            done.SetResult();
        });
        return done.Task;
    }

    private void OnConnected()
    {
        int number = ++_connections;
        lock (_gate)
        {
            if (_isDisposed) return;
            if (_connection.Task.IsCompleted) _connection = NewConnection();
            _connection.SetResult(number);
        }

        _connected(number);
    }

    private void OnDisconnected()
    {
        lock (_gate)
        {
            if (!_isDisposed && _connection.Task.IsCompleted) _connection = NewConnection();
        }
    }

    private void Receive()
    {
        for (int i = 0; i < MessagesPerTurn && _socket.TryReceiveFrameBytes(out byte[]? topic, out bool more); i++)
        {
            byte[]? payload = null;
            int frames = 1;
            for (; more; frames++)
            {
                byte[] frame = _socket.ReceiveFrameBytes(out more);
                if (frames == 1) payload = frame;
            }

            HookTopic parsed = HookTopic.Parse(Encoding.UTF8.GetString(topic));
            _hub.Publish(frames == 2
                ? new HookEnvelope(parsed, payload, isBase64: true)
                : new HookEnvelope(parsed, string.Create(CultureInfo.InvariantCulture, $"it has {frames} frames instead of 2")));
        }
    }
}
