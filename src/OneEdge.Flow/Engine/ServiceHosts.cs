using System.Collections.Concurrent;
using System.Collections.Immutable;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>The services that live in this process.</summary>
internal sealed class ServiceHosts(EngineContext engine) : IServiceHosting
{
    private readonly ConcurrentDictionary<int, ServiceHost> _hosts = new();

    public EngineContext Engine { get; } = engine;

    /// <summary>Writes that go on, and how many may.</summary>
    public SemaphoreSlim Writes { get; } = new(engine.Options.MaxConcurrentWrites);

    /// <summary>Carries out what services order; set before the first one is added.</summary>
    public ICommandSink Commands { get; set; } = null!;

    public IEnumerable<Service> Services => _hosts.Values.Select(host => host.Service);

    public int Count => _hosts.Count;

    public Service? Find(int serviceId) => _hosts.TryGetValue(serviceId, out ServiceHost? host) ? host.Service : null;

    public ServiceHost? FindHost(int serviceId) => _hosts.GetValueOrDefault(serviceId);

    /// <summary>Adds a service that was read: it has to be told that it was resumed.</summary>
    public ServiceHost Add(Service service, DocumentVersion version) => Add(new ServiceHost(this, service, version));

    /// <summary>Adds a service that is new, and carries out what it orders.</summary>
    public void Add(Service service, DocumentVersion version, ImmutableArray<ServiceCommand> commands) =>
        Add(new ServiceHost(this, service, version)).Begin(commands);

    public void Remove(ServiceHost host)
    {
        if (!_hosts.TryRemove(KeyValuePair.Create(host.Service.Id, host))) return;
        Commands.Removed(host.Service);
        FlowTelemetry.Services.Add(-1);
    }

    public Task<Refusal?> TellAsync(int serviceId, ServiceEvent happened) =>
        _hosts.TryGetValue(serviceId, out ServiceHost? host) ? host.TellAsync(happened) : Task.FromException<Refusal?>(new ServiceNotFoundException(serviceId));

    public void Post(int serviceId, ServiceEvent happened)
    {
        if (_hosts.TryGetValue(serviceId, out ServiceHost? host)) host.Post(happened);
    }

    /// <summary>Ends when the documents are as the services are.</summary>
    public Task FlushAsync() => Task.WhenAll(_hosts.Values.Select(host => host.FlushAsync()));

    /// <summary>Stops all of them; those who wait for something are told.</summary>
    public void Stop()
    {
        foreach (ServiceHost host in _hosts.Values)
        {
            host.Stop();
            if (_hosts.TryRemove(KeyValuePair.Create(host.Service.Id, host))) FlowTelemetry.Services.Add(-1);
        }
    }

    private ServiceHost Add(ServiceHost host)
    {
        Service service = host.Service;
        if (!_hosts.TryAdd(service.Id, host)) throw new InvalidOperationException($"Service {service.Id} is there already.");
        Commands.Added(service);
        FlowTelemetry.Services.Add(1);
        return host;
    }
}
