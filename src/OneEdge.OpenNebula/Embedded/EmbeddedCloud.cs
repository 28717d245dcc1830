using OneEdge.OpenNebula.Embedded;

namespace OneEdge.OpenNebula;

/// <summary>
/// OpenNebula 6.10 in this process: it answers the calls of <see cref="IOpenNebulaRpc"/> with the same XML, the same errors and the same events as a server,
/// so that what is built on this library runs and is tested without one. <c>docs/opennebula/embedded.md</c> says what it has and what it has not.
/// </summary>
/// <remarks>
/// It may be called from several threads. It has no threads of its own: work happens during calls, and when the clock of the options fires its timer. With
/// the same seed, the same calls and the same clock everything happens in the same way and order.
/// </remarks>
public sealed class EmbeddedCloud : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly CallDispatcher _dispatcher;
    private bool _isDisposed;

    /// <summary>Creates a cloud.</summary>
    /// <param name="options">How it begins; they are not looked at again later.</param>
    public EmbeddedCloud(EmbeddedCloudOptions? options = null)
    {
        options ??= new EmbeddedCloudOptions();
        EmbeddedCloudChecks.Check(options);
        _time = options.TimeProvider;
        State = new CloudState(options, _time.GetUtcNow());
        _dispatcher = new CallDispatcher(State);
        _timer = _time.CreateTimer(static cloud => ((EmbeddedCloud)cloud!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        State.Events.Drops = State.Faults.IsDropped;
        Script = new EmbeddedCloudScript(this);
        Events = new InProcessEventSource(new EventHub(), hub => Listen(hub.Publish, hub.IsWanted));
        Rpc = Connect("oneadmin", options.OneadminPassword);
        Tick();
    }

    /// <summary>Calls as <c>oneadmin</c>.</summary>
    public IOpenNebulaRpc Rpc { get; }

    /// <summary>What is to go wrong, and what machines report.</summary>
    public EmbeddedCloudScript Script { get; }

    /// <summary>What happens in the cloud, told as a server tells it. A stream begins when it is first read, and sees what happens from then on.</summary>
    public IEventSource Events { get; }

    internal CloudState State { get; }

    /// <summary>Calls as a user. Whether there is such a user shows with the first call, as with a server.</summary>
    /// <param name="user">The name.</param>
    /// <param name="passwordOrToken">The password, or a login token.</param>
    /// <exception cref="OpenNebulaException">The credentials cannot be used.</exception>
    public IOpenNebulaRpc Connect(string user, string passwordOrToken) => Connect(OpenNebulaCredentials.ForUser(user, passwordOrToken));

    /// <summary>Calls as a user.</summary>
    /// <param name="credentials">The credentials.</param>
    public IOpenNebulaRpc Connect(OpenNebulaCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        return new EmbeddedRpc(this, credentials);
    }

    /// <summary>Stops the clock of the cloud; calls are refused.</summary>
    public void Dispose()
    {
        lock (_gate) _isDisposed = true;
        _timer.Dispose();
    }

    /// <summary>Answers a call whose parameters are all there, the session among them.</summary>
    internal RpcAnswer Answer(string method, IReadOnlyList<RpcValue> parameters) => Run(() => _dispatcher.Answer(method, parameters));

    /// <summary>What a script lets happen to a call on its way.</summary>
    internal EmbeddedCallFault FaultOf(OpenNebulaCall call)
    {
        Func<OpenNebulaCall, EmbeddedCallFault>[] rules;
        lock (_gate) rules = [.. State.Faults.Calls];
        return rules.Select(r => r(call)).FirstOrDefault(f => f != EmbeddedCallFault.None);
    }

    /// <summary>Listens to the messages of the hook manager, from now on and in order.</summary>
    /// <param name="listener">Gets them, after the call or the action that caused them; it may call the cloud.</param>
    /// <param name="wants">Whether a topic is wanted; others are not even written.</param>
    internal IDisposable Listen(Action<HookMessage> listener, Func<string, bool>? wants = null) => State.Events.Add(listener, wants, _gate);

    /// <summary>Does something with the state: what is due before, and what it makes due after it.</summary>
    internal T Run<T>(Func<T> work, bool evenAfterEnd = false)
    {
        T result;
        lock (_gate)
        {
            if (!evenAfterEnd) ObjectDisposedException.ThrowIf(_isDisposed, this);
            else if (_isDisposed) return work();
            State.Actions.RunUntil(_time.GetUtcNow());
            result = work();
            State.Actions.RunUntil(State.Actions.Now);
            SetTimer();
        }

        State.Events.Deliver(_gate);
        return result;
    }

    private void Tick()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            State.Actions.RunUntil(_time.GetUtcNow());
            SetTimer();
        }

        State.Events.Deliver(_gate);
    }

    private void SetTimer()
    {
        if (State.Actions.NextDue is not { } due)
        {
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        TimeSpan wait = due - _time.GetUtcNow();
        // Timers count whole milliseconds: one that fires too early would find nothing to do.
        double milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
