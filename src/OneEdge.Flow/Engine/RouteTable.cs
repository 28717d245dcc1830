using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Engine;

/// <summary>
/// Knows whose a virtual machine, or a network, is. While some are being created, what happens to unknown ones is kept: it may be one of those, whose id is
/// told only afterwards.
/// </summary>
internal sealed class RouteTable(IServiceHosting hosting, FlowEngineOptions options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _services = [];
    private readonly Dictionary<int, List<ServiceEvent>> _early = [];
    private readonly Queue<(int Id, long Time)> _order = [];
    private readonly RecentEvents _recent = new(time);
    private int _creations;
    private bool _isIncomplete;

    public int? Find(int id)
    {
        lock (_gate) return _services.TryGetValue(id, out int service) ? service : null;
    }

    public void Register(int id, int service)
    {
        lock (_gate) _services[id] = service;
    }

    public void Remove(int id, int service)
    {
        lock (_gate)
        {
            if (_services.TryGetValue(id, out int owner) && owner == service) _services.Remove(id);
        }
    }

    public void BeginCreation()
    {
        lock (_gate) _creations++;
    }

    public void EndCreation()
    {
        lock (_gate)
        {
            if (--_creations > 0) return;
            _early.Clear();
            _order.Clear();
            _isIncomplete = false;
        }
    }

    /// <summary>Tells a service that something of its own was created, and then what has happened to that since.</summary>
    public void Created(int id, int service, ServiceEvent created)
    {
        lock (_gate)
        {
            _services[id] = service;
            hosting.Post(service, created);
            if (_early.Remove(id, out List<ServiceEvent>? early))
            {
                foreach (ServiceEvent happened in early) hosting.Post(service, happened);
            }

            if (_isIncomplete) hosting.Post(service, new SynchronizationLost());
        }
    }

    /// <summary>Tells a service what happened to something of its own.</summary>
    public void Deliver(int id, ServiceEvent happened, bool isEnd)
    {
        lock (_gate)
        {
            _recent.Note(id, isEnd);
            if (_services.TryGetValue(id, out int service))
            {
                hosting.Post(service, happened);
                if (isEnd) _services.Remove(id);
            }
            else if (_creations > 0)
            {
                Keep(id, happened);
            }
        }
    }

    /// <summary>A reading begins: until it ends, <see cref="ToldOf"/> speaks of it.</summary>
    public void BeginReading()
    {
        lock (_gate) _recent.BeginReading();
    }

    /// <summary>What events have told of one around the reading.</summary>
    public Told ToldOf(int id)
    {
        lock (_gate) return _recent.ToldOf(id);
    }

    public void EndReading()
    {
        lock (_gate) _recent.EndReading();
    }

    /// <summary>
    /// Gives a service what was read, with nothing told to it in between. <paramref name="compose"/> looks at <see cref="ToldOf"/>: what was read may be old,
    /// and what happened was told already.
    /// </summary>
    public void HandOver(int service, Func<(ServiceEvent Read, IEnumerable<int> Ids)> compose)
    {
        lock (_gate)
        {
            (ServiceEvent read, IEnumerable<int> ids) = compose();
            foreach (int id in ids) _services[id] = service;
            hosting.Post(service, read);
        }
    }

    private void Keep(int id, ServiceEvent happened)
    {
        while (_order.TryPeek(out (int Id, long Time) oldest)
            && (_order.Count >= options.MaxEarlyEvents || time.GetElapsedTime(oldest.Time) > options.EarlyEventLifetime))
        {
            _order.Dequeue();
            if (_early.TryGetValue(oldest.Id, out List<ServiceEvent>? kept))
            {
                _isIncomplete = true;
                kept.RemoveAt(0);
                if (kept.Count == 0) _early.Remove(oldest.Id);
            }
        }

        if (!_early.TryGetValue(id, out List<ServiceEvent>? early)) _early.Add(id, early = []);
        early.Add(happened);
        _order.Enqueue((id, time.GetTimestamp()));
    }
}
