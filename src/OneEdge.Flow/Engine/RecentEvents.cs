namespace OneEdge.Flow.Engine;

/// <summary>To what something happened lately, so that readings that show what was before are known. Whoever uses it takes care that one does at a time.</summary>
internal sealed class RecentEvents(TimeProvider time)
{
    // OpenNebula tells of a state before it writes it down: who reads at once may see the one before. Source: OpenNebula 6.10.5, VirtualMachinePool::update.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(5);

    private readonly Dictionary<int, (long Number, long Time, bool IsEnd)> _last = [];
    private readonly Queue<(int Id, long Number, long Time)> _order = [];
    private (long Number, long Time)? _reading;
    private long _number;

    /// <summary>A reading begins.</summary>
    public void BeginReading() => _reading = (_number, time.GetTimestamp());

    public void EndReading() => _reading = null;

    /// <summary>Something happened to one.</summary>
    public void Note(int id, bool isEnd)
    {
        long now = time.GetTimestamp();

        // What neither this reading nor the next one needs goes.
        while (_order.TryPeek(out (int Id, long Number, long Time) oldest) && time.GetElapsedTime(oldest.Time, _reading?.Time ?? now) > Lag)
        {
            _order.Dequeue();
            if (_last.TryGetValue(oldest.Id, out (long Number, long, bool) last) && last.Number == oldest.Number) _last.Remove(oldest.Id);
        }

        _last[id] = (++_number, now, isEnd || _last.GetValueOrDefault(id).IsEnd);
        _order.Enqueue((id, _number, now));
    }

    /// <summary>What was told of one around the reading that is under way.</summary>
    public Told ToldOf(int id)
    {
        if (_reading is not { } began || !_last.TryGetValue(id, out (long Number, long Time, bool IsEnd) last)) return Told.Nothing;
        if (last.IsEnd) return Told.Ended;
        if (last.Number > began.Number) return Told.Meanwhile;
        return time.GetElapsedTime(last.Time, began.Time) <= Lag ? Told.JustBefore : Told.Nothing;
    }
}
