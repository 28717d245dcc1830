namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>The events that a test waits for.</summary>
internal sealed class Watch : IAsyncDisposable
{
    private readonly IAsyncEnumerator<CloudEvent> _events;
    private readonly CancellationTokenSource _limit;

    private Watch(IAsyncEnumerator<CloudEvent> events, CancellationTokenSource limit) => (_events, _limit) = (events, limit);

    /// <summary>Begins to watch; from then on nothing is missed.</summary>
    public static async Task<Watch> BeginAsync(CloudUnderTest cloud, EventFilter filter, CancellationToken token)
    {
        var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Poll.Patience);
        var watch = new Watch(cloud.Events.WatchAsync(filter, limit.Token).GetAsyncEnumerator(CancellationToken.None), limit);
        Assert.Equal(GapReason.Started, Assert.IsType<Gap>(await watch.NextAsync()).Reason);
        return watch;
    }

    public async Task<CloudEvent> NextAsync()
    {
        Assert.True(await _events.MoveNextAsync());
        return _events.Current;
    }

    public async Task<ApiCalled> CallAsync(Func<ApiCalled, bool> isWanted)
    {
        while (true)
        {
            if (await NextAsync() is ApiCalled call && isWanted(call)) return call;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _events.DisposeAsync();
        _limit.Dispose();
    }
}
