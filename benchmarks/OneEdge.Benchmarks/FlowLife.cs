using OneEdge.Flow;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Benchmarks;

/// <summary>
/// A service of 4 roles x 3 virtual machines from its beginning to its end, and all that it is told meanwhile: what it orders is answered at once, every
/// virtual machine goes through all its states, one is halted and comes back, a role is scaled up and down.
/// </summary>
internal static class FlowLife
{
    public static readonly DateTimeOffset Now = new(2026, 6, 8, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The service as it is when its document was just created.</summary>
    public static Service New { get; } = new()
    {
        Id = 7,
        Name = "svc",
        Owner = new ServiceOwner(2, 100, "alice", "users"),
        Definition = new ServiceDefinition { Name = "svc", Deployment = DeploymentStrategy.Straight },
        Roles = [.. Enumerable.Range(0, 4).Select(RoleOf)],
    };

    /// <summary>The same, when it runs.</summary>
    public static Service Running { get; } = Run(New, [.. Events(deploysOnly: true)]);

    public static Service Run(Service service, ServiceEvent[] events)
    {
        foreach (ServiceEvent happened in events) service = ServiceMachine.Step(service, happened, Now).Service;
        return service;
    }

    /// <summary>What it is told.</summary>
    /// <param name="deploysOnly">Whether it ends when the service runs.</param>
    public static List<ServiceEvent> Events(bool deploysOnly = false)
    {
        var told = new Recorder();
        told.Tell(new ServiceStarted());
        told.Expect(ServiceState.Running);
        if (deploysOnly) return told.Events;
        told.Tell(new VmObserved(5, VmState.PowerOff, LcmState.LcmInit));
        told.Expect(ServiceState.Warning);
        told.Tell(new VmObserved(5, VmState.Active, LcmState.BootPoweroff));
        told.Tell(new VmObserved(5, VmState.Active, LcmState.Running));
        told.Tell(new ScaleRequested("role1", 6));
        told.Expect(ServiceState.Running);
        told.Tell(new ScaleRequested("role1", 2));
        told.Expect(ServiceState.Running);
        told.Tell(new UndeployRequested());
        told.Expect(ServiceState.UndeployingNetworks);
        told.Tell(new DocumentDeleted());
        return told.Events;
    }

    private static Role RoleOf(int index) => new()
    {
        Definition = new RoleDefinition { Name = $"role{index}", VmTemplate = 0, Parents = index == 0 ? [] : [$"role{index - 1}"], Cooldown = 0 },
        Cardinality = 3,
    };

    private sealed class Recorder
    {
        private static readonly (VmState State, LcmState Lcm)[] Coming =
        [
            (VmState.Pending, LcmState.LcmInit), (VmState.Active, LcmState.Prolog), (VmState.Active, LcmState.Boot), (VmState.Active, LcmState.Running),
        ];

        private static readonly (VmState State, LcmState Lcm)[] Going =
        [
            (VmState.Active, LcmState.Shutdown), (VmState.Active, LcmState.Epilog), (VmState.Done, LcmState.LcmInit),
        ];

        private readonly Queue<ServiceEvent> _next = [];
        private Service _service = New;
        private int _machines;

        public List<ServiceEvent> Events { get; } = [];

        public void Expect(ServiceState state)
        {
            if (_service.State != state) throw new InvalidOperationException($"The service is {_service.State} and not {state}.");
        }

        public void Tell(ServiceEvent happened)
        {
            _next.Enqueue(happened);
            while (_next.TryDequeue(out ServiceEvent? next))
            {
                Events.Add(next);
                Transition transition = ServiceMachine.Step(_service, next, Now);
                if (transition.Refusal is { } refusal) throw new InvalidOperationException(refusal.Message);
                _service = transition.Service;
                foreach (ServiceCommand command in transition.Commands) Answer(command);
            }
        }

        private void Answer(ServiceCommand command)
        {
            switch (command)
            {
                case CreateVm create:
                    int id = ++_machines;
                    _next.Enqueue(new VmCreated(create.RoleName, create.Number, id));
                    foreach ((VmState state, LcmState lcm) in Coming) _next.Enqueue(new VmObserved(id, state, lcm));
                    break;
                case CallVm call:
                    _next.Enqueue(new VmTerminationAccepted(call.VmId));
                    foreach ((VmState state, LcmState lcm) in Going) _next.Enqueue(new VmObserved(call.VmId, state, lcm));
                    break;
                case Synchronize synchronize:
                    _next.Enqueue(new Synchronized(synchronize.Number, [], []));
                    break;
                default:
                    break;
            }
        }
    }
}
