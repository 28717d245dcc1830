using OneEdge.Commands;

namespace OneEdge.Storage.Replicas;

/// <summary>Carries out single steps, and keeps the leases that one step takes for the next until the plan ends.</summary>
internal sealed class StepRunner(IRemoteHosts hosts, ReplicaCache cache) : IAsyncDisposable
{
    private const int CopyAttempts = 3;
    private readonly DiskCopier _copier = new(hosts);
    private readonly Dictionary<string, ReplicaLease> _leases = new(StringComparer.Ordinal);
    private string _state = "";

    public Task RunAsync(TransferStep step, Action<long, long?> progress, CancellationToken cancellationToken) => step switch
    {
        SyncToReplicaStep sync => LeaseAsync(sync.Image, sync.ReplicaHost, sync.Replica, progress, cancellationToken),
        CopyDiskStep { CachedImage: not null } copy => CopyCachedAsync(copy, progress, cancellationToken),
        CopyDiskStep copy => _copier.RunAsync(CopyOf(copy), progress, cancellationToken),
        CopyTreeStep copy => _copier.RunAsync(new DiskCopier.Copy(copy.Source, copy.Destination, copy.Route) { IsTree = true }, progress, cancellationToken),
        CopySnapshotsStep copy => CopySnapshotsAsync(copy, progress, cancellationToken),
        StoreRecoveryBaseStep store => StoreBaseAsync(store, progress, cancellationToken),
        _ => RunScriptAsync(step, cancellationToken),
    };

    /// <summary>How a step left the subject of its plan, in one line; nothing when no step has touched it yet.</summary>
    public async Task<string> StateAfterAsync(TransferStep step, HostPath? subject, CancellationToken cancellationToken)
    {
        if (subject is not null
            && step is not (MakeDirectoryStep or MarkMonitoredStep or SyncToReplicaStep or StoreRecoveryBaseStep or ForgetRecoveryStep or CheckSnapshotStep))
            _state = await StateAsync(subject, cancellationToken).ConfigureAwait(false);
        return _state;
    }

    /// <summary>Whether the subject of a plan is as the last finished step of a former run left it.</summary>
    public async Task<bool> IsAsLeftAsync(HostPath? subject, string state, CancellationToken cancellationToken)
    {
        _state = state;
        return state.Length == 0 || (subject is not null && await StateAsync(subject, cancellationToken).ConfigureAwait(false) == state);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ReplicaLease lease in _leases.Values) await lease.DisposeAsync().ConfigureAwait(false);
        _leases.Clear();
    }

    private async Task<string> StateAsync(HostPath path, CancellationToken cancellationToken) =>
        (await hosts.Get(path.Host).RunAsync(
            new HostScript("look", DiskScripts.State, path.Path), cancellationToken).ConfigureAwait(false)).StandardOutput.Trim();

    private async Task<ReplicaLease> LeaseAsync(
        HostPath image, string replica, CopyRoute route, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        if (_leases.TryGetValue(image.Path, out ReplicaLease? held) && !held.Lost.IsCancellationRequested) return held;
        await ReleaseAsync(image).ConfigureAwait(false);
        ReplicaLease lease = await cache.EnsureAsync(image, replica, route, progress, cancellationToken).ConfigureAwait(false);
        _leases.Add(image.Path, lease);
        return lease;
    }

    private async Task ReleaseAsync(HostPath image)
    {
        if (_leases.Remove(image.Path, out ReplicaLease? lease)) await lease.DisposeAsync().ConfigureAwait(false);
    }

    private async Task CopyCachedAsync(CopyDiskStep step, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        HostPath image = step.CachedImage!;
        string replica = step.Source.Host;
        for (int attempt = 1; ; attempt++)
        {
            ReplicaLease lease = await LeaseAsync(image, replica, step.CacheRoute!, progress, cancellationToken).ConfigureAwait(false);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
            try
            {
                await _copier.RunAsync(CopyOf(step) with { Digest = lease.Image.Digest }, progress, both.Token).ConfigureAwait(false);
                return;
            }
            catch (StorageException e) when (e.Code == StorageErrorCodes.TransferCorrupt && attempt < CopyAttempts)
            {
                // Damaged in the cache, or replaced by a front-end that runs the original: either way it is to be copied again.
                await cache.InvalidateAsync(image, lease.Image.Digest, replica, cancellationToken).ConfigureAwait(false);
                await ReleaseAsync(image).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                await ReleaseAsync(image).ConfigureAwait(false);
                if (attempt == CopyAttempts) throw new StorageException(
                    StorageErrorCodes.ReplicaLockLost, $"The lease of {image} on replica {replica} could not be renewed.");
            }
        }
    }

    private async Task CopySnapshotsAsync(CopySnapshotsStep step, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        HostPath source = step.Source.At(new DiskFiles(step.Source.Path).SnapshotDirectory);
        CommandResult exists = await hosts.Get(source.Host).RunAsync(
            new HostScript("look", DiskScripts.Exists, source.Path), cancellationToken).ConfigureAwait(false);
        if (exists.StandardOutput.Trim() != "yes") return;
        HostPath destination = step.Destination.At(new DiskFiles(step.Destination.Path).SnapshotDirectory);
        await _copier.RunAsync(new DiskCopier.Copy(source, destination, step.Route) { IsTree = true }, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task StoreBaseAsync(StoreRecoveryBaseStep step, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        HostPath disk = step.RecoveryDisk;
        await hosts.Get(disk.Host).RunAsync(new HostScript("prepare-recovery-base", DiskScripts.PrepareRecoveryBase, disk.Path, step.OriginImage ?? ""),
            cancellationToken).ConfigureAwait(false);
        var copy = new DiskCopier.Copy(step.Source, disk.At(new DiskFiles(disk.Path).Base), step.Route);
        await _copier.RunAsync(copy, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunScriptAsync(TransferStep step, CancellationToken cancellationToken)
    {
        (HostPath where, HostScript script) = StepScripts.Of(step);
        await hosts.Get(where.Host).RunAsync(script, cancellationToken).ConfigureAwait(false);
    }

    private static DiskCopier.Copy CopyOf(CopyDiskStep step) => new(step.Source, step.Destination, step.Route)
    {
        WithSnapshots = step.WithSnapshots,
        Sparse = step.Sparse,
        IsChain = step.IsChain,
    };
}
