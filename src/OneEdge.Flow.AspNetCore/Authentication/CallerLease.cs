namespace OneEdge.Flow.AspNetCore;

/// <summary>A caller for the time of a request, whose connection stays open meanwhile.</summary>
internal sealed class CallerLease(CallerEntry entry, Caller caller) : IDisposable
{
    private int _isOver;

    public Caller Caller => caller;

    public CallerEntry Entry => entry;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0) entry.Release();
    }
}
