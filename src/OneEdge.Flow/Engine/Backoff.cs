namespace OneEdge.Flow.Engine;

/// <summary>Pauses that become longer, between attempts.</summary>
internal sealed class Backoff(FlowEngineOptions options, TimeProvider time)
{
    private TimeSpan _next = options.FirstRetryDelay;

    public int Attempts { get; private set; }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        TimeSpan pause = _next;
        Attempts++;
        _next = pause * 2 < options.LongestRetryDelay ? pause * 2 : options.LongestRetryDelay;
        return Task.Delay(pause, time, cancellationToken);
    }

    public void Reset() => (_next, Attempts) = (options.FirstRetryDelay, 0);
}
