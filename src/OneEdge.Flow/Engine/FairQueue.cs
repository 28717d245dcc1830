namespace OneEdge.Flow.Engine;

/// <summary>Does work of many in turns: of each who has some one piece after the other, and a limited number of pieces at once.</summary>
/// <param name="limit">The number of pieces at once.</param>
internal sealed class FairQueue(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, Queue<Func<Task>>> _waiting = [];
    private readonly Queue<int> _turns = [];
    private int _running;

    /// <summary>Adds a piece of work. It must not fail.</summary>
    public void Add(int owner, Func<Task> work)
    {
        lock (_gate)
        {
            if (!_waiting.TryGetValue(owner, out Queue<Func<Task>>? own))
            {
                _waiting.Add(owner, own = new Queue<Func<Task>>());
                _turns.Enqueue(owner);
            }

            own.Enqueue(work);
            if (_running == limit) return;
            _running++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.RunAsync(), this, preferLocal: false);
    }

    private async Task RunAsync()
    {
        while (Take() is { } work) await work().ConfigureAwait(false);
    }

    private Func<Task>? Take()
    {
        lock (_gate)
        {
            if (!_turns.TryDequeue(out int owner))
            {
                _running--;
                return null;
            }

            Queue<Func<Task>> own = _waiting[owner];
            Func<Task> work = own.Dequeue();
            if (own.Count > 0) _turns.Enqueue(owner);
            else _waiting.Remove(owner);
            return work;
        }
    }
}
