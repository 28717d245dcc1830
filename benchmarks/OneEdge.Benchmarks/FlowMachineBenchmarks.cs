using BenchmarkDotNet.Attributes;
using OneEdge.Flow;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>Steps of the life cycle of a service of 4 roles x 3 virtual machines; times and memory are those of one event.</summary>
[MemoryDiagnoser]
public class FlowMachineBenchmarks
{
    private const int LifeEvents = 144;
    private const int Flips = 100;

    private readonly ServiceEvent[] _life = [.. FlowLife.Events()];
    private readonly VmObserved _known = new(5, VmState.Active, LcmState.Running);
    private readonly VmObserved _halted = new(5, VmState.PowerOff, LcmState.LcmInit);
    private readonly ScaleRequested _refused = new("role1", -1);
    private readonly ScaleRequested _scale = new("role1", 4);
    private readonly UndeployRequested _undeploy = new();

    /// <summary>The whole life.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = LifeEvents)]
    public Service Life() => FlowLife.Run(FlowLife.New, _life);

    /// <summary>A virtual machine is seen as it was known to be.</summary>
    [Benchmark]
    public Service KnownState() => ServiceMachine.Step(FlowLife.Running, _known, FlowLife.Now).Service;

    /// <summary>A virtual machine is halted and runs again: states of role and service and the log change each time.</summary>
    [Benchmark(OperationsPerInvoke = Flips)]
    public Service ChangingState()
    {
        Service service = FlowLife.Running;
        for (int i = 0; i < Flips; i++) service = ServiceMachine.Step(service, i % 2 == 0 ? _halted : _known, FlowLife.Now).Service;
        return service;
    }

    [Benchmark]
    public Service Scale() => ServiceMachine.Step(FlowLife.Running, _scale, FlowLife.Now).Service;

    [Benchmark]
    public Refusal? RefusedScale() => ServiceMachine.Step(FlowLife.Running, _refused, FlowLife.Now).Refusal;

    /// <summary>All twelve terminations are ordered.</summary>
    [Benchmark]
    public Service Undeploy() => ServiceMachine.Step(FlowLife.Running, _undeploy, FlowLife.Now).Service;

    [GlobalSetup]
    public void Check()
    {
        if (_life.Length != LifeEvents) throw new InvalidOperationException($"A life has {_life.Length} events, not {LifeEvents}.");
    }
}
