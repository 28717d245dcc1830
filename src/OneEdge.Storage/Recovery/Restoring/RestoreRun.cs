using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace OneEdge.Storage.Recovery;

/// <summary>One restore being carried out, and told of.</summary>
internal sealed class RestoreRun(RestorePlan plan, IRemoteHost replica, IRemoteHost hypervisor, ILogger logger)
{
    public async IAsyncEnumerable<RestoreStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RecoveryChain chain = plan.Chain;
        using StorageWatch watch = StorageWatch.Start("storage.restore", TimeProvider.System)
            .Tag(StorageTelemetry.Vm, chain.VmId).Tag(StorageTelemetry.Disk, chain.DiskId).Tag(StorageTelemetry.Generation, chain.Generation)
            .Tag(StorageTelemetry.Replica, plan.Replica);
        var host = new LogText(hypervisor.Name);
        RecoveryLog.RestoreStarted(logger, chain.VmId, chain.DiskId, new LogText(plan.Target.VmDirectory), host, new LogText(chain));
        foreach (RestoreStep step in plan.Steps)
        {
            await RunAsync(step, watch, cancellationToken).ConfigureAwait(false);
            yield return step;
        }

        watch.Done();
        RecoveryLog.RestoreFinished(logger, chain.VmId, chain.DiskId, host, watch.Milliseconds);
    }

    private async Task RunAsync(RestoreStep step, StorageWatch watch, CancellationToken cancellationToken)
    {
        watch.Resume();
        try
        {
            await (step.Where == RestoreHost.Replica ? replica : hypervisor).RunAsync(step.Script, cancellationToken).ConfigureAwait(false);
        }
        catch (HostException e)
        {
            StorageException meaning = Meaning(e);
            watch.Failed(meaning);
            RecoveryLog.RestoreFailed(
                logger, plan.Chain.VmId, plan.Chain.DiskId, new LogText(hypervisor.Name), StorageWatch.CodeOf(meaning), LogText.Of(meaning));
            if (meaning != e) throw meaning;
            throw;
        }
    }

    private StorageException Meaning(HostException error) => error.ExitCode switch
    {
        ReplicaScripts.Differs => new StorageException(
            StorageErrorCodes.TransferCorrupt, $"The copy of {plan.Chain} on '{hypervisor.Name}' is not what was sent: {error.ErrorText.Trim()}", error),
        RestoreScripts.Exists => new StorageException(
            StorageErrorCodes.RecoveryLayout, $"{plan.Chain} is not restored, because '{hypervisor.Name}' has the disk: {error.ErrorText.Trim()}", error),
        _ => error,
    };
}
