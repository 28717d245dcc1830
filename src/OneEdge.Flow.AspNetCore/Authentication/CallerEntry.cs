namespace OneEdge.Flow.AspNetCore;

/// <summary>Credentials that came, and whose they are. It is used by requests and by the cache; the last one closes the connection.</summary>
internal sealed class CallerEntry(string key, Task<Caller> caller, IDisposable? owned, long since)
{
    // One for the cache.
    private int _uses = 1;
    private int _isForgotten;

    /// <summary>A hash of the credentials.</summary>
    public string Key => key;

    public Task<Caller> Caller => caller;

    /// <summary>When it was begun, by the timestamps of the clock.</summary>
    public long Since => since;

    /// <summary>Begins a use.</summary>
    /// <returns>Whether the connection is open still.</returns>
    public bool TryUse()
    {
        while (true)
        {
            int uses = Volatile.Read(ref _uses);
            if (uses == 0) return false;
            if (Interlocked.CompareExchange(ref _uses, uses + 1, uses) == uses) return true;
        }
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _uses) == 0) owned?.Dispose();
    }

    /// <summary>The cache has no use for it any more.</summary>
    public void Forget()
    {
        if (Interlocked.Exchange(ref _isForgotten, 1) == 0) Release();
    }
}
