namespace OneEdge.OpenNebula;

/// <summary>One thing that a filter asks for. It is published under topics of one form, so that a change comes once.</summary>
/// <param name="Form">The form of its topics; <see cref="HookTopicForm.Unknown"/> stands for everything.</param>
internal sealed record EventClause(HookTopicForm Form)
{
    public EventObject Kind { get; init; }

    /// <summary>The object or the service.</summary>
    public int? Id { get; init; }

    public int? State { get; init; }

    public int? LcmState { get; init; }

    public string? Method { get; init; }

    public bool? Succeeded { get; init; }

    public bool IsEverything => Form == HookTopicForm.Unknown;

    private string? StateName => State is { } state ? StateNames.Of(Kind, state) : null;

    private string? LcmName => LcmState is { } state ? StateNames.OfLcm(state) : null;

    /// <summary>What the topics begin with that it asks for, as far as a prefix can tell them; a part of a topic is never cut in two.</summary>
    public string Prefix()
    {
        string word = HookTopic.Word(Kind);
        return Form switch
        {
            HookTopicForm.Object when Id is null => $"EVENT {word} ",
            HookTopicForm.Object => FormattableString.Invariant($"EVENT {word} {Id}/{States(" ")}"),
            HookTopicForm.State => $"EVENT STATE {word}/{States("/")}",
            HookTopicForm.Service => FormattableString.Invariant($"EVENT SERVICE {Id} "),
            HookTopicForm.Api => $"EVENT API {(Method is null ? "" : Method + " ")}{(Method is null || Succeeded is null ? "" : Succeeded.Value ? "1" : "0")}",
            HookTopicForm.Retry => "RETRY",
            _ => "",
        };
    }

    /// <summary>Whether a topic is one of those asked for. One of another form is not, even where it is about the same change.</summary>
    public bool Wants(in HookTopic topic)
    {
        if (IsEverything) return topic.Form is not (HookTopicForm.State or HookTopicForm.Service);
        if (topic.Form != Form) return false;
        return Form switch
        {
            HookTopicForm.Api => (Method is null || topic.Call.SequenceEqual(Method)) && (Succeeded is null || Succeeded == topic.Succeeded),
            HookTopicForm.Service => topic.Id == Id,
            HookTopicForm.Retry => true,
            _ => topic.Kind == Kind && (Id is null || Id == topic.Id) && (State is null || topic.State.SequenceEqual(StateName))
                && (LcmState is null || topic.LcmState.SequenceEqual(LcmName)),
        };
    }

    /// <summary>Whether an event is one of those asked for, however it came.</summary>
    public bool Matches(CloudEvent @event) => IsEverything || @event switch
    {
        VmStateChanged vm => Form == HookTopicForm.Service ? vm.ServiceId == Id : Matches(EventObject.VirtualMachine, vm.Id, (int)vm.State, (int)vm.LcmState),
        HostStateChanged host => Matches(EventObject.Host, host.Id, (int)host.State, null),
        ImageStateChanged image => Matches(EventObject.Image, image.Id, (int)image.State, null),
        VirtualNetworkStateChanged network => Matches(EventObject.VirtualNetwork, network.Id, (int)network.State, null),
        ApiCalled call => Form == HookTopicForm.Api && (Method is null || Method == call.Method) && (Succeeded is null || Succeeded == call.Succeeded),
        HookRetried => Form == HookTopicForm.Retry,
        _ => false,
    };

    private bool Matches(EventObject kind, int id, int state, int? lcmState) =>
        Form is HookTopicForm.Object or HookTopicForm.State && Kind == kind && (Id is null || Id == id) && (State is null || State == state)
        && (LcmState is null || LcmState == lcmState);

    // Virtual machines have two states, the others one and an empty part.
    private string States(string end)
    {
        if (State is null) return "";
        if (Kind != EventObject.VirtualMachine) return $"{StateName}/{end}";
        return LcmState is null ? $"{StateName}/" : $"{StateName}/{LcmName}{end}";
    }
}
