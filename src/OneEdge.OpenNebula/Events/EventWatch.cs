namespace OneEdge.OpenNebula;

/// <summary>One who watches.</summary>
internal sealed class EventWatch(EventFilter filter, EventQueue queue)
{
    private long _round;

    public EventFilter Filter { get; } = filter;

    public EventQueue Queue { get; } = queue;

    /// <summary>Whether it has not been looked at yet in a round; under the lock of the hub.</summary>
    public bool Enter(long round)
    {
        if (_round == round) return false;
        _round = round;
        return true;
    }
}
