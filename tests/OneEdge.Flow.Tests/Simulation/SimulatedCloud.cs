using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>A cloud that does what it is told, refuses it, or does something else, as the choices have it.</summary>
internal sealed class SimulatedCloud(Choices choices, Action<ServiceEvent> publish)
{
    private int _nextId = 1;

    public bool HasFaults { get; set; } = true;

    /// <summary>Grows when time goes by.</summary>
    public int Moment { get; set; }

    public List<SimulatedVm> Vms { get; } = [];

    public Dictionary<string, (int Id, NetworkCondition Condition)> Networks { get; } = [];

    public IEnumerable<SimulatedVm> Alive => Vms.Where(vm => !vm.IsGone);

    public SimulatedVm Create(string role, bool onHold)
    {
        var vm = new SimulatedVm { Id = _nextId++, RoleName = role, State = onHold ? VmState.Hold : VmState.Pending };
        Vms.Add(vm);
        return vm;
    }

    /// <summary>Makes a network that can be used at once.</summary>
    public int CreateNetwork(string name)
    {
        bool isThere = Networks.TryGetValue(name, out (int Id, NetworkCondition Condition) old) && old.Condition != NetworkCondition.Gone;
        Requirement.Require(!isThere, $"the network {name} is made twice");
        int id = 100 + Networks.Count;
        Networks[name] = (id, NetworkCondition.Ready);
        return id;
    }

    /// <summary>
    /// The virtual machines that a reading finds. Those that have just changed it may show as they were: a state is told before it is written down. What was
    /// asked to go is not among them: who reads the cloud knows that the answer to that is younger.
    /// </summary>
    public IEnumerable<VmObservation> Read(IReadOnlySet<int> known)
    {
        bool isLate = HasFaults && choices.Chance(10);
        foreach (SimulatedVm vm in Vms)
        {
            (VmState state, LcmState lcm) = (vm.State, vm.LcmState);
            if (isLate && vm.Before is { } before && before.Moment == Moment && !IsAsked(vm, before.LcmState)) (state, lcm) = (before.State, before.LcmState);
            if (state != VmState.Done || known.Contains(vm.Id)) yield return new VmObservation(vm.Id, state, lcm, vm.IsReady) { RoleName = vm.RoleName };
        }
    }

    // Whether it is as it is because it was asked to go.
    private static bool IsAsked(SimulatedVm vm, LcmState before) => vm.State == VmState.Done
        ? before is not (LcmState.Epilog or LcmState.CleanupDelete)
        : vm.LcmState is LcmState.Shutdown or LcmState.CleanupDelete;

    /// <summary>Does what is asked of a virtual machine, or says why not.</summary>
    public string? Call(SimulatedVm vm, VmCall call)
    {
        string? error = HasFaults && choices.Chance(8) ? "simulated refusal" : Answer(vm, call);
        vm.IsStubborn |= error is not null;
        return error;
    }

    /// <summary>Lets a virtual machine go one step of its own.</summary>
    public void Advance(SimulatedVm vm)
    {
        bool fails = HasFaults && choices.Chance(15);
        (VmState state, LcmState lcm) = (vm.State, vm.LcmState) switch
        {
            (VmState.Pending, _) => (VmState.Active, LcmState.Prolog),
            (VmState.Active, LcmState.Prolog) => (VmState.Active, fails ? LcmState.PrologFailure : LcmState.Boot),
            (VmState.Active, LcmState.Boot or LcmState.BootPoweroff) => (VmState.Active, fails ? LcmState.BootFailure : LcmState.Running),
            (VmState.Active, LcmState.Shutdown) => (VmState.Active, fails ? LcmState.Running : LcmState.Epilog),
            (VmState.Active, LcmState.Epilog) => fails ? (VmState.Active, LcmState.EpilogFailure) : (VmState.Done, LcmState.LcmInit),
            (VmState.Active, LcmState.CleanupDelete) => (VmState.Done, LcmState.LcmInit),
            (VmState.Active, LcmState.Unknown) => (VmState.Active, LcmState.Running),
            _ => (vm.State, vm.LcmState),
        };
        vm.IsStubborn |= vm.LcmState == LcmState.Shutdown && lcm == LcmState.Running;
        if ((state, lcm) != (vm.State, vm.LcmState)) Set(vm, state, lcm);
        else if (vm is { LcmState: LcmState.Running, IsReady: false }) Set(vm, state, lcm, isReady: true);
    }

    /// <summary>Somebody does something to a virtual machine by hand.</summary>
    public void Meddle(SimulatedVm vm)
    {
        if (vm is not { State: VmState.Active, LcmState: LcmState.Running }) return;
        switch (choices.Below(4))
        {
            case 0:
                Set(vm, VmState.PowerOff, LcmState.LcmInit);
                break;
            case 1:
                Set(vm, VmState.Suspended, LcmState.LcmInit);
                break;
            case 2:
                Set(vm, VmState.Active, LcmState.Unknown);
                break;
            default:
                Set(vm, VmState.Active, LcmState.Shutdown);
                break;
        }
    }

    private string? Answer(SimulatedVm vm, VmCall call)
    {
        switch (call, vm.State)
        {
            case (VmCall.Delete, not VmState.Done):
                Set(vm, VmState.Active, LcmState.CleanupDelete);
                return null;
            case (VmCall.Terminate or VmCall.TerminateHard, VmState.Pending or VmState.Hold or VmState.PowerOff or VmState.Suspended):
                Set(vm, VmState.Done, LcmState.LcmInit);
                return null;
            case (VmCall.Terminate or VmCall.TerminateHard, VmState.Active) when vm.LcmState is LcmState.Running or LcmState.Unknown:
                Set(vm, VmState.Active, LcmState.Shutdown);
                return null;
            case (VmCall.Release, VmState.Hold):
                Set(vm, VmState.Pending, LcmState.LcmInit);
                return null;
            case (VmCall.Resume, VmState.PowerOff or VmState.Suspended):
                Set(vm, VmState.Active, LcmState.BootPoweroff);
                return null;
            case (VmCall.Resume, VmState.Active) when vm.LcmState == LcmState.Unknown:
                Set(vm, VmState.Active, LcmState.Running);
                return null;
            case (VmCall.Retry, VmState.Active) when After(vm.LcmState) is { } next:
                Set(vm, VmState.Active, next);
                return null;
            default:
                return $"Wrong state {vm.State} {vm.LcmState}";
        }
    }

    private static LcmState? After(LcmState failure) => failure switch
    {
        LcmState.PrologFailure => LcmState.Prolog,
        LcmState.BootFailure => LcmState.Boot,
        LcmState.EpilogFailure => LcmState.Epilog,
        _ => null,
    };

    private void Set(SimulatedVm vm, VmState state, LcmState lcm, bool? isReady = null)
    {
        vm.Before = (vm.State, vm.LcmState, Moment);
        (vm.State, vm.LcmState) = (state, lcm);
        vm.IsReady = isReady ?? vm.IsReady;
        publish(new VmObserved(vm.Id, state, lcm, vm.IsReady));
    }
}
