using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>A virtual machine of the simulated cloud.</summary>
internal sealed class SimulatedVm
{
    public required int Id { get; init; }

    public required string RoleName { get; init; }

    public VmState State { get; set; } = VmState.Pending;

    public LcmState LcmState { get; set; }

    public bool IsReady { get; set; }

    public bool IsGone => State == VmState.Done;

    public override string ToString() => $"VM {Id} ({RoleName}) {State} {LcmState}";
}
