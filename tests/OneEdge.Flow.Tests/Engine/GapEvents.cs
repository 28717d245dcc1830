using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Engine;

/// <summary>The events of a cloud, or none at all, and gaps between them when it is told so.</summary>
internal sealed class GapEvents(IEventSource? cloud = null) : IEventSource
{
    private readonly Channel<CloudEvent> _all = Channel.CreateUnbounded<CloudEvent>();

    public void Lose() => _all.Writer.TryWrite(new Gap(GapReason.Overflow));

    public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (cloud is null) yield return new Gap(GapReason.Started);
        else _ = PumpAsync(cloud, filter, cancellationToken);
        await foreach (CloudEvent happened in _all.Reader.ReadAllAsync(cancellationToken)) yield return happened;
    }

    private async Task PumpAsync(IEventSource source, EventFilter filter, CancellationToken cancellationToken)
    {
        await foreach (CloudEvent happened in source.WatchAsync(filter, cancellationToken)) _all.Writer.TryWrite(happened);
    }
}
