using System.Globalization;
using OneEdge.Commands;

namespace OneEdge.Storage.Replicas;

/// <summary>Looks up on hosts what an action has to know before it is planned, and changes nothing of theirs but one empty file for a moment.</summary>
internal sealed class TransferInspector(IRemoteHosts hosts, TransferSettings settings)
{
    public async Task<TransferObservations> ObserveAsync(TransferRequest request, CancellationToken cancellationToken) => request.Action switch
    {
        TransferAction.Clone or TransferAction.Ln => await CloneAsync(request, cancellationToken).ConfigureAwait(false),
        TransferAction.MkImage or TransferAction.MkSwap => await FormerAsync(request, request.Source.DiskId, "", cancellationToken).ConfigureAwait(false),
        TransferAction.Mv => await MoveAsync(request, cancellationToken).ConfigureAwait(false),
        TransferAction.Mvds or TransferAction.Cpds =>
            new TransferObservations { IsChain = await IsChainAsync(request, cancellationToken).ConfigureAwait(false) },
        TransferAction.SnapCreate or TransferAction.SnapCreateLive =>
            new TransferObservations { IsReplicaReachable = await IsReachableAsync(request.Facts.ReplicaHost(), cancellationToken).ConfigureAwait(false) },
        TransferAction.SnapRevert => new TransferObservations
        {
            IsReplicaReachable = await IsReachableAsync(request.Facts.ReplicaHost(), cancellationToken).ConfigureAwait(false),
            IsChain = await IsChainAsync(request, cancellationToken).ConfigureAwait(false),
        },
        _ => new TransferObservations(),
    };

    private async Task<TransferObservations> CloneAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        TransferObservations seen = await FormerAsync(request, request.Destination?.DiskId, request.Source.Path, cancellationToken).ConfigureAwait(false);
        if (request.Facts.ReplicaHost() is null || request.Destination?.DiskId is not { } id) return seen;
        VmFacts vm = request.Facts.Vm;
        if (vm.Disk(id).RecoverySnapshotFrequency is null || (seen.HasRecoverySnapshot && !vm.IsAttaching)) return seen;
        string format = await AskAsync(request.Source.Host, "look-at-format", DiskScripts.Format, cancellationToken, request.Source.Path).ConfigureAwait(false);
        return seen with { ImageFormat = format };
    }

    /// <summary>What the replica has under the number of a disk that is to be made.</summary>
    private async Task<TransferObservations> FormerAsync(TransferRequest request, int? diskId, string image, CancellationToken cancellationToken)
    {
        if (request.Facts.ReplicaHost() is not { } replica || diskId is not { } id) return new TransferObservations();
        try
        {
            string recovery = settings.Layout().RecoveryDisk(request.Facts.Vm.Id, id).Disk;
            string found = await AskAsync(
                replica, "look-for-recovery-snapshot", DiskScripts.HasRecoverySnapshot, cancellationToken, recovery, image).ConfigureAwait(false);
            return new TransferObservations { HasRecoverySnapshot = found == "yes", HasFormerRecovery = found == "former" };
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostUnreachable)
        {
            return new TransferObservations { IsReplicaReachable = false };
        }
    }

    private async Task<TransferObservations> MoveAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        (HostPath source, HostPath? destination) = (request.Source, request.Destination);
        if (destination is null || destination.DiskId is not null) return new TransferObservations();
        string word = await AskAsync(source.Host, "look-at-monitor", DiskScripts.MonitorWord, cancellationToken, source.Parent().Path).ConfigureAwait(false);
        return new TransferObservations
        {
            MonitorWord = word.Length > 0 ? word : null,
            IsSharedDirectory = source.Path == destination.Path && await IsSharedAsync(source, destination, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<bool> IsSharedAsync(HostPath source, HostPath destination, CancellationToken cancellationToken)
    {
        if (source.Host == destination.Host) return true;
        CommandResult touched = await hosts.Get(destination.Host).RunAsync(
            new HostScript("touch", DiskScripts.Touch, destination.Parent().Path), cancellationToken).ConfigureAwait(false);
        string file = touched.StandardOutput[..^1];
        try
        {
            return await AskAsync(source.Host, "look", DiskScripts.Exists, cancellationToken, file).ConfigureAwait(false) == "yes";
        }
        finally
        {
            await hosts.Get(destination.Host).RunAsync(new HostScript("remove", DiskScripts.Remove, file), CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task<bool> IsChainAsync(TransferRequest request, CancellationToken cancellationToken)
    {
        string snapshot = request.Action == TransferAction.Cpds && request.SnapshotId is { } id ? id.ToString(CultureInfo.InvariantCulture) : "";
        return await AskAsync(
            request.Source.Host, "look-at-chain", DiskScripts.IsChain, cancellationToken, request.Source.Path, snapshot).ConfigureAwait(false) == "yes";
    }

    private async Task<bool> IsReachableAsync(string? host, CancellationToken cancellationToken)
    {
        if (host is null) return true;
        try
        {
            await hosts.Get(host).RunAsync(new HostScript("look", "true"), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (HostException e) when (e.Code == StorageErrorCodes.HostUnreachable)
        {
            return false;
        }
    }

    private async Task<string> AskAsync(string host, string name, string script, CancellationToken cancellationToken, params string[] arguments) =>
        (await hosts.Get(host).RunAsync(new HostScript(name, script, arguments), cancellationToken).ConfigureAwait(false)).StandardOutput.Trim();
}
