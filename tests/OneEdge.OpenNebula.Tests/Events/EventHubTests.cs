using CsCheck;

namespace OneEdge.OpenNebula.Tests.Events;

public sealed class EventHubTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Whatever is left out, there is a gap behind it; and no more waits than may.</summary>
    [Fact]
    public void Message_that_is_left_out_is_followed_by_a_gap()
    {
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 9].Array[1, 60]).Sample((capacity, steps) =>
        {
            var queue = new EventQueue(new EventQueueOptions { Capacity = capacity });
            var arrived = new HashSet<int>();
            int sent = 0, toldUpTo = 0;
            foreach (int step in steps)
            {
                if (step > 3) queue.Add(Envelope(sent++.ToString(System.Globalization.CultureInfo.InvariantCulture), 0));
                else Take();
            }

            int waited = 0;
            while (Take()) waited++;
            Assert.InRange(waited, 0, capacity + 1);
            Assert.All(Enumerable.Range(0, sent).Where(i => !arrived.Contains(i)), lost => Assert.True(lost < toldUpTo, $"{lost} was lost without a gap."));

            bool Take()
            {
                if (!queue.TryTake(out object? item)) return false;
                if (item is Gap) toldUpTo = sent;
                else arrived.Add(int.Parse(((HookEnvelope)item).Topic.Text, System.Globalization.CultureInfo.InvariantCulture));
                return true;
            }
        });
    }

    [Fact]
    public async Task Messages_that_are_too_large_together_are_left_out()
    {
        var queue = new EventQueue(new EventQueueOptions { MaxBytes = 100 });
        queue.Add(Envelope("1", 60));
        queue.Add(Envelope("2", 60));
        queue.Add(Envelope("3", 40));
        Assert.Equal("1", ((HookEnvelope)await queue.TakeAsync(Token)).Topic.Text);
        Assert.Equal(GapReason.Overflow, ((Gap)await queue.TakeAsync(Token)).Reason);
        Assert.Equal("3", ((HookEnvelope)await queue.TakeAsync(Token)).Topic.Text);
        Assert.False(queue.TryTake(out _));
    }

    [Fact]
    public async Task Slow_consumer_gets_what_fitted_then_a_gap_then_what_came_later()
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = new InProcessEventSource(hub, options: new EventQueueOptions { Capacity = 3 })
            .WatchAsync(EventFilter.VirtualMachines(), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        for (int id = 0; id < 100; id++) Publish(hub, id);
        for (int id = 0; id < 3; id++) Assert.Equal(id, (await NextAsync<VmStateChanged>(stream)).Id);
        Assert.Equal(GapReason.Overflow, (await NextAsync<Gap>(stream)).Reason);
        Publish(hub, 7);
        Assert.Equal(7, (await NextAsync<VmStateChanged>(stream)).Id);
    }

    [Fact]
    public async Task Message_that_several_watch_is_decoded_once()
    {
        var hub = new EventHub();
        var source = new InProcessEventSource(hub);
        await using IAsyncEnumerator<CloudEvent> first = source.WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        await using IAsyncEnumerator<CloudEvent> second = source.WatchAsync(EventFilter.VirtualMachines(), Token).GetAsyncEnumerator(Token);
        await first.MoveNextAsync();
        await second.MoveNextAsync();
        Publish(hub, 4);
        Assert.Same(await NextAsync<VmStateChanged>(first), await NextAsync<VmStateChanged>(second));
        Assert.Same(((VmStateChanged)first.Current).VirtualMachine, ((VmStateChanged)second.Current).VirtualMachine);
    }

    [Fact]
    public async Task Topic_is_wanted_only_while_somebody_watches_for_it()
    {
        var hub = new EventHub();
        IAsyncEnumerator<CloudEvent> stream = new InProcessEventSource(hub).WatchAsync(EventFilter.VirtualMachine(4), Token).GetAsyncEnumerator(Token);
        Assert.False(hub.IsWanted("EVENT VM 4/HOLD/LCM_INIT "));
        await stream.MoveNextAsync();
        Assert.True(hub.IsWanted("EVENT VM 4/HOLD/LCM_INIT "));
        Assert.False(hub.IsWanted("EVENT VM 40/HOLD/LCM_INIT "));
        Assert.False(hub.IsWanted("EVENT STATE VM/HOLD/LCM_INIT/4 "));
        await stream.DisposeAsync();
        Assert.False(hub.IsWanted("EVENT VM 4/HOLD/LCM_INIT "));
    }

    [Fact]
    public async Task Cloud_is_listened_to_only_while_somebody_watches()
    {
        int listening = 0;
        var source = new InProcessEventSource(new EventHub(), _ =>
        {
            listening++;
            return new Ending(() => listening--);
        });
        IAsyncEnumerator<CloudEvent> first = source.WatchAsync(EventFilter.Everything, Token).GetAsyncEnumerator(Token);
        IAsyncEnumerator<CloudEvent> second = source.WatchAsync(EventFilter.Everything, Token).GetAsyncEnumerator(Token);
        Assert.Equal(0, listening);
        await first.MoveNextAsync();
        await second.MoveNextAsync();
        Assert.Equal(1, listening);
        await first.DisposeAsync();
        Assert.Equal(1, listening);
        await second.DisposeAsync();
        Assert.Equal(0, listening);
    }

    [Fact]
    public async Task Closed_hub_ends_streams_after_what_waits()
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = new InProcessEventSource(hub).WatchAsync(
            EventFilter.VirtualMachines(), Token).GetAsyncEnumerator(Token);
        await stream.MoveNextAsync();
        Publish(hub, 4);
        hub.Close(new ObjectDisposedException("cloud"));
        Assert.Equal(4, (await NextAsync<VmStateChanged>(stream)).Id);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await stream.MoveNextAsync());
        Assert.Throws<ObjectDisposedException>(() => hub.Watch(EventFilter.Everything, new EventQueueOptions()));
    }

    [Fact]
    public async Task Publishers_on_several_threads_lose_nothing()
    {
        var hub = new EventHub();
        await using IAsyncEnumerator<CloudEvent> stream = new InProcessEventSource(hub).WatchAsync(
            EventFilter.VirtualMachines(), Token).GetAsyncEnumerator(Token);
        await stream.MoveNextAsync();
        Task[] publishers = [.. Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            for (int i = 0; i < 250; i++) Publish(hub, (n * 250) + i);
        }))];
        var seen = new HashSet<int>();
        while (seen.Count < 1000) seen.Add((await NextAsync<VmStateChanged>(stream)).Id);
        await Task.WhenAll(publishers);
    }

    private static HookEnvelope Envelope(string topic, int size) => new(HookTopic.Parse(topic), new byte[size], isBase64: false);

    private static async Task<T> NextAsync<T>(IAsyncEnumerator<CloudEvent> stream)
        where T : CloudEvent
    {
        Assert.True(await stream.MoveNextAsync());
        return Assert.IsType<T>(stream.Current);
    }

    private static void Publish(EventHub hub, int id)
    {
        (string[] topics, byte[] payload) = EventTexts.MachineMessage(id, VmState.Hold, LcmState.LcmInit);
        foreach (string topic in topics) hub.Publish(new HookMessage(topic, payload));
    }

    private sealed class Ending(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
