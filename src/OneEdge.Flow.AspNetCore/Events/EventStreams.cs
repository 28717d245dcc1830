namespace OneEdge.Flow.AspNetCore;

/// <summary>Counts the streams of events that are open.</summary>
internal sealed class EventStreams(int limit)
{
    private int _open;

    public int Open => Volatile.Read(ref _open);

    public bool TryOpen()
    {
        if (Interlocked.Increment(ref _open) <= limit)
        {
            FlowServerTelemetry.EventStreams.Add(1);
            return true;
        }

        Interlocked.Decrement(ref _open);
        return false;
    }

    public void Close()
    {
        Interlocked.Decrement(ref _open);
        FlowServerTelemetry.EventStreams.Add(-1);
    }
}
