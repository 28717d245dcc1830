namespace OneEdge.Storage.Recovery;

/// <summary>
/// How many virtual machines have their turn at once. Those whose last attempt failed have slots of their own, so that they hold up each other and nobody
/// else.
/// </summary>
internal sealed class RecoverySlots(int count) : IDisposable
{
    private readonly SemaphoreSlim _healthy = new(Math.Max(1, count));
    private readonly SemaphoreSlim _failed = new(Math.Max(1, count));

    public async Task<IDisposable> EnterAsync(bool hasFailed, CancellationToken cancellationToken)
    {
        SemaphoreSlim slots = hasFailed ? _failed : _healthy;
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Slot(slots);
    }

    public void Dispose()
    {
        _healthy.Dispose();
        _failed.Dispose();
    }

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
