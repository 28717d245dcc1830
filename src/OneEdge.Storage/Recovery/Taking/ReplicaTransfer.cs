using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Storage.Recovery;

/// <summary>Copies the overlay of one disk, while it stands still, from the hypervisor to the replica, as a generation of its own.</summary>
internal sealed class ReplicaTransfer(RecoveryDisk disk, IRemoteHost hypervisor, IRemoteHost replica, RecoveryOptions options, ILogger? logger = null)
{
    private readonly ILogger _logger = logger ?? NullLogger.Instance;
    private readonly string _shell = RsyncShell.Of(options.Ssh);
    private readonly DiskFiles _there = DiskFiles.In(DatastoreLayout.VmDirectory(options.StoreDirectory, disk.VmId), disk.DiskId);
    private ReplicaStatus? _status;
    private FileDigest? _base;

    /// <summary>Brings the replica to where only the overlay is missing: also the base, when it has none or another one.</summary>
    /// <param name="below">The digest of the base on the hypervisor.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="StorageException">The replica cannot be reached, or has no room.</exception>
    public Task PrepareAsync(FileDigest below, CancellationToken cancellationToken) => MakingRoomAsync(
        async () =>
        {
            var script = new HostScript("prepare", ReplicaScripts.Prepare, _there.Directory, _there.Name);
            _status = ReplicaStatus.Parse((await replica.RunAsync(script, cancellationToken).ConfigureAwait(false)).StandardOutput);
            _base = below;
            await CheckRoomAsync(_status, _status.BaseSha256 != below.Sha256, cancellationToken).ConfigureAwait(false);
            if (_status.BaseSha256 != below.Sha256) await CopyAsync(disk.BaseFile, _status, null, cancellationToken).ConfigureAwait(false);
        },
        disk.BaseFile,
        cancellationToken);

    /// <summary>Copies, verifies, publishes.</summary>
    /// <param name="taken">The moment that the overlay shows.</param>
    /// <param name="isQuiesced">Whether the guest wrote out its caches before.</param>
    /// <param name="cancellationToken">Stops the copy; what arrived is of use to the next one.</param>
    /// <returns>The number of the generation.</returns>
    /// <exception cref="StorageException">The copy failed. What the replica had before is untouched.</exception>
    public async Task<long> SendAsync(DateTimeOffset taken, bool isQuiesced, CancellationToken cancellationToken)
    {
        if (_status is not { } status) throw new InvalidOperationException("Prepare first.");
        long generation = status.Generation + 1;
        // A chain that is broken here must not replace one that is whole there.
        await ChainVerifier.VerifyAsync(disk.Files, cancellationToken).ConfigureAwait(false);
        Task<FileDigest> digesting = ChainVerifier.DigestAsync(disk.OverlayFile, cancellationToken);
        try
        {
            await MakingRoomAsync(
                async () =>
                {
                    await CopyAsync(disk.OverlayFile, status, status.Basis, cancellationToken).ConfigureAwait(false);
                    await PublishAsync(Manifest(generation, taken, isQuiesced, await digesting.ConfigureAwait(false), _base!), status.Incoming,
                        cancellationToken).ConfigureAwait(false);
                },
                disk.OverlayFile,
                cancellationToken).ConfigureAwait(false);
            return generation;
        }
        finally
        {
            // Its failure, if any, is that of the copy too; it must not stay unobserved.
            await ((Task)digesting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // What an interrupted copy left is of no use where there is no room for the rest.
    private async Task CheckRoomAsync(ReplicaStatus status, bool needsBase, CancellationToken cancellationToken)
    {
        long copied = StoreNames.SizeOf(disk.OverlayFile) + (needsBase ? StoreNames.SizeOf(disk.BaseFile) : 0);
        if (RecoveryRoom.Missing(status.Free, copied, options) is not { } needed) return;
        var script = new HostScript("make-room", ReplicaScripts.MakeRoom, _there.Directory, _there.Name, needed.ToString(CultureInfo.InvariantCulture));
        await replica.RunAsync(script, cancellationToken).ConfigureAwait(false);
        throw RecoveryRoom.None(disk, $"replica '{replica.Name}'", _there.Directory, status.Free, needed, nameof(RecoveryOptions.ReplicaReserve));
    }

    // What arrived is kept for the next attempt, but not where it fills the disk of everybody. What the receiver says of a full disk may be lost with its
    // connection, so it is asked.
    private async Task MakingRoomAsync(Func<Task> work, string file, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostCommand)
        {
            string needed = StoreNames.SizeOf(file).ToString(CultureInfo.InvariantCulture);
            string answer = (await replica.RunAsync(new HostScript("make-room", ReplicaScripts.MakeRoom, _there.Directory, _there.Name, needed),
                cancellationToken).ConfigureAwait(false)).StandardOutput;
            if (!answer.StartsWith("full ", StringComparison.Ordinal)) throw;
            throw new StorageException(
                StorageErrorCodes.ReplicaFull,
                    $"The replica '{replica.Name}' has no room for {disk}: {answer["full ".Length..].Trim()} bytes are free, and {needed} are needed.", e);
        }
    }

    private RecoveryManifest Manifest(long generation, DateTimeOffset taken, bool isQuiesced, FileDigest digest, FileDigest below) => new()
    {
        VmId = disk.VmId,
        DiskId = disk.DiskId,
        Generation = generation,
        Taken = taken,
        IsQuiesced = isQuiesced,
        Sha256 = digest.Sha256,
        Length = digest.Length,
        BaseSha256 = below.Sha256,
        BaseLength = below.Length,
    };

    private async Task PublishAsync(RecoveryManifest manifest, string incoming, CancellationToken cancellationToken)
    {
        string[] words =
        [
            _there.Directory, _there.Name, manifest.Generation.ToString(CultureInfo.InvariantCulture), manifest.Sha256, manifest.BaseSha256,
            JsonSerializer.Serialize(manifest, RecoveryJson.Default.RecoveryManifest), Keep().ToString(CultureInfo.InvariantCulture), incoming,
        ];
        try
        {
            string answer = (await replica.RunAsync(
                new HostScript("publish", ReplicaScripts.Publish, words), cancellationToken).ConfigureAwait(false)).StandardOutput;
            foreach (long removed in ReplicaStatus.Removed(answer))
                RecoveryLog.GenerationRemoved(_logger, disk.VmId, disk.DiskId, removed, new LogText(replica.Name));
            File.Delete(disk.Files.NewMark);
        }
        catch (HostException e) when (e.ExitCode is ReplicaScripts.Differs or ReplicaScripts.BaseGone)
        {
            throw new StorageException(StorageErrorCodes.TransferCorrupt,
                $"The copy of {_there.Name} on '{replica.Name}' is not what was sent: {e.ErrorText.Trim()}", e);
        }
    }

    // What the replica has when a disk is new is of the disk that had its number before: made while the replica could not be told.
    private int Keep() => File.Exists(disk.Files.NewMark) ? 1 : Math.Max(1, options.KeepGenerations);

    private async Task CopyAsync(string file, ReplicaStatus status, string? basis, CancellationToken cancellationToken)
    {
        string seconds = Math.Max(1, (int)options.StallTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var script = new HostScript("send", ReplicaScripts.Send, options.Rsync, file, replica.Name, status.Incoming, seconds, _shell, _there.Partial,
            basis ?? "")
        { ForwardsAgent = true };
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await hypervisor.RunAsync(script, cancellationToken).ConfigureAwait(false);
                StorageTelemetry.CopiedBytes.Add(StoreNames.SizeOf(file), new KeyValuePair<string, object?>(StorageTelemetry.Way, "recovery"));
                return;
            }
            catch (HostException e) when (attempt < options.TransferAttempts && IsBrokenConnection(e))
            {
                await Task.Delay(options.TransferRetryDelay, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // 10 socket, 12 protocol stream, 30 and 35 time-outs, 255 of ssh. A full disk ends the stream too; if that is told, there is no use in trying again.
    private static bool IsBrokenConnection(HostException e) =>
        e.ExitCode is 10 or 12 or 30 or 35 or 255 && !e.ErrorText.Contains("No space left on device", StringComparison.Ordinal);
}
