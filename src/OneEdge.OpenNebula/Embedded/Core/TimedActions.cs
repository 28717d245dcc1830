namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// What is to happen later, in order of time; what is due at one time happens in the order in which it was planned. While an action runs, the clock stands
/// at the time for which it was planned, however late it is.
/// </summary>
internal sealed class TimedActions
{
    private readonly PriorityQueue<Action, (long Due, long Order)> _queue = new();
    private long _order;

    public TimedActions(DateTimeOffset start) => Now = start;

    /// <summary>The time of the cloud.</summary>
    public DateTimeOffset Now { get; private set; }

    public int Count => _queue.Count;

    /// <summary>When the next action is due; <see langword="null"/> when there is none.</summary>
    public DateTimeOffset? NextDue => _queue.TryPeek(out _, out var key) ? new DateTimeOffset(key.Due, TimeSpan.Zero) : null;

    public void After(TimeSpan delay, Action action) => _queue.Enqueue(action, (Due(delay), _order++));

    // What would be due after the end of the calendar is due at its end.
    private long Due(TimeSpan delay) => Now.UtcTicks + Math.Clamp(delay.Ticks, 0, DateTime.MaxValue.Ticks - Now.UtcTicks);

    /// <summary>Runs what is due, and moves the clock.</summary>
    public void RunUntil(DateTimeOffset now)
    {
        while (_queue.TryPeek(out Action? action, out var key) && key.Due <= now.UtcTicks)
        {
            _queue.Dequeue();
            if (key.Due > Now.UtcTicks) Now = new DateTimeOffset(key.Due, TimeSpan.Zero);
            action();
        }

        // A clock that is set back does not take the cloud back.
        if (now > Now) Now = now.ToUniversalTime();
    }
}
