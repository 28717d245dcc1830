namespace OneEdge.Host.Flow;

/// <summary>A clock that goes faster than that of the system, for clouds that are only played.</summary>
/// <param name="inner">The clock of the system.</param>
/// <param name="speed">How much faster.</param>
internal sealed class FastTime(TimeProvider inner, double speed) : TimeProvider
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly DateTimeOffset _start = inner.GetUtcNow();
    private readonly long _timestamp = inner.GetTimestamp();

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _start + TimeSpan.FromTicks(GetTimestamp());

    public override long GetTimestamp() => (long)(inner.GetElapsedTime(_timestamp).Ticks * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new FastTimer(inner.CreateTimer(callback, state, Slower(dueTime), Slower(period)), Slower);

    // No timer goes off before its time, or never because it was too short to count.
    private TimeSpan Slower(TimeSpan time)
    {
        if (time == Timeout.InfiniteTimeSpan || time == TimeSpan.Zero) return time;
        double ticks = Math.Ceiling(time.Ticks / speed / TimeSpan.TicksPerMillisecond) * TimeSpan.TicksPerMillisecond;
        return ticks >= Longest.Ticks ? Longest : TimeSpan.FromTicks((long)ticks);
    }

    private sealed class FastTimer(ITimer inner, Func<TimeSpan, TimeSpan> slower) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(slower(dueTime), slower(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
