using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OneEdge.Files;

namespace OneEdge.Storage.Recovery;

/// <summary>
/// Takes recovery snapshots of disks on the hypervisor of this process: the guest writes to a layer on top while the image below is copied to the replica,
/// then both become one again.
/// </summary>
public sealed class RecoverySnapshots
{
    private readonly IGuestDisks _guests;
    private readonly IRemoteHost _hypervisor;
    private readonly Func<string, IRemoteHost> _replicas;
    private readonly RecoveryOptions _options;
    private readonly ILogger _logger;

    /// <summary>Names the hosts.</summary>
    /// <param name="guests">The disks of the virtual machines.</param>
    /// <param name="hypervisor">The host of this process, from which copies are sent.</param>
    /// <param name="replicas">A replica by its name; <see langword="null"/> to reach it with <see cref="RecoveryOptions.Ssh"/>.</param>
    /// <param name="options">The options; <see langword="null"/> for the defaults.</param>
    /// <param name="logger">Hears of snapshots, failures, and generations that were removed.</param>
    public RecoverySnapshots(
        IGuestDisks guests, IRemoteHost hypervisor, Func<string, IRemoteHost>? replicas = null, RecoveryOptions? options = null,
        ILogger<RecoverySnapshots>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(guests);
        ArgumentNullException.ThrowIfNull(hypervisor);
        (_guests, _hypervisor, _options) = (guests, hypervisor, options ?? RecoveryOptions.Default);
        _logger = logger ?? NullLogger<RecoverySnapshots>.Instance;
        _replicas = replicas ?? (name => new SshHost(name, _options.Ssh));
    }

    /// <summary>The state of a disk; for one of which the original took snapshots, what its mark tells.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cancellationToken">Stops before reading.</param>
    public static Task<RecoveryState> ReadStateAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return RecoveryStateFile.ReadAsync(disk, cancellationToken);
    }

    /// <summary>
    /// Takes a snapshot now, after finishing what an earlier attempt left behind. The guest writes to its own image again when this returns, unless the
    /// outcome says otherwise;
    /// also after a failure and when cancelled.
    /// </summary>
    /// <param name="disk">The disk.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <returns>What came of it. Errors of the outside world are in it, not thrown.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the state says so too.</exception>
    public Task<RecoveryOutcome> TakeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return WatchAsync(
            disk, "snapshot",
            attempt => attempt.TakeAsync(new ReplicaTransfer(disk, _hypervisor, _replicas(disk.ReplicaHost), _options, _logger), cancellationToken),
            cancellationToken);
    }

    /// <summary>Brings the guest back to its own image where an earlier attempt left it on the temporary layer, and takes no snapshot.</summary>
    /// <inheritdoc cref="TakeAsync"/>
    public Task<RecoveryOutcome> FinishAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        return WatchAsync(disk, "commit", attempt => attempt.FinishAsync(cancellationToken), cancellationToken);
    }

    private async Task<RecoveryOutcome> WatchAsync(
        RecoveryDisk disk, string work, Func<SnapshotAttempt, Task> attempt, CancellationToken cancellationToken)
    {
        using StorageWatch watch = StorageWatch.Start(
            "storage.recovery", _options.TimeProvider, StorageTelemetry.RecoveryDuration, new KeyValuePair<string, object?>(StorageTelemetry.Work, work));
        watch.Tag(StorageTelemetry.Vm, disk.VmId).Tag(StorageTelemetry.Disk, disk.DiskId).Tag(StorageTelemetry.Replica, disk.ReplicaHost);
        if (work == "snapshot") RecoveryLog.SnapshotStarted(_logger, disk.VmId, disk.DiskId);
        try
        {
            RecoveryOutcome outcome = await AttemptAsync(disk, attempt, cancellationToken).ConfigureAwait(false);
            Tell(outcome, work, watch);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            RecoveryLog.SnapshotStopped(_logger, disk.VmId, disk.DiskId);
            throw;
        }
    }

    private void Tell(RecoveryOutcome outcome, string work, StorageWatch watch)
    {
        (RecoveryDisk disk, RecoveryState state) = (outcome.Disk, outcome.State);
        if (outcome.Error is { } error)
        {
            watch.Failed(error);
            DateTimeOffset retry = RecoverySchedule.NextAt(disk, state, _options.TimeProvider.GetUtcNow(), _options.Schedule);
            RecoveryLog.SnapshotFailed(_logger, disk.VmId, disk.DiskId, StorageWatch.CodeOf(error), state.Failures, retry, LogText.Of(error));
            return;
        }

        watch.Tag(StorageTelemetry.Generation, state.Generation).Done();
        if (work == "commit") RecoveryLog.CommitFinished(_logger, disk.VmId, disk.DiskId, watch.Milliseconds);
        else RecoveryLog.SnapshotTaken(_logger, disk.VmId, disk.DiskId, state.Generation, new LogText(disk.ReplicaHost), watch.Milliseconds);
    }

    private async Task<RecoveryOutcome> AttemptAsync(RecoveryDisk disk, Func<SnapshotAttempt, Task> work, CancellationToken cancellationToken)
    {
        RecoveryState state = RecoveryState.None;
        try
        {
            state = await RecoveryStateFile.ReadAsync(disk, cancellationToken).ConfigureAwait(false);
            using CrossProcessLock held = CrossProcessLock.TryAcquire(disk.Files.Lock)
                ?? throw new StorageException(StorageErrorCodes.RecoveryBusy, $"Another process takes a snapshot of {disk}.");
            var attempt = new SnapshotAttempt(disk, await RecoveryStateFile.ReadAsync(disk, cancellationToken).ConfigureAwait(false), _guests,
                _options);
            try
            {
                await work(attempt).ConfigureAwait(false);
            }
            finally
            {
                state = attempt.State;
            }

            return new RecoveryOutcome(disk, state, null);
        }
        catch (Exception e) when (e is OneEdgeException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new RecoveryOutcome(disk, state, e);
        }
    }
}
