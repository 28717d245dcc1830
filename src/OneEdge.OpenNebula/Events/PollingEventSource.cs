using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>
/// Events of a cloud whose event port is closed: its states are read again and again, and each one that is another than before is an event.
/// </summary>
/// <remarks>
/// States that an object passes through between two readings are not seen, and calls and repeated hooks never are. Of virtual machines the pool is read in its
/// short form, and then those that changed; a filter that names its machines reads only these. A network that is gone gives an event for
/// <see cref="VirtualNetworkState.Done"/>, an image one for <see cref="ImageState.Delete"/>,
/// with the object as it was read last. Reading happens while the consumer waits for an event.
/// </remarks>
public sealed class PollingEventSource : IEventSource
{
    private readonly IOpenNebulaRpc _rpc;
    private readonly PollingEventSourceOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a source.</summary>
    /// <param name="rpc">The cloud; the user it calls for must be allowed to see what is watched.</param>
    /// <param name="options">How it is polled.</param>
    /// <param name="time">The clock; the system's when it is left out.</param>
    public PollingEventSource(IOpenNebulaRpc rpc, PollingEventSourceOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        (_rpc, _options, _time) = (rpc, options ?? new PollingEventSourceOptions(), time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The stream begins when the states were read for the first time; if that fails, it throws. When a later reading fails, there is a gap for
    /// <see cref="GapReason.ReadFailed"/> as soon as one succeeds. <see cref="EventFilter.Everything"/> is everything that reading shows; a filter that
    /// names calls or repeated hooks is refused.
    /// </remarks>
    public async IAsyncEnumerable<CloudEvent> WatchAsync(EventFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        CheckSeen(filter);
        StateTracker[] trackers = StateTracker.For(filter, _rpc);
        foreach (StateTracker tracker in trackers) await tracker.StartAsync(cancellationToken).ConfigureAwait(false);
        yield return new Gap(GapReason.Started);
        string? failure = null;
        while (true)
        {
            await Task.Delay(_options.Interval, _time, cancellationToken).ConfigureAwait(false);
            var events = new List<CloudEvent>();
            string? failed = await TryReadAsync(trackers, events, cancellationToken).ConfigureAwait(false);
            failure = failed ?? failure;
            if (failed is null && failure is not null)
            {
                yield return new Gap(GapReason.ReadFailed, failure);
                failure = null;
            }

            foreach (CloudEvent @event in events.Where(filter.Matches)) yield return @event;
        }
    }

    // What one kind of objects told before another one could not be read is told all the same.
    private static async Task<string?> TryReadAsync(StateTracker[] trackers, List<CloudEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            foreach (StateTracker tracker in trackers) events.AddRange(await tracker.ReadChangesAsync(cancellationToken).ConfigureAwait(false));
            return null;
        }
        catch (OpenNebulaException e)
        {
            return $"{e.Code}: {e.Message}";
        }
    }

    private static void CheckSeen(EventFilter filter)
    {
        if (filter.Clauses.Any(c => c.Form is HookTopicForm.Api or HookTopicForm.Retry))
        {
            throw new OpenNebulaException(
                OpenNebulaErrorCodes.EventsUnseen, "Polling sees the states of objects, but no calls and no repeated hooks: watch those over the event port.");
        }
    }
}
