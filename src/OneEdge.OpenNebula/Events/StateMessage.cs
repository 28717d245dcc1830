using OneEdge.OpenNebula.Xml;

namespace OneEdge.OpenNebula;

/// <summary>A <c>HOOK_MESSAGE</c> about a state.</summary>
/// <remarks>
/// The server writes the service and the host into it without escaping them, and the owner of a machine chooses the service: a message in which something
/// stands twice is refused, for one of the two may be forged.
/// </remarks>
internal ref struct StateMessage
{
    private ReadOnlyMemory<byte> _object;
    private ObjectHead _head;
    private bool _hasKind;
    private int? _id;
    private string? _state;
    private string? _lcmState;
    private string? _service;
    private string? _host;

    public EventObject Kind { get; private set; }

    public readonly int Id => _id ?? -1;

    public readonly string State => _state ?? "";

    public readonly string LcmState => _lcmState ?? "";

    public readonly string ServiceId => _service ?? "";

    public static StateMessage Read(ReadOnlyMemory<byte> payload)
    {
        var reader = new Utf8XmlReader(payload.Span);
        reader.Read();
        if (!reader.Name.SequenceEqual("HOOK_MESSAGE"u8)) throw HookMessageDecoder.Invalid("its payload is no HOOK_MESSAGE");
        StateMessage message = default;
        while (reader.ReadToChild()) message.ReadPart(ref reader, payload);
        reader.Read();
        message.Check();
        return message;
    }

    // The number in the object tells more than the name: several states share one.
    public readonly CloudEvent ToEvent() => Kind switch
    {
        EventObject.VirtualMachine => new VmStateChanged(Id, (VmState)_head.State, (LcmState)_head.LcmState, _object)
        {
            ServiceId = HookTopic.TryId(ServiceId, out int service) ? service : null,
            RemoteHost = string.IsNullOrEmpty(_host) ? null : _host,
        },
        EventObject.Host => new HostStateChanged(Id, (HostState)_head.State, _object),
        EventObject.Image => new ImageStateChanged(Id, (ImageState)_head.State, _object),
        _ => new VirtualNetworkStateChanged(Id, (VirtualNetworkState)_head.State, _object),
    };

    private void ReadPart(ref Utf8XmlReader reader, ReadOnlyMemory<byte> payload)
    {
        ReadOnlySpan<byte> name = reader.Name;
        if (name.SequenceEqual("HOOK_OBJECT"u8)) ReadKind(ref reader);
        else if (name.SequenceEqual("STATE"u8)) Set(ref _state, ref reader);
        else if (name.SequenceEqual("LCM_STATE"u8)) Set(ref _lcmState, ref reader);
        else if (name.SequenceEqual("SERVICE_ID"u8)) Set(ref _service, ref reader);
        else if (name.SequenceEqual("REMOTE_HOST"u8)) Set(ref _host, ref reader);
        else if (name.SequenceEqual("RESOURCE_ID"u8)) ReadId(ref reader);
        else if (_hasKind && name.SequenceEqual(ElementOf(Kind))) ReadObject(ref reader, payload);
        else reader.SkipElement();
    }

    private void ReadKind(ref Utf8XmlReader reader)
    {
        if (_hasKind) throw Twice();
        _hasKind = HookTopic.TryKind(reader.ReadString(), out EventObject kind);
        if (!_hasKind) throw HookMessageDecoder.Invalid("it is about another kind of object than its topic");
        Kind = kind;
    }

    private void ReadId(ref Utf8XmlReader reader)
    {
        if (_id is not null) throw Twice();
        _id = reader.ReadInt32();
    }

    private void ReadObject(ref Utf8XmlReader reader, ReadOnlyMemory<byte> payload)
    {
        if (!_object.IsEmpty) throw Twice();
        int start = XmlRange.StartOf(reader);
        _head = ObjectHead.Read(ref reader);
        _object = payload[start..reader.Position];
    }

    private readonly void Check()
    {
        if (!_hasKind || _id is null || _state is null || (Kind == EventObject.VirtualMachine && _lcmState is null))
            throw HookMessageDecoder.Invalid("it does not tell which object came to which state");
        if (_object.IsEmpty) throw HookMessageDecoder.Invalid("it has no object");
        if (_head.Id != _id) throw HookMessageDecoder.Invalid("the object in it is another one");
        if (!IsNameOf(StateNames.Of(Kind, _head.State), State) || (Kind == EventObject.VirtualMachine && !IsNameOf(StateNames.OfLcm(_head.LcmState), LcmState)))
            throw HookMessageDecoder.Invalid("the object in it is in another state");
    }

    // A newer server may have names for states that have none, or share one, in this.
    private readonly bool IsNameOf(string? known, string name) => known is null || known == name || Kind is EventObject.Image or EventObject.VirtualNetwork;

    private static void Set(ref string? part, ref Utf8XmlReader reader)
    {
        if (part is not null) throw Twice();
        part = reader.ReadString();
    }

    private static OpenNebulaException Twice() => HookMessageDecoder.Invalid("a part of it stands twice");

    private static ReadOnlySpan<byte> ElementOf(EventObject kind) => kind switch
    {
        EventObject.VirtualMachine => "VM"u8,
        EventObject.Host => "HOST"u8,
        EventObject.Image => "IMAGE"u8,
        _ => "VNET"u8,
    };
}
