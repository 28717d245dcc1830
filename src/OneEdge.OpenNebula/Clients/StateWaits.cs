using System.Collections.Frozen;

namespace OneEdge.OpenNebula;

/// <summary>When objects have failed, and what they say then.</summary>
internal static class StateWaits
{
    private static readonly FrozenSet<LcmState> Failures =
        Enum.GetValues<LcmState>().Where(s => Enum.GetName(s)!.EndsWith("Failure", StringComparison.Ordinal)).ToFrozenSet();

    public static StateWait<VirtualMachine> VirtualMachine(VirtualMachineClient client) => new()
    {
        Kind = OpenNebulaObjectKind.VirtualMachine,
        Word = "virtual machine",
        Read = (id, ct) => client.GetAsync(id, cancellationToken: ct),
        HasFailed = HasFailed,
        State = StateOf,
        Message = MessageOf,
    };

    public static StateWait<Image> Image(ImageClient client) => new()
    {
        Kind = OpenNebulaObjectKind.Image,
        Word = "image",
        Read = (id, ct) => client.GetAsync(id, cancellationToken: ct),
        HasFailed = image => image.State == ImageState.Error,
        State = image => image.State.ToString(),
        Message = image => image.Error,
    };

    public static StateWait<Host> Host(HostClient client) => new()
    {
        Kind = OpenNebulaObjectKind.Host,
        Word = "host",
        Read = (id, ct) => client.GetAsync(id, cancellationToken: ct),
        HasFailed = host => host.State is HostState.Error or HostState.MonitoringError,
        State = host => host.State.ToString(),
        Message = host => host.Error,
    };

    public static StateWait<VirtualNetwork> VirtualNetwork(VirtualNetworkClient client) => new()
    {
        Kind = OpenNebulaObjectKind.VirtualNetwork,
        Word = "virtual network",
        Read = (id, ct) => client.GetAsync(id, cancellationToken: ct),
        HasFailed = network => network.State is VirtualNetworkState.Error or VirtualNetworkState.UpdateFailure or VirtualNetworkState.Done,
        State = network => network.State.ToString(),
        Message = network => network.Error,
    };

    public static StateWait<MarketplaceApp> MarketplaceApp(MarketplaceAppClient client) => new()
    {
        Kind = OpenNebulaObjectKind.MarketplaceApp,
        Word = "app",
        Read = (id, ct) => client.GetAsync(id, cancellationToken: ct),
        HasFailed = app => app.State == MarketplaceAppState.Error,
        State = app => app.State.ToString(),
        Message = app => app.Error,
    };

    private static bool HasFailed(VirtualMachine machine) =>
        machine.State is VmState.Done or VmState.CloningFailure || (machine.State == VmState.Active && Failures.Contains(machine.LcmState));

    private static string StateOf(VirtualMachine machine)
    {
        string state = machine.State == VmState.Active ? machine.LcmState.ToString() : machine.State.ToString();
        return machine.Placement is { HostName.Length: > 0 } placement ? $"{state} (host {placement.HostName})" : state;
    }

    // The scheduler tells why a machine waits.
    private static string? MessageOf(VirtualMachine machine) => machine.Error ?? machine.UserTemplate.Get("SCHED_MESSAGE");
}
