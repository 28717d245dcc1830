using System.Collections.Concurrent;
using System.Globalization;
using OneEdge.OpenNebula.Tests.Events;

namespace OneEdge.OpenNebula.ZeroMq.Tests;

/// <summary>The contract, over a socket.</summary>
[Collection("Threads are counted")]
public sealed class ZeroMqContractTests : EventSourceContract
{
    private protected override Task<IEventWorld> StartAsync() => Task.FromResult<IEventWorld>(new ZeroMqWorld());
}

/// <summary>A publisher and a source that is connected to it.</summary>
internal sealed class ZeroMqWorld : IEventWorld, IEventSource
{
    private readonly ConcurrentBag<string> _subscriptions = [];
    private readonly ZeroMqEventSource _source;

    public ZeroMqWorld(Func<ZeroMqEventSourceOptions, ZeroMqEventSourceOptions>? options = null)
    {
        var quick = new ZeroMqEventSourceOptions
        {
            Endpoint = Publisher.Endpoint,
            SubscriptionDelay = TimeSpan.Zero,
            ReconnectDelay = TimeSpan.FromMilliseconds(10),
            MaxReconnectDelay = TimeSpan.FromMilliseconds(50),
        };
        _source = new ZeroMqEventSource(options is null ? quick : options(quick));
    }

    public Publisher Publisher { get; } = new();

    public IEventSource Source => this;

    // What a test watches is published only when the publisher knows of it.
    public IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, CancellationToken cancellationToken = default)
    {
        foreach (string subscription in filter.Subscriptions) _subscriptions.Add(subscription);
        return _source.WatchAsync(filter, cancellationToken);
    }

    public Task ChangeMachineAsync(int id, VmState state, LcmState lcm = LcmState.LcmInit, int? service = null, string? host = null) =>
        PublishAsync(EventTexts.MachineMessage(id, state, lcm, service?.ToString(CultureInfo.InvariantCulture), host));

    public Task ChangeAsync(EventObject kind, int id, int state) => PublishAsync(EventTexts.OtherMessage(kind, id, state));

    public Task SubscribedAsync() => Publisher.SubscribedAsync(_subscriptions);

    public Task InterruptAsync()
    {
        Publisher.Stop();
        return Publisher.StartAsync();
    }

    public Task<bool> WaitAsync(Task<bool> next) => next;

    public void DisposeSource() => _source.Dispose();

    public ValueTask DisposeAsync()
    {
        _source.Dispose();
        Publisher.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task PublishAsync((string[] Topics, byte[] Payload) message)
    {
        await SubscribedAsync();
        Publisher.Publish(message.Topics, message.Payload);
    }
}
