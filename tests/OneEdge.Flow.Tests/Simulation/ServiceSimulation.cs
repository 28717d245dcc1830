using OneEdge.Flow.Documents;
using OneEdge.Flow.Lifecycle;
using OneEdge.Flow.Tests.Documents;
using static OneEdge.Flow.Tests.Simulation.Requirement;
using static OneEdge.Flow.Tests.Simulation.ServiceText;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>
/// A service, a cloud and an engine between them, in which everything may go wrong that can: events are lost, doubled, late and out of order, readings show
/// what was, calls fail, are slow or end without an answer, the engine crashes at any moment, people interfere, the clock jumps. After each step the
/// invariants are checked;
/// once the faults stop, the service has to come to rest, and to go when it is told to.
/// </summary>
internal sealed class ServiceSimulation
{
    private const int ServiceId = 7;

    /// <summary>The role that a virtual machine says it is of which somebody made by hand.</summary>
    private const string Nobody = "nobody";

    private static readonly ServiceOwner Owner = TestDocuments.Alice;

    private readonly Choices _choices;
    private readonly SimulatedCloud _cloud;
    private readonly List<ServiceCommand> _commands = [];
    private readonly List<ServiceEvent> _events = [];
    private readonly SimulationHistory _history;
    private readonly List<string> _trace = [];
    private readonly bool _keepsTrace;
    private readonly Action<Service, Service>? _seen;

    // Nobody wants less in half of the runs: then each virtual machine that was ever made has its place in the end.
    private readonly bool _isGrowing;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private Service? _service;
    private Service _saved;
    private bool _isUndeployed;

    public ServiceSimulation(Choices choices, bool keepsTrace = false, Action<Service, Service>? seen = null)
    {
        (_choices, _keepsTrace, _seen, _isGrowing) = (choices, keepsTrace, seen, choices.Chance(50));
        _cloud = new SimulatedCloud(choices, Publish);
        _service = _saved = SimulatedTemplates.Create(choices, ServiceId, Owner, _now);
        _history = new SimulationHistory(_cloud, _service);
        Tell(new ServiceStarted());
    }

    public int Steps { get; private set; }

    public IReadOnlyList<string> Trace => _trace;

    /// <summary>Runs a number of steps with faults, then lets the service come to rest and removes it.</summary>
    public void Run(int steps)
    {
        for (int i = 0; i < steps && _service is not null; i++) Step();
        _cloud.HasFaults = false;
        ComeToRest();
        if (_service is null) return;
        Tell(new UndeployRequested());
        ComeToRest();
        Require(_service is null, "a service that shall go is still there");
    }

    private void Step()
    {
        switch (_choices.Below(12))
        {
            case 0 or 1 or 2:
                if (_commands.Count > 0) Execute(Take(_commands));
                break;
            case 3 or 4 or 5:
                Deliver();
                break;
            case 6 or 7 or 8:
                if (_cloud.Vms.Count > 0) _cloud.Advance(_cloud.Vms[_choices.Below(_cloud.Vms.Count)]);
                break;
            case 9:
                Interfere();
                break;
            case 10:
                Request();
                break;
            default:
                PassTime();
                break;
        }

        CheckInvariants();
    }

    private void Deliver()
    {
        if (_events.Count == 0) return;
        ServiceEvent next = Take(_events);
        if (next is VmObserved && _choices.Chance(10)) return;
        if (next is Synchronized && _events.Count > 0 && _choices.Chance(40))
        {
            // The answer takes its time: what it tells is old when it comes.
            _events.Add(next);
            return;
        }

        if (next is VmObserved && _choices.Chance(5)) _events.Add(next);
        Tell(next);
    }

    private void Interfere()
    {
        switch (_choices.Below(8))
        {
            case 0:
                Crash();
                break;
            case 1:
                Tell(new SynchronizationLost());
                break;
            case 2 when !_isGrowing && _service is { FinalReading: null } && _choices.Chance(10):

                // Not after the last look: that nobody could know.
                _cloud.Create(Nobody, onHold: false);
                break;
            default:
                if (_cloud.Vms.Count > 0 && !_isGrowing) _cloud.Meddle(_cloud.Vms[_choices.Below(_cloud.Vms.Count)]);
                break;
        }
    }

    private void PassTime()
    {
        int jump = _choices.Below(20);
        _cloud.Moment++;
        _now += jump switch
        {
            18 => TimeSpan.FromHours(-1),
            19 => TimeSpan.FromHours(2),
            _ => TimeSpan.FromSeconds(jump),
        };
        Tell(new TimePassed());
    }

    /// <summary>The engine dies: what it was about to do is done or not, nobody hears of it, and what was not saved is forgotten.</summary>
    private void Crash()
    {
        Log("crash");
        foreach (ServiceCommand command in _commands.ToArray())
        {
            if (_choices.Chance(50)) Execute(command);
        }

        _commands.Clear();
        _events.RemoveAll(e => e is not DocumentDeleted);
        if (_events.Count > 0)
        {
            _service = null;
            return;
        }

        _service = ServiceDocument.Read(ServiceId, "simulated", Owner, ServiceDocument.Write(_saved));
        Tell(new ServiceResumed());
    }

    private void Request()
    {
        Role? role = _service is { Roles.Length: > 0 } ? _service.Roles[_choices.Below(_service.Roles.Length)] : null;
        switch (_choices.Below(15))
        {
            case 0 when !_isGrowing && _choices.Chance(20):
                _isUndeployed = true;
                Tell(new UndeployRequested());
                break;
            case 1 or 2 or 3:
                Tell(new RecoverRequested());
                break;
            case 4 when !_isGrowing:
                Tell(new RecoverRequested(RecoveryMode.Force));
                break;
            case 5 or 6 or 7 or 8 when role is not null:
                TimeSpan? cooldown = _choices.Below(3) switch { 0 => null, 1 => TimeSpan.Zero, _ => TimeSpan.FromSeconds(30) };
                Tell(new ScaleRequested(role.Name, (_isGrowing ? role.Cardinality : 0) + _choices.Below(6), _choices.Chance(30), cooldown));
                break;
            case 9:
                Tell(new ReleaseRequested());
                break;
            case 10 when role is not null:
                Tell(new AddRoleRequested(SimulatedTemplates.AddedRole(_choices, _service!)));
                break;
            case 11 when role is not null && !_isGrowing && _choices.Chance(30):
                Tell(new RemoveRoleRequested(role.Name));
                break;
            case 12 when role is not null:
                Tell(new RoleActionRequested(role.Name, "poweroff"));
                break;
            case 13 when role is not null:
                int wanted = (_isGrowing ? role.Cardinality : 0) + _choices.Below(4);
                var scale = new ScaleRequested(role.Name, wanted, Cooldown: TimeSpan.FromSeconds(_choices.Below(20)));
                Tell(new PoliciesEvaluated(role.Name, [], [], scale));
                break;
            default:
                break;
        }
    }

    private void Tell(ServiceEvent happened)
    {
        if (_service is null) return;
        Steps++;
        if (happened is DocumentDeleted)
        {
            _service = null;
            return;
        }

        Transition transition = ServiceMachine.Step(_service, happened, _now);
        if (_keepsTrace) Log(happened.ToString());
        if (transition.Refusal is not null)
        {
            Require(ReferenceEquals(transition.Service, _service) && transition.Commands.IsEmpty, "a refusal changed something");
            Log($"  refused: {transition.Refusal.Message}");
            return;
        }

        SimulationChecks.CheckCommands(_service, transition);
        TransitionChecks.Check(_service, happened, transition.Service, _now);
        _history.Check(happened, transition);
        _seen?.Invoke(_service, transition.Service);
        _service = transition.Service;
        _commands.AddRange(transition.Commands);
        if (_keepsTrace) Log($"  {_now:HH:mm:ss} {Show(_service)} {string.Join(" ", transition.Commands)}");

        // What somebody was told that it is granted is saved first, with all that was changed before; the rest as soon as possible.
        bool isSaved = happened is ServiceRequest
            || (transition.IsDocumentChanged && (happened is ServiceStarted || !_cloud.HasFaults || !_choices.Chance(10)));
        if (isSaved) _saved = _service;
    }

    private void Execute(ServiceCommand command)
    {
        if (_keepsTrace) Log($"execute {command}");
        switch (command)
        {
            case CreateVm create:
                Create(create);
                break;
            case CallVm call:
                Call(call);
                break;
            case Synchronize read:
                _events.Add(Read(read.Number));
                break;
            case CreateNetwork or RecoverNetwork or DeleteNetwork:
                ExecuteNetwork(command);
                break;
            case DeleteDocument:
                if (_cloud.HasFaults && _choices.Chance(20))
                {
                    _events.Add(new DocumentDeletionFailed("simulated failure"));
                    break;
                }

                Require(!_cloud.Alive.Any(), $"the document is deleted while there is {_cloud.Alive.FirstOrDefault()}");
                Require(_cloud.Networks.Values.All(n => n.Condition == NetworkCondition.Gone), "the document is deleted while there is a network");
                _events.Add(new DocumentDeleted());
                break;
            default:
                break;
        }
    }

    private void Create(CreateVm create)
    {
        int outcome = _cloud.HasFaults ? _choices.Below(20) : 0;
        if (outcome is 17 or 18)
        {
            _events.Add(new VmCreationFailed(create.RoleName, create.Number, "simulated failure"));
            return;
        }

        if (outcome == 19)
        {
            if (_choices.Chance(50)) _cloud.Create(create.RoleName, create.OnHold);
            _events.Add(new VmCreationFailed(create.RoleName, create.Number, "the connection broke", IsUncertain: true));
            return;
        }

        SimulatedVm vm = _cloud.Create(create.RoleName, create.OnHold);
        _events.Add(new VmCreated(create.RoleName, create.Number, vm.Id));
        Publish(new VmObserved(vm.Id, vm.State, vm.LcmState));
    }

    private void Call(CallVm call)
    {
        SimulatedVm vm = _cloud.Vms.Single(v => v.Id == call.VmId);
        if (_cloud.Call(vm, call.Call) is { } error) _events.Add(new VmCallRefused(call.VmId, call.Call, error));
        else if (call.Call is VmCall.Terminate or VmCall.TerminateHard or VmCall.Delete) _events.Add(new VmTerminationAccepted(call.VmId));
    }

    private void ExecuteNetwork(ServiceCommand command)
    {
        bool fails = _cloud.HasFaults && _choices.Chance(15);
        switch (command)
        {
            case CreateNetwork create when fails:
                _events.Add(new NetworkCreationFailed(create.Name, "simulated failure"));
                break;
            case CreateNetwork create when _cloud.HasFaults && _choices.Chance(10):
                if (_choices.Chance(50)) _cloud.CreateNetwork(create.Name);
                _events.Add(new NetworkCreationFailed(create.Name, "the connection broke", IsUncertain: true));
                break;
            case CreateNetwork create:
                int id = _cloud.CreateNetwork(create.Name);
                _events.Add(new NetworkCreated(create.Name, id));
                if (!_choices.Chance(10)) _events.Add(new NetworkObserved(id, NetworkCondition.Ready));
                break;
            case DeleteNetwork delete when fails:
                _events.Add(new NetworkDeletionRefused(delete.NetworkId, "simulated refusal"));
                break;
            case DeleteNetwork delete:
                string name = _cloud.Networks.Single(n => n.Value.Id == delete.NetworkId).Key;
                _cloud.Networks[name] = (delete.NetworkId, NetworkCondition.Gone);
                _events.Add(new NetworkObserved(delete.NetworkId, NetworkCondition.Gone));
                break;
            default:
                break;
        }
    }

    private Synchronized Read(int number)
    {
        HashSet<int> known = [.. _service?.Roles.SelectMany(r => r.Nodes).Select(n => n.VmId) ?? [], .. _service?.Strays.Select(n => n.VmId) ?? []];
        return new Synchronized(
            number,
            [.. _cloud.Read(known)],
            [.. _cloud.Networks.Select(n => new NetworkObservation(n.Key, n.Value.Id, n.Value.Condition))]);
    }

    /// <summary>Everything works, and somebody looks after what has failed: after a while nothing is left to do.</summary>
    private void ComeToRest()
    {
        for (int round = 0; round < 60 && _service is not null; round++)
        {
            Settle();
            if (_service is null) return;
            if (round > 2 && IsAtRest()) return;
            if (_service.Roles.Any(r => r.State == RoleState.Hold)) Tell(new ReleaseRequested());
            if (_service.State is not ServiceState.Running) Tell(new RecoverRequested(round % 8 == 7 && !_isGrowing ? RecoveryMode.Force : RecoveryMode.Retry));
            _now += TimeSpan.FromMinutes(10);
            Tell(new TimePassed());
            Tell(new SynchronizationLost());
        }

        Require(_service is null || IsAtRest(), $"the service does not come to rest: {Show(_service!)}; {string.Join(", ", _cloud.Alive)}");
    }

    private void Settle()
    {
        for (int i = 0; i < 200; i++)
        {
            bool isIdle = _commands.Count == 0 && _events.Count == 0;
            while (_commands.Count > 0) Execute(TakeFirst(_commands));
            while (_events.Count > 0) Tell(TakeFirst(_events));
            foreach (SimulatedVm vm in _cloud.Alive.ToArray()) _cloud.Advance(vm);
            if (isIdle && _events.Count == 0) return;
        }
    }

    private bool IsAtRest()
    {
        if (_service is not { IsSynchronized: true, Goal: ServiceGoal.Run, State: ServiceState.Running }) return false;
        HashSet<int> known = [.. _service.Roles.SelectMany(r => r.Nodes).Select(n => n.VmId), .. _service.Strays.Select(n => n.VmId)];
        Require(known.SetEquals(_cloud.Alive.Select(vm => vm.Id)), $"service and cloud differ: {Show(_service)}; {string.Join(", ", _cloud.Alive)}");
        Require(!_isGrowing || _service.Strays.IsEmpty, $"virtual machines have lost their role: {string.Join(", ", _service.Strays.Select(n => n.VmId))}");
        Require(_service.Roles.All(r => r.Nodes.Length == r.Cardinality), $"a role is short, or has too many: {Show(_service)}");
        bool isLeft = _service.Strays.Any(n => n.FoundFor != Nobody && _service.Roles.All(r => r.Name != n.FoundFor));
        Require(!isLeft, "a role has gone and left virtual machines behind");
        return true;
    }

    private void CheckInvariants()
    {
        if (_service is null) return;
        SimulationChecks.CheckService(_service);
        Require(!_isUndeployed || _service.Goal == ServiceGoal.Remove, "a service that shall go wants to live");
    }

    private void Publish(ServiceEvent e) => _events.Add(e);

    private T Take<T>(List<T> list)
    {
        // Mostly in order; sometimes not.
        int index = _choices.Chance(30) ? _choices.Below(list.Count) : 0;
        T value = list[index];
        list.RemoveAt(index);
        return value;
    }

    private static T TakeFirst<T>(List<T> list)
    {
        T value = list[0];
        list.RemoveAt(0);
        return value;
    }

    private void Log(string line)
    {
        if (_keepsTrace) _trace.Add(line);
    }
}
