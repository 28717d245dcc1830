namespace OneEdge.OpenNebula;

/// <summary>Remembers the states of the objects of one kind, and tells what changed when it reads them again.</summary>
internal sealed class StateTracker(IOpenNebulaRpc rpc, EventObject kind, IReadOnlyCollection<int>? ids)
{
    private readonly StateReader _reader = new(rpc, kind, ids);
    private Dictionary<int, ObservedObject> _known = [];

    /// <summary>The trackers that a filter needs.</summary>
    public static StateTracker[] For(EventFilter filter, IOpenNebulaRpc rpc)
    {
        EventClause[] clauses =
            [.. filter.Clauses.Where(c => c.IsEverything || c.Form is HookTopicForm.Object or HookTopicForm.State or HookTopicForm.Service)];
        return
        [
            .. Enum.GetValues<EventObject>().Select(kind => (Kind: kind, Of: clauses.Where(c => IsAbout(c, kind)).ToArray())).Where(k => k.Of.Length > 0)
                .Select(k => new StateTracker(rpc, k.Kind, IdsOf(k.Of))),
        ];
    }

    /// <summary>Reads the states without asking what changed.</summary>
    public async Task StartAsync(CancellationToken cancellationToken) => _known = Remember(await _reader.ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the states, and gives an event for each that is another than before. When it fails, nothing is remembered.</summary>
    public async Task<List<CloudEvent>> ReadChangesAsync(CancellationToken cancellationToken)
    {
        List<ObservedObject> now = await _reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<int, ObservedObject> next = Remember(now);
        int[] gone = [.. _known.Keys.Where(id => !next.ContainsKey(id)).Order()];
        IEnumerable<ObservedObject> changed = now.Where(IsNews);
        if (!_reader.GivesObjects)
        {
            // A machine that has gone from the pool is done; the set has it still, with its last state.
            List<ObservedObject> machines = await _reader
                .ReadMachinesAsync([.. changed.Select(o => o.Head.Id), .. gone], cancellationToken).ConfigureAwait(false);
            foreach (ObservedObject machine in machines) next[machine.Head.Id] = machine;
            changed = machines.Where(IsNews);
            foreach (ObservedObject machine in machines.Where(m => m.Head.State == (int)VmState.Done)) next.Remove(machine.Head.Id);
        }
        else if (kind is EventObject.Image or EventObject.VirtualNetwork && gone.Length > 0)
        {
            changed = changed.Concat(await DeletedAsync(gone, next, cancellationToken).ConfigureAwait(false));
        }

        // The server lists the newest first.
        List<CloudEvent> events = [.. changed.OrderBy(o => o.Head.Id).Select(o => o.ToEvent(kind))];
        _known = next;
        return events;
    }

    /// <summary>Takes note of a state that was told otherwise.</summary>
    /// <returns>Whether it is another than before, or of another kind of objects.</returns>
    public bool Learn(CloudEvent @event)
    {
        if (HeadOf(@event) is not { } head) return true;
        bool isNews = IsNews(new ObservedObject(head, default));
        if (kind == EventObject.VirtualMachine && head.State == (int)VmState.Done && ids is null) _known.Remove(head.Id);
        else _known[head.Id] = new ObservedObject(head, _known.GetValueOrDefault(head.Id).Xml);
        return isNews;
    }

    private ObjectHead? HeadOf(CloudEvent @event) => (kind, @event) switch
    {
        (EventObject.VirtualMachine, VmStateChanged vm) => new ObjectHead(vm.Id, (int)vm.State, (int)vm.LcmState),
        (EventObject.Host, HostStateChanged host) => new ObjectHead(host.Id, (int)host.State, 0),
        (EventObject.Image, ImageStateChanged image) => new ObjectHead(image.Id, (int)image.State, 0),
        (EventObject.VirtualNetwork, VirtualNetworkStateChanged network) => new ObjectHead(network.Id, (int)network.State, 0),
        _ => null,
    };

    private bool IsNews(ObservedObject @object) => !_known.TryGetValue(@object.Head.Id, out ObservedObject known) || known.Head != @object.Head;

    // An object that is not listed any more was deleted, or is hidden from the user now.
    private async Task<List<ObservedObject>> DeletedAsync(int[] gone, Dictionary<int, ObservedObject> next, CancellationToken cancellationToken)
    {
        int last = kind == EventObject.Image ? (int)ImageState.Delete : (int)VirtualNetworkState.Done;
        var deleted = new List<ObservedObject>();
        foreach ((int id, ObservedObject? found, bool isGone) in await _reader.ReadEachAsync(gone, cancellationToken).ConfigureAwait(false))
        {
            if (found is { } back) next[id] = back;
            ObservedObject before = _known[id];
            if (found is { } other && IsNews(other)) deleted.Add(other);
            else if (isGone && before.Head.State != last) deleted.Add(before with { Head = before.Head with { State = last } });
        }

        return deleted;
    }

    private Dictionary<int, ObservedObject> Remember(List<ObservedObject> objects)
    {
        bool keepsObjects = kind is EventObject.Image or EventObject.VirtualNetwork;
        var known = new Dictionary<int, ObservedObject>(objects.Count);
        foreach (ObservedObject @object in objects) known[@object.Head.Id] = keepsObjects ? @object : @object with { Xml = default };
        return known;
    }

    private static bool IsAbout(EventClause clause, EventObject kind) =>
        clause.IsEverything || (clause.Form == HookTopicForm.Service ? kind == EventObject.VirtualMachine : clause.Kind == kind);

    private static int[]? IdsOf(EventClause[] clauses) =>
        clauses.Any(c => c.IsEverything || c.Id is null || c.Form == HookTopicForm.Service) ? null : [.. clauses.Select(c => c.Id!.Value).Distinct().Order()];
}
