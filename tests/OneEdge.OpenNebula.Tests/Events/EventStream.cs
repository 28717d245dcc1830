namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>A stream of events in the hands of a test.</summary>
internal sealed class EventStream(IEventWorld world, IAsyncEnumerator<CloudEvent> events) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Begins a stream; the gap at its beginning is taken.</summary>
    public static async Task<EventStream> BeginAsync(IEventWorld world, EventFilter filter, CancellationToken cancellationToken)
    {
        var stream = new EventStream(world, world.Source.WatchAsync(filter, cancellationToken).GetAsyncEnumerator(CancellationToken.None));
        Assert.Equal(GapReason.Started, Assert.IsType<Gap>(await stream.NextAsync()).Reason);
        return stream;
    }

    public async Task<CloudEvent> NextAsync()
    {
        Assert.True(await world.WaitAsync(events.MoveNextAsync().AsTask()).WaitAsync(Patience));
        return events.Current;
    }

    public async Task<T> NextAsync<T>()
        where T : CloudEvent => Assert.IsType<T>(await NextAsync());

    public async ValueTask DisposeAsync() => await events.DisposeAsync();
}
