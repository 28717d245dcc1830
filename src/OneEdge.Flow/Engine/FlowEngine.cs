using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneEdge.Flow.Engine;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>
/// Runs services: it makes their networks and virtual machines, follows what happens to them, scales them as their policies say and removes them. All that it
/// has to know stands in the documents of the services, which are those of OneFlow: it can stop at any moment, and the next one goes on.
/// </summary>
/// <remarks>
/// Of several engines on one store one works; the others wait. Which one is said by the lease of a document of its own
/// (<see cref="FlowEngineOptions.LeaseDocumentType"/>). OneFlow does not know that lease and must not run beside it. Safe for concurrent use.
/// </remarks>
public sealed partial class FlowEngine : IAsyncDisposable
{
    private readonly IOpenNebulaClient _client;
    private readonly IEventSource _events;
    private readonly IDocumentStore _documents;
    private readonly FlowEngineOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private TaskCompletionSource _active = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile EngineRun? _run;
    private Task? _loop;
    private int? _ownUserId;
    private bool _isAbandoned;
    private bool _isDisposed;

    /// <summary>Creates an engine. Nothing happens before <see cref="StartAsync"/>.</summary>
    /// <param name="client">The cloud, as a user who sees everything of it: virtual machines, networks and documents are read with it.</param>
    /// <param name="events">What happens in the cloud.</param>
    /// <param name="documents">Where the documents of services are; it is not disposed of, nor are the others.</param>
    /// <param name="options">How it works.</param>
    /// <param name="time">The clock; that of the system unless given.</param>
    /// <param name="logger">Where it says what it does.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public FlowEngine(
        IOpenNebulaClient client,
        IEventSource events,
        IDocumentStore documents,
        FlowEngineOptions? options = null,
        TimeProvider? time = null,
        ILogger<FlowEngine>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(documents);
        (_client, _events, _documents) = (client, events, documents);
        _options = FlowEngineOptions.Checked(options);
        _time = time ?? TimeProvider.System;
        _logger = (ILogger?)logger ?? NullLogger.Instance;
    }

    /// <summary>Whether it works: it holds the lease and has read all services.</summary>
    public bool IsActive => _run is not null;

    /// <summary>Documents of services that cannot be read and are left alone, by id, with the reason; empty while it does not work.</summary>
    public IReadOnlyDictionary<int, string> UnreadableDocuments => _run?.Problems ?? new Dictionary<int, string>();

    /// <summary>
    /// Starts. When another engine works it waits for that one to end, for as long as it takes; should it lose its lease later, it stops working, says so in
    /// its log and waits again.
    /// </summary>
    /// <param name="cancellationToken">Cancels waiting; it goes on by itself.</param>
    /// <returns>Ends when it works.</returns>
    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            _loop ??= Task.Run(RunAsync, CancellationToken.None);
            return _active.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops and gives the lease back. Services stay as they are, and their documents.</summary>
    public ValueTask DisposeAsync() => StopAsync();

    /// <summary>Stops as if its process had died: the lease stays taken until its time is over.</summary>
    internal ValueTask AbandonAsync()
    {
        _isAbandoned = true;
        return StopAsync();
    }

    private async ValueTask StopAsync()
    {
        Task? loop;
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            loop = _loop;
        }

        if (!_isAbandoned && _run is { } run) await run.FlushAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (loop is not null) await loop.ConfigureAwait(false);
        _active.TrySetException(new ObjectDisposedException(nameof(FlowEngine)));
        _ = _active.Task.Exception;
        _stopping.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong, it is said and tried again.")]
    private async Task RunAsync()
    {
        var backoff = new Backoff(_options, _time);
        string? holder = null;
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ownUserId ??= (await _client.Users.GetSelfAsync(_stopping.Token).ConfigureAwait(false)).Id;
                EngineLease lease = await EngineLease.AcquireAsync(_documents, _options, _time, _stopping.Token).ConfigureAwait(false);
                holder = null;
                await WorkAsync(lease, backoff).ConfigureAwait(false);
            }
            catch (DocumentLeaseException held)
            {
                if (holder != held.Current?.Holder) FlowLog.Standby(_logger, _options.Name, held.Current?.Holder, held.Current?.Expires);
                holder = held.Current?.Holder;
                await PauseAsync(_options.LeaseDuration / 3).ConfigureAwait(false);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error)
            {
                FlowLog.EngineFailed(_logger, _options.Name, error);
                await backoff.WaitAsync(_stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task PauseAsync(TimeSpan pause) => SuppressedAsync(Task.Delay(pause, _time, _stopping.Token));

    private static async Task SuppressedAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task WorkAsync(EngineLease lease, Backoff backoff)
    {
        using var run = new EngineRun(stopping => NewContext(lease, stopping), _stopping.Token);
        bool isLost = false;
        try
        {
            Task<DocumentLeaseException> keeping = lease.KeepAsync(run.Engine.Stopping);
            await run.LoadAsync().ConfigureAwait(false);
            FlowLog.Active(_logger, _options.Name, lease.Token, run.Hosts.Count);
            backoff.Reset();
            Activate(run);
            DocumentLeaseException lost = await keeping.ConfigureAwait(false);
            isLost = true;
            FlowLog.LeaseLost(_logger, _options.Name, lost.Message);
        }
        finally
        {
            Deactivate();
            await run.StopAsync(releases: !isLost && !_isAbandoned).ConfigureAwait(false);
        }
    }

    private void Activate(EngineRun run)
    {
        lock (_gate)
        {
            _run = run;
            _active.TrySetResult();
        }
    }

    private void Deactivate()
    {
        lock (_gate)
        {
            _run = null;
            if (_active.Task.IsCompleted) _active = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private EngineContext NewContext(EngineLease lease, CancellationToken stopping) => new()
    {
        Options = _options,
        Client = _client,
        Documents = _documents,
        Events = _events,
        Time = _time,
        Logger = _logger,
        Lease = lease,
        OwnUserId = _ownUserId!.Value,
        Stopping = stopping,
    };

    private EngineRun Run() => _run ?? throw new FlowEngineInactiveException();
}
