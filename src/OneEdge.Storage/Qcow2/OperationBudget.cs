namespace OneEdge.Storage;

/// <summary>How long one operation may go on: until it is cancelled, or its time is up. Checked between steps of bounded work.</summary>
internal readonly struct OperationBudget
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly TimeSpan _limit;

    public OperationBudget(Qcow2OpenOptions options, CancellationToken cancellationToken)
    {
        (_time, _limit, CancellationToken) = (options.TimeProvider, options.Limits.MaxDuration, cancellationToken);
        _start = _limit == Timeout.InfiniteTimeSpan ? 0 : _time.GetTimestamp();
    }

    public CancellationToken CancellationToken { get; }

    public void Check()
    {
        CancellationToken.ThrowIfCancellationRequested();
        if (_limit == Timeout.InfiniteTimeSpan || _time.GetElapsedTime(_start) <= _limit) return;
        throw new StorageException(
            StorageErrorCodes.LimitExceeded, $"The work took longer than {_limit} ({nameof(Qcow2Limits)}.{nameof(Qcow2Limits.MaxDuration)}).");
    }
}
