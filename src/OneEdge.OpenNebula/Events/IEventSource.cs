namespace OneEdge.OpenNebula;

/// <summary>What happens in a cloud, as it happens.</summary>
public interface IEventSource
{
    /// <summary>
    /// Watches. The stream begins with an <see cref="Gap"/> for <see cref="GapReason.Started"/> at the moment from which on nothing is missed; after
    /// anything that may have lost an event there is another gap. It never ends by itself. A slow consumer delays nobody: it gets a gap.
    /// </summary>
    /// <param name="filter">What to watch. Nothing else is in the stream, and one change is in it once.</param>
    /// <param name="cancellationToken">Ends the stream with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OpenNebulaException">Thrown when the stream begins: the source cannot be reached, or cannot see what was asked for.</exception>
    /// <exception cref="ObjectDisposedException">Thrown by the stream: the source was disposed.</exception>
    IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, CancellationToken cancellationToken = default);
}
