namespace OneEdge.Flow.AspNetCore;

/// <summary>Reads a sequence, and tells when nothing came for a while.</summary>
internal sealed class HeartbeatReader<T>(IAsyncEnumerable<T> source, TimeSpan interval, TimeProvider time) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private IAsyncEnumerator<T>? _items;
    private Task<bool>? _next;

    public async Task<(ReadKind Kind, T? Item)> ReadAsync()
    {
        _items ??= source.GetAsyncEnumerator(_stop.Token);
        _next ??= _items.MoveNextAsync().AsTask();
        if (!_next.IsCompleted)
        {
            using var stop = new CancellationTokenSource();
            Task silence = Task.Delay(interval, time, stop.Token);
            Task first = await Task.WhenAny(_next, silence).ConfigureAwait(false);
            await stop.CancelAsync().ConfigureAwait(false);
            if (first != _next) return (ReadKind.Silence, default);
        }

        bool hasItem = await _next.ConfigureAwait(false);
        _next = null;
        return hasItem ? (ReadKind.Item, _items.Current) : (ReadKind.End, default);
    }

    /// <summary>Ends reading, and what is still awaited.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_next is not null) await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_items is not null) await _items.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
