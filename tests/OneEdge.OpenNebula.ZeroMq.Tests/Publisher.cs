using System.Text;
using NetMQ;
using NetMQ.Sockets;

namespace OneEdge.OpenNebula.ZeroMq.Tests;

/// <summary>A real publisher on a loopback port, which knows the subscriptions of those who are connected.</summary>
internal sealed class Publisher : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Lock _gate = new();
    private readonly HashSet<string> _subscriptions = new(StringComparer.Ordinal);
    private XPublisherSocket? _socket;

    public Publisher(bool starts = true)
    {
        _socket = Create();
        Port = _socket.BindRandomPort("tcp://127.0.0.1");
        if (!starts) Stop();
    }

    public int Port { get; }

    public string Endpoint => FormattableString.Invariant($"tcp://127.0.0.1:{Port}");

    /// <summary>The subscriptions at this moment.</summary>
    public IReadOnlyCollection<string> Subscriptions
    {
        get
        {
            lock (_gate)
            {
                Drain();
                return [.. _subscriptions];
            }
        }
    }

    /// <summary>Opens the port again, as soon as the system gives it.</summary>
    public Task StartAsync() => UntilAsync(() =>
    {
        lock (_gate)
        {
            XPublisherSocket socket = Create();
            try
            {
                socket.Bind(Endpoint);
            }
            catch (AddressAlreadyInUseException)
            {
                socket.Dispose();
                return false;
            }

            _socket = socket;
            return true;
        }
    });

    public void Stop()
    {
        lock (_gate)
        {
            _socket?.Dispose();
            _socket = null;
            _subscriptions.Clear();
        }
    }

    /// <summary>Waits until the publisher knows these subscriptions.</summary>
    public Task SubscribedAsync(IEnumerable<string> prefixes) => UntilAsync(() => prefixes.All(Subscriptions.Contains));

    /// <summary>Waits until nobody is subscribed to anything.</summary>
    public Task DesertedAsync() => UntilAsync(() => Subscriptions.Count == 0);

    public void Send(params ReadOnlySpan<byte[]> frames)
    {
        lock (_gate)
        {
            var message = new NetMQMessage();
            foreach (byte[] frame in frames) message.Append(frame);
            _socket!.SendMultipartMessage(message);
        }
    }

    /// <summary>Publishes a payload as the hook manager does.</summary>
    public void Publish(IEnumerable<string> topics, byte[] payload)
    {
        foreach (string topic in topics) Send(Encoding.UTF8.GetBytes(topic), Encoding.ASCII.GetBytes(Convert.ToBase64String(payload)));
    }

    public void Dispose() => Stop();

    /// <summary>Waits for a condition.</summary>
    public static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Delay(1, patience.Token);
        }
    }

    private static XPublisherSocket Create()
    {
        var socket = new XPublisherSocket();
        socket.Options.Linger = TimeSpan.Zero;
        socket.Options.SendHighWatermark = 0;
        return socket;
    }

    private void Drain()
    {
        while (_socket is not null && _socket.TryReceiveFrameBytes(TimeSpan.Zero, out byte[]? frame) && frame.Length > 0)
        {
            string prefix = Encoding.UTF8.GetString(frame.AsSpan(1));
            if (frame[0] == 1) _subscriptions.Add(prefix);
            else _subscriptions.Remove(prefix);
        }
    }
}
