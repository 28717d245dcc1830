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

    /// <summary>How it was before, and when that ended: readings may show that for a moment.</summary>
    public (VmState State, LcmState LcmState, int Moment)? Before { get; set; }

    /// <summary>Whether it refused something, or came back when it should have gone.</summary>
    public bool IsStubborn { get; set; }

    public bool IsGone => State == VmState.Done;

    public override string ToString() => $"VM {Id} ({RoleName}) {State} {LcmState}";
}
