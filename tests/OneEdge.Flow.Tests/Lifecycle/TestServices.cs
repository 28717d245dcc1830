using System.Collections.Immutable;
using OneEdge.Flow.Documents;
using OneEdge.Flow.Lifecycle;
using OneEdge.Flow.Tests.Documents;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Lifecycle;

/// <summary>A service that tests tell things, and what it has ordered.</summary>
internal sealed class TestService
{
    public static readonly ServiceOwner Owner = TestDocuments.Alice;
    private readonly List<ServiceCommand> _commands = [];
    private readonly List<CreateVm> _unanswered = [];
    private int _nextVm = 1;

    public TestService(ServiceDefinition definition, params Role[] roles)
        : this(Create(definition, roles)) => Tell(new ServiceStarted());

    public TestService(ServiceDefinition definition, Role[] roles, ServiceNetwork[] networks)
        : this(Create(definition, roles) with { Networks = [.. networks] }) => Tell(new ServiceStarted());

    private TestService(Service service) => Service = service;

    public Service Service { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Refusal? Refusal { get; private set; }

    public static Service Create(ServiceDefinition definition, params Role[] roles) => new()
    {
        Id = 10,
        Name = definition.Name,
        Owner = Owner,
        Definition = definition,
        Roles = [.. roles],
    };

    /// <summary>The service as another engine finds it that takes it over.</summary>
    public static TestService Resumed(Service service)
    {
        var resumed = new TestService(service);
        resumed.Tell(new ServiceResumed());
        return resumed;
    }

    public static Role Role(string name, int cardinality, params string[] parents) => new()
    {
        Definition = new RoleDefinition { Name = name, VmTemplate = 0, Parents = [.. parents], Cooldown = 1 },
        Cardinality = cardinality,
    };

    public static ServiceDefinition Straight { get; } = new() { Name = "svc", Deployment = DeploymentStrategy.Straight };

    public static ServiceDefinition None { get; } = new() { Name = "svc" };

    public Role this[string role] => Service.Roles.Single(r => r.Name == role);

    public void Tell(ServiceEvent happened)
    {
        Transition transition = ServiceMachine.Step(Service, happened, Now);
        (Service, Refusal) = (transition.Service, transition.Refusal);
        _commands.AddRange(transition.Commands);
        _unanswered.AddRange(transition.Commands.OfType<CreateVm>());
        if (happened is VmCreated created) Answered(created.RoleName, created.Number);
        else if (happened is VmCreationFailed failed) Answered(failed.RoleName, failed.Number);
    }

    /// <summary>The engine dies, and another one takes over what the document says.</summary>
    public void Restarts()
    {
        _commands.Clear();
        _unanswered.Clear();
        Service = ServiceDocument.Read(Service.Id, Service.Name, Owner, ServiceDocument.Write(Service));
        Tell(new ServiceResumed());
    }

    /// <summary>The creations that were ordered and of which nothing was told yet.</summary>
    public CreateVm[] Unanswered() => [.. _unanswered];

    /// <summary>The last refusal, once.</summary>
    public Refusal? TakeRefusal()
    {
        Refusal? refusal = Refusal;
        Refusal = null;
        return refusal;
    }

    /// <summary>What was ordered since it was asked last.</summary>
    public ImmutableArray<ServiceCommand> Ordered()
    {
        ImmutableArray<ServiceCommand> ordered = [.. _commands];
        _commands.Clear();
        return ordered;
    }

    /// <summary>Creates the virtual machines that were ordered; the ids count from 1.</summary>
    public void Create()
    {
        foreach (CreateVm create in Ordered().OfType<CreateVm>()) Tell(new VmCreated(create.RoleName, create.Number, _nextVm++));
    }

    /// <summary>Creates what was ordered and lets it run, until nothing is ordered any more.</summary>
    public TestService Deploy()
    {
        while (_commands.Count > 0)
        {
            Create();
            foreach (RoleNode node in Service.Roles.SelectMany(r => r.Nodes).ToArray()) Runs(node.VmId);
        }

        return this;
    }

    public void Runs(int vm) => Sees(vm, VmState.Active, LcmState.Running);

    public void Goes(int vm) => Sees(vm, VmState.Done);

    public void Sees(int vm, VmState state, LcmState lcm = LcmState.LcmInit) => Tell(new VmObserved(vm, state, lcm));

    /// <summary>Answers the newest reading that was ordered.</summary>
    public void Reads(params VmObservation[] vms) => Tell(new Synchronized(Service.LastReading, [.. vms], []));

    public void Waits(TimeSpan time)
    {
        Now += time;
        Tell(new TimePassed());
    }

    private void Answered(string role, int number) => _unanswered.RemoveAll(create => create.RoleName == role && create.Number == number);

    public override string ToString() =>
        $"{StateNames.Of(Service.State)}{(Service.Roles.IsEmpty ? "" : " | ")}{string.Join(" ; ", Service.Roles.Select(Text))}";

    private static string Text(Role role) => $"{role.Name}:{StateNames.Of(role.State)} {role.Cardinality} [{string.Join(",", role.Nodes.Select(n => n.VmId))}]";
}
