namespace OneEdge.Flow.Engine;

/// <summary>Counts what is being created for each service, so that one can wait for it.</summary>
internal sealed class Creations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _counts = [];
    private readonly Dictionary<int, TaskCompletionSource> _drained = [];

    /// <summary>Begins a creation, unless the service creates nothing now.</summary>
    public bool TryBegin(int service)
    {
        lock (_gate)
        {
            if (_drained.ContainsKey(service)) return false;
            _counts[service] = _counts.GetValueOrDefault(service) + 1;
            return true;
        }
    }

    public void End(int service)
    {
        lock (_gate)
        {
            if (--_counts[service] > 0) return;
            _counts.Remove(service);
            if (_drained.TryGetValue(service, out TaskCompletionSource? drained)) drained.TrySetResult();
        }
    }

    public Task DrainAsync(int service)
    {
        lock (_gate)
        {
            if (!_drained.TryGetValue(service, out TaskCompletionSource? drained))
                _drained.Add(service, drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (!_counts.ContainsKey(service)) drained.TrySetResult();
            return drained.Task;
        }
    }

    public void Allow(int service)
    {
        lock (_gate) _drained.Remove(service);
    }
}
