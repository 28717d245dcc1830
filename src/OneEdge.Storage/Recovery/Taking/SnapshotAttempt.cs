namespace OneEdge.Storage.Recovery;

/// <summary>
/// One attempt at a snapshot. Its state is written before each step that it tells of, so that whoever comes after a crash knows what may be unfinished.
/// </summary>
internal sealed class SnapshotAttempt(RecoveryDisk disk, RecoveryState state, IGuestDisks guests, RecoveryOptions options)
{
    private TimeProvider Time => options.TimeProvider;

    public RecoveryState State { get; private set; } = state;

    /// <summary>Finishes what was left behind and takes a snapshot.</summary>
    public Task TakeAsync(ReplicaTransfer transfer, CancellationToken cancellationToken) => AttemptAsync(
        async () =>
        {
            DiskImageInfo overlay = await RecoveryDiskCheck.CheckAsync(disk, cancellationToken).ConfigureAwait(false);
            await ClearAsync(cancellationToken).ConfigureAwait(false);
            // Whatever may take long or fail without the snapshot comes before it.
            await transfer.PrepareAsync(await DigestBaseAsync(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            RecoveryRoom.CheckHypervisor(disk, overlay.VirtualSize, options);
            await FreezeAndSendAsync(transfer, cancellationToken).ConfigureAwait(false);
        });

    /// <summary>Finishes what was left behind, and no more.</summary>
    public Task FinishAsync(CancellationToken cancellationToken) => AttemptAsync(
        async () =>
        {
            await ClearAsync(cancellationToken).ConfigureAwait(false);
            State = State with { Failures = 0, LastError = null };
        });

    private async Task AttemptAsync(Func<Task> work)
    {
        State = State.Begin(Time.GetUtcNow());
        await SaveAsync().ConfigureAwait(false);
        try
        {
            await work().ConfigureAwait(false);
            RecoveryStateFile.WriteMark(disk, State.LastSuccess);
            await SaveAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            State = State.Fail(e.Message);
            // The mark is that of the last success again: a host that runs the original tries at once, not a period later.
            if (!State.PendingCommit && File.Exists(disk.TemporaryFile)) RecoveryStateFile.WriteMark(disk, State.LastSuccess);
            await SaveAsync().ConfigureAwait(false);
            throw;
        }
    }

    // Whatever the state says: what counts is where the guest writes.
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        GuestDiskStatus status = await guests.GetStatusAsync(disk, cancellationToken).ConfigureAwait(false);
        switch (status.Layer)
        {
            case GuestDiskLayer.None:
                throw new StorageException(StorageErrorCodes.GuestNotRunning, $"VM {disk.VmId} is not running, or not with this disk: {status.Detail}.");
            case GuestDiskLayer.Other:
                throw new StorageException(StorageErrorCodes.RecoveryLayout, $"{disk} writes to '{status.Detail}', of which no snapshots are taken.");
            case GuestDiskLayer.Temporary:
                State = State with { PendingCommit = true };
                await CommitAsync(cancellationToken).ConfigureAwait(false);
                break;
            default:
                State = State with { PendingCommit = false };
                break;
        }

        // Nobody writes it now.
        File.Delete(disk.TemporaryFile);
    }

    private async Task FreezeAndSendAsync(ReplicaTransfer transfer, CancellationToken cancellationToken)
    {
        State = State with { PendingCommit = true };
        await SaveAsync().ConfigureAwait(false);
        try
        {
            bool isQuiesced = await guests.FreezeAsync(disk, cancellationToken).ConfigureAwait(false);
            DateTimeOffset taken = Time.GetUtcNow();
            State = State.Succeed(taken, await transfer.SendAsync(taken, isQuiesced, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            // Also when cancelled: the caller is waiting for nothing else, and the guest must not be left on the layer.
            await CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await guests.CommitAsync(disk, cancellationToken).ConfigureAwait(false);
            State = State with { PendingCommit = false };
        }
        catch (StorageException e)
        {
            // The snapshot may be good, yet there is work left that must not wait for a period.
            State = State with { Failures = Math.Max(1, State.Failures) };
            throw new StorageException(StorageErrorCodes.CommitPending,
                $"The guest of {disk} still writes to '{disk.TemporaryFile}'; the commit is tried again: {e.Message}", e);
        }
    }

    // The base never changes between deployments; reading it once is enough as long as its length and time are the same.
    private async Task<FileDigest> DigestBaseAsync(CancellationToken cancellationToken)
    {
        var file = new FileInfo(disk.BaseFile);
        if (State.Base is { } known && known.Length == file.Length && known.Modified == new DateTimeOffset(file.LastWriteTimeUtc)) return known;
        FileDigest digest = await ChainVerifier.DigestAsync(disk.BaseFile, cancellationToken).ConfigureAwait(false);
        State = State with { Base = digest };
        return digest;
    }

    private Task SaveAsync() => RecoveryStateFile.WriteAsync(disk, State);
}
