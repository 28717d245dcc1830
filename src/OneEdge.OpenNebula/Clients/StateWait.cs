using System.Globalization;
using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Waits until an object is as it should be.</summary>
/// <typeparam name="T">The type of the object.</typeparam>
internal sealed class StateWait<T>
    where T : OpenNebulaObject
{
    /// <summary>The kind of the object.</summary>
    public required OpenNebulaObjectKind Kind { get; init; }

    /// <summary>What the kind is called in messages.</summary>
    public required string Word { get; init; }

    /// <summary>Reads the object.</summary>
    public required Func<int, CancellationToken, Task<T>> Read { get; init; }

    /// <summary>Whether no other state comes without help.</summary>
    public required Func<T, bool> HasFailed { get; init; }

    /// <summary>The state, for messages.</summary>
    public required Func<T, string> State { get; init; }

    /// <summary>What OpenNebula noted about the last failure.</summary>
    public required Func<T, string?> Message { get; init; }

    /// <summary>Waits.</summary>
    /// <param name="context">The clock, and what wakes up.</param>
    /// <param name="id">The id of the object.</param>
    /// <param name="isReached">Whether it is as it should be.</param>
    /// <param name="wanted">What it should be, for messages.</param>
    /// <param name="options">How long and how often to look.</param>
    /// <param name="cancellationToken">Cancels waiting.</param>
    /// <returns>The object as it was seen then.</returns>
    public async Task<T> ForAsync(
        ClientContext context, int id, Func<T, bool> isReached, string wanted, WaitOptions? options, CancellationToken cancellationToken)
    {
        WaitOptions how = WaitOptions.Checked(options);
        long start = context.Time.GetTimestamp();
        using var timeout = new CancellationTokenSource(how.Timeout, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        T? seen = null;
        Exception? lastError = null;
        TimeSpan pause = how.FirstPause;
        var wakeUp = WakeUp.Start(context, Kind, id, either.Token);
        await using ConfiguredAsyncDisposable end = wakeUp.ConfigureAwait(false);
        try
        {
            while (true)
            {
                try
                {
                    seen = await Read(id, either.Token).ConfigureAwait(false);
                    if (isReached(seen)) return seen;
                    if (HasFailed(seen) && context.Time.GetElapsedTime(start) >= how.FailureGrace) throw Failed(id, wanted, seen);
                }
                catch (OpenNebulaTransportException e) when (e.IsRetrySafe || e.Code == OpenNebulaErrorCodes.Timeout)
                {
                    lastError = e;
                }

                await wakeUp.PauseAsync(pause, either.Token).ConfigureAwait(false);
                pause = pause * 2 < how.LongestPause ? pause * 2 : how.LongestPause;
            }
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw TimedOut(id, wanted, how.Timeout, seen, lastError);
        }
    }

    private OpenNebulaStateException Failed(int id, string wanted, T seen) => new(
        OpenNebulaErrorCodes.StateFailed, Kind, id, State(seen),
        string.Create(CultureInfo.InvariantCulture, $"The {Word} {id} ({seen.Name}) will not become {wanted}: it is {State(seen)}.{Said(seen)}"),
        Message(seen));

    private OpenNebulaStateException TimedOut(int id, string wanted, TimeSpan timeout, T? seen, Exception? error) => new(
        OpenNebulaErrorCodes.StateTimeout, Kind, id, seen is null ? null : State(seen),
        string.Create(
            CultureInfo.InvariantCulture,
            $"The {Word} {id}{(seen is null ? "" : $" ({seen.Name})")} did not become {wanted} within {timeout.TotalSeconds} s: ")
        + (seen is null ? "it was not seen." : $"it is {State(seen)}.{Said(seen)}"),
        seen is null ? null : Message(seen), error);

    private string Said(T seen) => Message(seen) is { Length: > 0 } message ? $" OpenNebula says: {message}" : "";
}
