using System.Collections.Concurrent;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>The time from taking the lease to losing it or giving it back: the services, and all that works for them.</summary>
internal sealed class EngineRun : IDisposable
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping;
    private readonly RouteTable _machines;
    private readonly RouteTable _networks;
    private readonly CommandRunner _commands;
    private readonly EventRouter _events;
    private readonly UnsureServices _unsure = new();
    private readonly ConcurrentDictionary<int, string> _problems = new();
    private Task[] _loops = [];

    public EngineRun(Func<CancellationToken, EngineContext> context, CancellationToken stopping)
    {
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Engine = context(_stopping.Token);
        Hosts = new ServiceHosts(Engine);
        Ownership = new Ownership(Engine);
        _machines = new RouteTable(Hosts, Engine.Options, Engine.Time);
        _networks = new RouteTable(Hosts, Engine.Options, Engine.Time);
        _commands = new CommandRunner(Engine, Hosts, _machines, _networks, _unsure);
        Hosts.Commands = _commands;
        _events = new EventRouter(Engine, Hosts, _machines, _networks, _commands.Look);
    }

    public EngineContext Engine { get; }

    public ServiceHosts Hosts { get; }

    public Ownership Ownership { get; }

    /// <summary>Documents that are left alone, with the reason.</summary>
    public IReadOnlyDictionary<int, string> Problems => _problems;

    /// <summary>Reads every service and takes it over; from then on all is running.</summary>
    public async Task LoadAsync()
    {
        var watching = Task.Run(_events.RunAsync, CancellationToken.None);
        await _events.StartedAsync().ConfigureAwait(false);
        await foreach (StoredDocument document in Engine.Documents.ListAsync(DocumentType.Service, Engine.Stopping).ConfigureAwait(false)) Load(document);
        _loops =
        [
            watching,
            Task.Run(new ResyncLoop(Engine, Hosts, _unsure).RunAsync, CancellationToken.None),
            Task.Run(new DocumentLoop(Engine, Hosts).RunAsync, CancellationToken.None),
            Task.Run(new AutoscalerLoop(Engine, Hosts).RunAsync, CancellationToken.None),
        ];
    }

    /// <summary>Writes what was not written yet, unless that takes too long.</summary>
    public Task FlushAsync() => Hosts.FlushAsync().WaitAsync(LongestWrite).ContinueWith(
        static flushed => _ = flushed.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Stops everything; what was begun and not written is found again by the next one.</summary>
    /// <param name="releases">Whether the lease is given back.</param>
    public async Task StopAsync(bool releases)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        Hosts.Stop();
        await Task.WhenAll(_loops).ConfigureAwait(false);

        // Whoever comes next must not meet a write of this one.
        bool isQuiet = true;
        for (int i = 0; i < Engine.Options.MaxConcurrentWrites && isQuiet; i++) isQuiet = await Hosts.Writes.WaitAsync(LongestWrite).ConfigureAwait(false);
        if (!releases || !isQuiet) return;
        try
        {
            await Engine.Lease.ReleaseAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (OpenNebulaException)
        {
            // It ends with its time.
        }
    }

    public void Dispose() => _stopping.Dispose();

    private void Load(StoredDocument document)
    {
        Service? service = DocumentReading.Read(document, out string? problem);
        if (service is null)
        {
            FlowLog.DocumentUnreadable(Engine.Logger, document.Id, problem!);
            _problems[document.Id] = problem!;
        }
        else if (service.State != ServiceState.Done)
        {
            Hosts.Add(service, document.Version).Post(new ServiceResumed());
        }
    }
}
