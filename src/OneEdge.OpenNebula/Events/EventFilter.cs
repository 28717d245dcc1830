namespace OneEdge.OpenNebula;

/// <summary>What to watch. A filter is exact: one for virtual machine 4 never yields machine 40.</summary>
public sealed class EventFilter
{
    private readonly EventClause[] _clauses;

    private EventFilter(params EventClause[] clauses)
    {
        _clauses = clauses;
        Subscriptions = [.. clauses.Select(c => c.Prefix()).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Everything that the source can see. Over a network that is three times the traffic of <see cref="VirtualMachines()"/> and its siblings together:
    /// OpenNebula publishes each change of a machine under up to three topics, and unknown ones come only with all of them.
    /// </summary>
    public static EventFilter Everything { get; } = new(new EventClause(HookTopicForm.Unknown));

    /// <summary>Requests to repeat failed runs of hooks.</summary>
    public static EventFilter HookRetries { get; } = new(new EventClause(HookTopicForm.Retry));

    /// <summary>
    /// What the topics of OpenNebula's hook manager begin with that carry what this filter asks for: the subscriptions of a ZeroMQ socket. What arrives by
    /// them may be more, which the sources of this library leave out.
    /// </summary>
    public IReadOnlyList<string> Subscriptions { get; }

    /// <summary>What is asked for.</summary>
    internal IReadOnlyList<EventClause> Clauses => _clauses;

    /// <summary>The states of all virtual machines.</summary>
    public static EventFilter VirtualMachines() => States(EventObject.VirtualMachine, null, null, null);

    /// <summary>Virtual machines that come to a state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualMachines(VmState state) => States(EventObject.VirtualMachine, null, (int)state, null);

    /// <summary>Active virtual machines that come to a state of the life-cycle manager.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualMachines(LcmState state) => States(EventObject.VirtualMachine, null, (int)VmState.Active, (int)state);

    /// <summary>The states of a virtual machine.</summary>
    /// <param name="id">Its id.</param>
    public static EventFilter VirtualMachine(int id) => States(EventObject.VirtualMachine, id, null, null);

    /// <summary>A virtual machine that comes to a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualMachine(int id, VmState state) => States(EventObject.VirtualMachine, id, (int)state, null);

    /// <summary>An active virtual machine that comes to a state of the life-cycle manager.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualMachine(int id, LcmState state) => States(EventObject.VirtualMachine, id, (int)VmState.Active, (int)state);

    /// <summary>The states of the virtual machines that say they belong to a service, as those of OneFlow do.</summary>
    /// <param name="serviceId">The id of the service.</param>
    public static EventFilter Service(int serviceId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(serviceId);
        return new EventFilter(new EventClause(HookTopicForm.Service) { Id = serviceId });
    }

    /// <summary>The states of all hosts, or hosts that come to a state.</summary>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter Hosts(HostState? state = null) => States(EventObject.Host, null, (int?)state, null);

    /// <summary>The states of a host, or the host when it comes to a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter Host(int id, HostState? state = null) => States(EventObject.Host, id, (int?)state, null);

    /// <summary>The states of all images, or images that come to a state.</summary>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter Images(ImageState? state = null) => States(EventObject.Image, null, (int?)state, null);

    /// <summary>The states of an image, or the image when it comes to a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter Image(int id, ImageState? state = null) => States(EventObject.Image, id, (int?)state, null);

    /// <summary>The states of all virtual networks, or networks that come to a state.</summary>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualNetworks(VirtualNetworkState? state = null) => States(EventObject.VirtualNetwork, null, (int?)state, null);

    /// <summary>The states of a virtual network, or the network when it comes to a state.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="state">The state; any if it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">OpenNebula publishes no such state.</exception>
    public static EventFilter VirtualNetwork(int id, VirtualNetworkState? state = null) => States(EventObject.VirtualNetwork, id, (int?)state, null);

    /// <summary>Calls that were answered, of all methods.</summary>
    /// <param name="succeeded">Whether they succeeded; either if it is left out.</param>
    public static EventFilter ApiCalls(bool? succeeded = null) => new(new EventClause(HookTopicForm.Api) { Succeeded = succeeded });

    /// <summary>Calls of a method that were answered.</summary>
    /// <param name="method">The method, such as <c>one.vm.update</c>. Methods that read an object or a pool are never published.</param>
    /// <param name="succeeded">Whether they succeeded; either if it is left out.</param>
    /// <exception cref="ArgumentException">The method is empty or has a blank in it.</exception>
    public static EventFilter ApiCall(string method, bool? succeeded = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(method);
        if (method.Contains(' ')) throw new ArgumentException("The name of a method has no blanks.", nameof(method));
        return new EventFilter(new EventClause(HookTopicForm.Api) { Method = method, Succeeded = succeeded });
    }

    /// <summary>What any of several filters asks for. What more than one asks for is in the stream once.</summary>
    /// <param name="filters">The filters, at least one.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static EventFilter Any(params IEnumerable<EventFilter> filters)
    {
        ArgumentNullException.ThrowIfNull(filters);
        EventClause[] clauses = [.. filters.SelectMany(f => f._clauses).Distinct()];
        if (clauses.Length == 0) throw new ArgumentException("A filter asks for something.", nameof(filters));
        return clauses.Any(c => c.IsEverything) ? Everything : new EventFilter(clauses);
    }

    /// <summary>Whether an event is one of those asked for; a gap always is.</summary>
    /// <param name="event">The event.</param>
    public bool Matches(CloudEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return @event is Gap || _clauses.Any(c => c.Matches(@event));
    }

    /// <summary>Whether a message may be one of those asked for: so much as the topic tells.</summary>
    internal bool Wants(in HookTopic topic)
    {
        if (topic.Form == HookTopicForm.Malformed) return MayMean(topic.Text);
        foreach (EventClause clause in _clauses)
        {
            if (clause.Wants(topic)) return true;
        }

        return false;
    }

    /// <summary>Whether a message is in the stream: it is asked for, and no earlier message about the same change is.</summary>
    internal bool Accepts(in HookTopic topic, CloudEvent @event)
    {
        bool isWanted = false;
        foreach (EventClause clause in _clauses)
        {
            if (clause.IsEverything) return clause.Wants(topic);
            if (clause.Form < topic.Form && clause.Matches(@event)) return false;
            isWanted |= clause.Wants(topic) && clause.Matches(@event);
        }

        return isWanted;
    }

    // A topic that is cut short, or goes on otherwise than it should.
    private bool MayMean(string topic) =>
        Subscriptions.Any(s => topic.StartsWith(s, StringComparison.Ordinal) || s.StartsWith(topic, StringComparison.Ordinal));

    private static EventFilter States(EventObject kind, int? id, int? state, int? lcmState)
    {
        if (id is < 0) throw new ArgumentOutOfRangeException(nameof(id), id, "Ids are not negative.");
        if (state is { } number && StateNames.Of(kind, number) is null)
            throw new ArgumentOutOfRangeException(nameof(state), state, "OpenNebula publishes no such state.");
        if (lcmState is { } lcm && StateNames.OfLcm(lcm) is null)
            throw new ArgumentOutOfRangeException(nameof(state), lcmState, "OpenNebula publishes no such state.");
        HookTopicForm form = id is null && state is not null ? HookTopicForm.State : HookTopicForm.Object;
        return new EventFilter(new EventClause(form) { Kind = kind, Id = id, State = state, LcmState = lcmState });
    }
}
