namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Publishes the messages of the hook manager. They are written while the state is as they tell it, and only when somebody listens; they are handed over
/// after the call or the action, in order, so that a listener may call the cloud.
/// </summary>
internal sealed class EventOutlet
{
    private const int MaxWaiting = 1024;

    private readonly Lock _delivery = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly Queue<(Subscription Subscription, HookMessage Message)> _waiting = [];
    private bool _isDelivering;

    /// <summary>Whether a message of a topic is to be dropped, as messages of a network are now and then.</summary>
    public Func<string, bool>? Drops { get; set; }

    /// <summary>Whether anybody listens.</summary>
    public bool IsObserved => _subscriptions.Count > 0;

    public IDisposable Add(Action<HookMessage> listener, Func<string, bool>? wants, Lock gate)
    {
        var subscription = new Subscription(this, listener, wants, gate);
        lock (gate) _subscriptions.Add(subscription);
        return subscription;
    }

    public void Publish(string topic, Func<string> payload)
    {
        if (!IsObserved || Drops?.Invoke(topic) == true) return;
        ReadOnlyMemory<byte>? written = null;
        foreach (Subscription subscription in _subscriptions)
        {
            if (subscription.Wants?.Invoke(topic) == false) continue;
            written ??= System.Text.Encoding.UTF8.GetBytes(payload());
            _waiting.Enqueue((subscription, new HookMessage(topic, written.Value)));
        }
    }

    /// <summary>
    /// Hands over what waits; to be called without the gate. One thread does that for all, unless so much waits that the others wait for it: messages are
    /// large, and would fill the memory.
    /// </summary>
    public void Deliver(Lock gate)
    {
        lock (gate)
        {
            if (_waiting.Count == 0 || (_isDelivering && _waiting.Count < MaxWaiting)) return;
            _isDelivering = true;
        }

        // A listener that calls the cloud gets what follows when it is ready.
        if (_delivery.IsHeldByCurrentThread) return;
        lock (_delivery) DeliverAll(gate);
    }

    private void DeliverAll(Lock gate)
    {
        try
        {
            while (TryTake(gate, out Subscription? subscription, out HookMessage message)) subscription.Listener(message);
        }
        catch
        {
            lock (gate) _isDelivering = false;
            throw;
        }
    }

    private bool TryTake(Lock gate, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Subscription? subscription, out HookMessage message)
    {
        lock (gate)
        {
            while (_waiting.TryDequeue(out var next))
            {
                (subscription, message) = next;
                if (!subscription.IsOver) return true;
            }

            _isDelivering = false;
            (subscription, message) = (null, default);
            return false;
        }
    }

    private sealed class Subscription(EventOutlet outlet, Action<HookMessage> listener, Func<string, bool>? wants, Lock gate) : IDisposable
    {
        public Action<HookMessage> Listener { get; } = listener;

        public Func<string, bool>? Wants { get; } = wants;

        public bool IsOver { get; private set; }

        public void Dispose()
        {
            lock (gate)
            {
                IsOver = true;
                outlet._subscriptions.Remove(this);
            }
        }
    }
}
