using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>What all requests share.</summary>
internal sealed class OneFlowServer : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly Lazy<FlowEngine> _engine;
    private long _writers;

    public OneFlowServer(IServiceProvider services, IOptions<OneFlowServerOptions> options, ILogger<OneFlowServer> logger)
    {
        _services = services;
        Options = OneFlowServerOptions.Checked(options.Value);
        Logger = logger;
        DefaultCooldown = (int)(services.GetService<IOptions<FlowEngineOptions>>()?.Value.Machine ?? MachineSettings.Default).DefaultCooldown.TotalSeconds;
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        _engine = new Lazy<FlowEngine>(services.GetRequiredService<FlowEngine>);
        Callers = new CallerCache(new CallerConnector(services, Options, Time), Options, Time);
        Streams = new EventStreams(Options.MaxEventStreams);
        Health = new CloudHealth(this);
    }

    public OneFlowServerOptions Options { get; }

    public ILogger Logger { get; }

    /// <summary>The cooldown of roles that do not say it, in seconds.</summary>
    public int DefaultCooldown { get; }

    public TimeProvider Time { get; }

    public FlowEngine Engine => _engine.Value;

    /// <summary>The cloud as the user of the engine; only health asks it.</summary>
    public IOpenNebulaClient Cloud => _services.GetRequiredService<IOpenNebulaClient>();

    public CallerCache Callers { get; }

    public EventStreams Streams { get; }

    public CloudHealth Health { get; }

    /// <summary>The client that acts as an owner.</summary>
    /// <param name="owner">The owner.</param>
    /// <param name="delegated">What does so when the owner is not among the callers.</param>
    public IOpenNebulaClient ClientOf(ServiceOwner owner, IOpenNebulaClient delegated)
    {
        using CallerLease? lease = Callers.Find(owner.UserId);
        return lease is null ? delegated : new OpenNebulaClient(new OwnerRpc(Callers, owner, delegated.Rpc), time: Time);
    }

    /// <summary>A name for one who changes documents.</summary>
    public string NextWriter() => string.Create(CultureInfo.InvariantCulture, $"{Options.Name}:{Interlocked.Increment(ref _writers)}");

    public void Dispose() => Callers.Dispose();
}
