using System.Globalization;
using System.Text.Json;

namespace OneEdge.Storage.Recovery;

/// <summary>The disks of qemu processes, through their monitors (QMP) on this machine, without libvirt.</summary>
public sealed class QmpGuestDisks : IGuestDisks
{
    private static readonly TimeSpan JobPoll = TimeSpan.FromMilliseconds(100);

    private readonly QmpOptions _options;

    /// <summary>Says how monitors are reached.</summary>
    /// <param name="options">How.</param>
    public QmpGuestDisks(QmpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    public async Task<GuestDiskStatus> GetStatusAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        string path = _options.MonitorSocket(disk.VmId);
        if (!File.Exists(path)) return new GuestDiskStatus(GuestDiskLayer.None, $"there is no monitor '{path}'");
        using QmpMonitor monitor = await ConnectAsync(disk, cancellationToken).ConfigureAwait(false);
        return await FindAsync(monitor, disk, cancellationToken).ConfigureAwait(false) is { } active
            ? new GuestDiskStatus(GuestDiskStatus.LayerOf(disk, active.File), active.File)
                : new GuestDiskStatus(GuestDiskLayer.None, "it does not have the disk");
    }

    /// <inheritdoc/>
    public async Task<bool> FreezeAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        using QmpMonitor monitor = await ConnectAsync(disk, cancellationToken).ConfigureAwait(false);
        (string node, _) = await FindAsync(monitor, disk, cancellationToken).ConfigureAwait(false)
            ?? throw new StorageException(StorageErrorCodes.GuestDisk, $"{disk} is not among the disks of its machine.");
        using GuestAgent? agent = _options.GuestAgentSocket?.Invoke(disk.VmId) is { } socket
            ? await GuestAgent.TryFreezeAsync(socket, _options, cancellationToken).ConfigureAwait(false) : null;
        try
        {
            // Once sent it cannot be taken back: its end is waited for, so that whoever cancels finds the layer to commit.
            await monitor.ExecuteAsync(
                "blockdev-snapshot-sync", CancellationToken.None, ("node-name", node), ("snapshot-file", disk.TemporaryFile), ("snapshot-node-name",
                    NodeName(disk)), ("format", "qcow2"), ("mode", "absolute-paths"))
                .ConfigureAwait(false);
        }
        finally
        {
            if (agent is not null) await agent.ThawAsync().ConfigureAwait(false);
        }

        return agent is not null;
    }

    /// <inheritdoc/>
    public async Task CommitAsync(RecoveryDisk disk, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disk);
        using QmpMonitor monitor = await ConnectAsync(disk, cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(_options.CommitTimeout, _options.TimeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (!await FinishJobAsync(monitor, disk, both.Token).ConfigureAwait(false)
                && await IsTemporaryAsync(monitor, disk, both.Token).ConfigureAwait(false))
            {
                await StartJobAsync(monitor, disk, both.Token).ConfigureAwait(false);
                await FinishJobAsync(monitor, disk, both.Token).ConfigureAwait(false);
            }

            if (!await IsTemporaryAsync(monitor, disk, both.Token).ConfigureAwait(false)) return;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StorageException(StorageErrorCodes.CommitPending, $"The commit of {disk} took longer than {_options.CommitTimeout}.");
        }

        string reason = monitor.Events.Select(item => ErrorOf(item, disk)).LastOrDefault(text => text is not null) ?? "qemu gave no reason.";
        throw new StorageException(StorageErrorCodes.CommitPending, $"{disk} still writes to its temporary layer: {reason}");
    }

    private static string JobName(RecoveryDisk disk) => string.Create(CultureInfo.InvariantCulture, $"oneedge-commit-{disk.VmId}-{disk.DiskId}");

    // The node goes with the commit, and the name is free again.
    private static string NodeName(RecoveryDisk disk) => string.Create(CultureInfo.InvariantCulture, $"oneedge-rs-{disk.VmId}-{disk.DiskId}");

    private static string? ErrorOf(JsonElement item, RecoveryDisk disk) =>
        item.TryGetProperty("data", out JsonElement data) && data.TryGetProperty("device", out JsonElement job) && job.ValueKind == JsonValueKind.String
            && job.GetString() == JobName(disk)
        && data.TryGetProperty("error", out JsonElement error) ? error.ToString() : null;

    private static async Task<(string Node, string File)?> FindAsync(QmpMonitor monitor, RecoveryDisk disk, CancellationToken cancellationToken) =>
        QmpBlocks.Active(await monitor.ExecuteAsync("query-block", cancellationToken).ConfigureAwait(false), disk);

    private static async Task<bool> IsTemporaryAsync(QmpMonitor monitor, RecoveryDisk disk, CancellationToken cancellationToken) =>
        await FindAsync(monitor, disk, cancellationToken).ConfigureAwait(false) is { } active
            && GuestDiskStatus.LayerOf(disk, active.File) == GuestDiskLayer.Temporary;

    private static async Task StartJobAsync(QmpMonitor monitor, RecoveryDisk disk, CancellationToken cancellationToken)
    {
        (string top, _) = (await FindAsync(monitor, disk, cancellationToken).ConfigureAwait(false))!.Value;
        JsonElement nodes = await monitor.ExecuteAsync("query-named-block-nodes", cancellationToken).ConfigureAwait(false);
        string below = QmpBlocks.NodeOf(nodes, disk, GuestDiskLayer.Overlay)
            ?? throw new StorageException(StorageErrorCodes.CommitPending,
                $"{disk} writes to its temporary layer, but qemu has no node for '{disk.OverlayFile}'.");
        await monitor.ExecuteAsync("block-commit", cancellationToken, ("job-id", JobName(disk)), ("device", top), ("base-node", below)).ConfigureAwait(false);
    }

    // Asking again and again, because the event that a job is ready may have gone to an earlier connection.
    private async Task<bool> FinishJobAsync(QmpMonitor monitor, RecoveryDisk disk, CancellationToken cancellationToken)
    {
        for (bool isFound = false, isAsked = false; ; isFound = true)
        {
            JsonElement jobs = await monitor.ExecuteAsync("query-block-jobs", cancellationToken).ConfigureAwait(false);
            JsonElement job = jobs.EnumerateArray().FirstOrDefault(item => item.GetProperty("device").GetString() == JobName(disk));
            if (job.ValueKind == JsonValueKind.Undefined) return isFound;
            if (!isAsked && job.GetProperty("ready").GetBoolean())
            {
                await monitor.ExecuteAsync("block-job-complete", cancellationToken, ("device", JobName(disk))).ConfigureAwait(false);
                isAsked = true;
            }
            else
            {
                await Task.Delay(JobPoll, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private Task<QmpMonitor> ConnectAsync(RecoveryDisk disk, CancellationToken cancellationToken) =>
        QmpMonitor.ConnectAsync(_options.MonitorSocket(disk.VmId), _options, cancellationToken);
}
