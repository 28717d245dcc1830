namespace OneEdge.OpenNebula;

/// <summary>An object as a call answered it.</summary>
/// <param name="Head">Its states.</param>
/// <param name="Xml">Its element; empty where only the states are needed.</param>
internal readonly record struct ObservedObject(ObjectHead Head, ReadOnlyMemory<byte> Xml)
{
    /// <summary>The event of this state.</summary>
    public CloudEvent ToEvent(EventObject kind) => kind switch
    {
        EventObject.VirtualMachine => Machine(),
        EventObject.Host => new HostStateChanged(Head.Id, (HostState)Head.State, Xml),
        EventObject.Image => new ImageStateChanged(Head.Id, (ImageState)Head.State, Xml),
        _ => new VirtualNetworkStateChanged(Head.Id, (VirtualNetworkState)Head.State, Xml),
    };

    private VmStateChanged Machine()
    {
        MachineFacts facts = MachineFacts.Read(Xml.Span);
        return new VmStateChanged(Head.Id, (VmState)Head.State, (LcmState)Head.LcmState, Xml)
        {
            ServiceId = HookTopic.TryId(facts.Service, out int service) ? service : null,
            RemoteHost = string.IsNullOrEmpty(facts.Host) ? null : facts.Host,
        };
    }
}
