using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Carries out what services order, and tells them what came of it.</summary>
internal sealed class CommandRunner : ICommandSink
{
    private readonly EngineContext _engine;
    private readonly IServiceHosting _hosting;
    private readonly FairQueue _calls;
    private readonly CloudReader _reader;
    private readonly RouteTable _machines;
    private readonly RouteTable _networks;
    private readonly VmCommands _vmCommands;
    private readonly NetworkCommands _networkCommands;
    private readonly UnsureServices _unsure;
    private readonly Creations _creations = new();

    public CommandRunner(EngineContext engine, IServiceHosting hosting, RouteTable machines, RouteTable networks, UnsureServices unsure)
    {
        (_engine, _hosting, _machines, _networks, _unsure) = (engine, hosting, machines, networks, unsure);
        _calls = new FairQueue(engine.Options.MaxConcurrentCalls);
        _reader = new CloudReader(engine, hosting, machines, networks, unsure);
        _vmCommands = new VmCommands(engine, hosting, machines);
        _networkCommands = new NetworkCommands(engine, hosting, networks);
    }

    public void Carry(int serviceId, ServiceCommand command)
    {
        FlowTelemetry.Commands.Add(1);
        switch (command)
        {
            case Synchronize synchronize:
                _reader.Order(serviceId, synchronize.Number);
                break;
            case CreateVm create:
                _machines.BeginCreation();
                Add(serviceId, command, service => CreateAsync(serviceId, () => _vmCommands.CreateAsync(service, create)), _machines.EndCreation);
                break;
            case CallVm call:
                Add(serviceId, command, service => _vmCommands.CallAsync(service, call));
                break;
            case ScheduleVmAction action:
                Add(serviceId, command, service => _vmCommands.ScheduleAsync(service, action));
                break;
            case CreateNetwork create:
                _networks.BeginCreation();
                Add(serviceId, command, service => CreateAsync(serviceId, () => _networkCommands.CreateAsync(service, create)), _networks.EndCreation);
                break;
            case RecoverNetwork recover:
                Add(serviceId, command, service => _networkCommands.RecoverAsync(service, recover.NetworkId));
                break;
            case DeleteNetwork delete:
                Add(serviceId, command, service => _networkCommands.DeleteAsync(service, delete.NetworkId));
                break;
            default:
                throw new ArgumentException($"{command.GetType().Name} is no command that is known.", nameof(command));
        }
    }

    /// <summary>Reads a virtual machine again, of which only a note has changed.</summary>
    public void Look(int serviceId, int vmId) => Add(serviceId, null, _ => _vmCommands.LookAsync(serviceId, vmId));

    public Task DrainAsync(int serviceId) => _creations.DrainAsync(serviceId);

    public void Added(Service service)
    {
        _creations.Allow(service.Id);
        foreach (RoleNode node in service.Roles.SelectMany(r => r.Nodes)) _machines.Register(node.VmId, service.Id);
        foreach (ServiceNetwork network in service.Networks)
        {
            if (network is { IsOwned: true, NetworkId: { } id }) _networks.Register(id, service.Id);
        }
    }

    public void Removed(Service service)
    {
        _unsure.Remove(service.Id);
        _creations.Allow(service.Id);
        foreach (RoleNode node in service.Roles.SelectMany(r => r.Nodes).Concat(service.Strays)) _machines.Remove(node.VmId, service.Id);
        foreach (ServiceNetwork network in service.Networks)
        {
            if (network is { IsOwned: true, NetworkId: { } id }) _networks.Remove(id, service.Id);
        }
    }

    private async Task CreateAsync(int serviceId, Func<Task> create)
    {
        if (!_creations.TryBegin(serviceId)) return;
        try
        {
            await create().ConfigureAwait(false);
        }
        finally
        {
            _creations.End(serviceId);
        }
    }

    private void Add(int serviceId, ServiceCommand? command, Func<Service, Task> work, Action? end = null) => _calls.Add(serviceId, async () =>
    {
        try
        {
            await _engine.Lease.EnsureAsync(_engine.Stopping).ConfigureAwait(false);
            if (_hosting.Find(serviceId) is { } service) await work(service).ConfigureAwait(false);
        }
        catch (Exception error) when (_engine.Stopping.IsCancellationRequested || error is DocumentLeaseException)
        {
            // Whoever has the services then finds out what became of it.
        }
        catch (Exception error)
        {
            FlowLog.CommandFailed(_engine.Logger, serviceId, command?.GetType().Name ?? "a reading", error);
            _hosting.Post(serviceId, new SynchronizationLost());
        }
        finally
        {
            end?.Invoke();
        }
    });
}
