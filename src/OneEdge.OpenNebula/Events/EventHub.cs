using System.Runtime.CompilerServices;

namespace OneEdge.OpenNebula;

/// <summary>Gives each message to those who watch for it. Publishing never waits for them.</summary>
internal sealed class EventHub
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(EventObject Kind, int Id), List<EventWatch>> _byObject = [];
    private readonly Dictionary<int, List<EventWatch>> _byService = [];
    private readonly List<EventWatch> _others = [];
    private readonly HashSet<EventWatch> _all = [];
    private Exception? _end;
    private long _round;

    /// <summary>Begins to watch: what is published from now on is in the queue of the watch, behind a gap.</summary>
    /// <exception cref="ObjectDisposedException">The hub is closed.</exception>
    public EventWatch Watch(EventFilter filter, EventQueueOptions options)
    {
        var watch = new EventWatch(filter, new EventQueue(options));
        lock (_gate)
        {
            if (_end is not null) throw _end;
            _all.Add(watch);
            foreach (List<EventWatch> list in Lists(filter, create: true)) list.Add(watch);
            watch.Queue.Add(new Gap(GapReason.Started));
        }

        return watch;
    }

    /// <summary>Ends a watch.</summary>
    public void End(EventWatch watch)
    {
        lock (_gate)
        {
            if (!_all.Remove(watch)) return;
            foreach (List<EventWatch> list in Lists(watch.Filter, create: false)) list.Remove(watch);
            foreach (EventClause clause in watch.Filter.Clauses) Forget(clause);
        }
    }

    /// <summary>Whether anybody may want a message: a publisher need not write others.</summary>
    /// <param name="topic">Its topic.</param>
    public bool IsWanted(string topic)
    {
        lock (_gate) return _all.Count > 0 && Interested(HookTopic.Parse(topic)).Any();
    }

    /// <summary>Publishes a message.</summary>
    public void Publish(HookMessage message) => Publish(new HookEnvelope(HookTopic.Parse(message.Topic), message.Payload, isBase64: false));

    /// <summary>Publishes a message.</summary>
    public void Publish(HookEnvelope message)
    {
        lock (_gate)
        {
            foreach (EventWatch watch in Interested(message.Topic)) watch.Queue.Add(message);
        }
    }

    /// <summary>Tells all who watch that messages may be missing.</summary>
    public void Publish(Gap gap)
    {
        lock (_gate)
        {
            foreach (EventWatch watch in _all) watch.Queue.Add(gap);
        }
    }

    /// <summary>Ends all watches, after what waits for them, and refuses new ones.</summary>
    public void Close(Exception reason)
    {
        lock (_gate)
        {
            _end ??= reason;
            foreach (EventWatch watch in _all) watch.Queue.Complete(_end);
        }
    }

    /// <summary>The stream of a watch, which ends with it.</summary>
    public async IAsyncEnumerable<CloudEvent> ReadAsync(EventWatch watch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                object item = await watch.Queue.TakeAsync(cancellationToken).ConfigureAwait(false);
                if (item is not HookEnvelope message) yield return (Gap)item;
                else if (message.Event is var @event && (@event is Gap || watch.Filter.Accepts(message.Topic, @event))) yield return @event;
            }
        }
        finally
        {
            End(watch);
        }
    }

    // Each watch once, however many of its clauses want the topic.
    private IEnumerable<EventWatch> Interested(HookTopic topic)
    {
        long round = ++_round;
        if (topic.Form is HookTopicForm.Malformed) return _all.Where(w => w.Filter.Wants(topic));
        IEnumerable<EventWatch> found = _others;
        if (topic.Form is HookTopicForm.Object && _byObject.TryGetValue((topic.Kind, topic.Id), out List<EventWatch>? watches)) found = found.Concat(watches);
        if (topic.Form is HookTopicForm.Service && _byService.TryGetValue(topic.Id, out watches)) found = found.Concat(watches);
        return found.Where(w => w.Enter(round) && w.Filter.Wants(topic));
    }

    private HashSet<List<EventWatch>> Lists(EventFilter filter, bool create)
    {
        var lists = new HashSet<List<EventWatch>>(ReferenceEqualityComparer.Instance);
        foreach (EventClause clause in filter.Clauses)
        {
            List<EventWatch>? list = (clause.Form, clause.Id) switch
            {
                (HookTopicForm.Object, { } id) => ListOf(_byObject, (clause.Kind, id), create),
                (HookTopicForm.Service, { } id) => ListOf(_byService, id, create),
                _ => _others,
            };
            if (list is not null) lists.Add(list);
        }

        return lists;
    }

    private void Forget(EventClause clause)
    {
        if (clause.Id is not { } id) return;
        if (clause.Form == HookTopicForm.Object && ListOf(_byObject, (clause.Kind, id), create: false) is { Count: 0 }) _byObject.Remove((clause.Kind, id));
        if (clause.Form == HookTopicForm.Service && ListOf(_byService, id, create: false) is { Count: 0 }) _byService.Remove(id);
    }

    private static List<EventWatch>? ListOf<TKey>(Dictionary<TKey, List<EventWatch>> lists, TKey key, bool create)
        where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<EventWatch>? list) && create) lists.Add(key, list = []);
        return list;
    }
}
