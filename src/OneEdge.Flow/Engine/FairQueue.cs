namespace OneEdge.Flow.Engine;

/// <summary>
/// Does work of many in turns, and a limited number of pieces at once. Who has a turn does a few pieces in it, so that one who has few is soon ready, and one
/// who has many keeps nobody waiting for all of them.
/// </summary>
/// <param name="limit">The number of pieces at once.</param>
internal sealed class FairQueue(int limit)
{
    /// <summary>The number of pieces in a turn.</summary>
    public const int Turn = 16;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, Queue<Func<Task>>> _waiting = [];
    private readonly Queue<int> _turns = [];
    private int _running;
    private int _taken;

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
            if (!_turns.TryPeek(out int owner))
            {
                _running--;
                return null;
            }

            Queue<Func<Task>> own = _waiting[owner];
            Func<Task> work = own.Dequeue();
            _taken++;
            if (own.Count > 0 && _taken < Turn) return work;
            _taken = 0;
            _turns.Dequeue();
            if (own.Count > 0) _turns.Enqueue(owner);
            else _waiting.Remove(owner);
            return work;
        }
    }
}
