using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>snap_create, snap_create_live, snap_delete and snap_revert: snapshots of disks, which are full copies.</summary>
internal static class SnapshotPlanner
{
    public static TransferPlan PlanCreate(PlanningContext context, bool isLive)
    {
        DiskFacts disk = context.DiskAt(context.Source);
        int id = SnapshotId(context);
        List<TransferStep> steps = [isLive ? new TakeLiveSnapshotStep(context.Source, id, Domain(context)) : new TakeSnapshotStep(context.Source, id)];
        List<string> notes = [];
        if (context.ReplicaHost is { } replica)
        {
            HostPath source = context.Source;
            var stored = new HostPath(replica, context.Settings.Layout().ReplicaSnapshot(context.Vm.Id, disk.Id));
            if (!context.Observations.IsReplicaReachable)
            {
                notes.Add($"replica {replica} cannot be reached: the snapshot stays on {source.Host} alone");
            }
            else
            {
                steps.Add(new MakeDirectoryStep(stored.Parent()));
                steps.Add(new CopyDiskStep(source.At(new DiskFiles(source.Path).Snapshot(id)), stored, context.ToReplica(source.Host, replica)));
            }
        }

        return context.Plan(steps) with { Notes = notes, Subject = context.Source.At(new DiskFiles(context.Source.Path).Snapshot(id)) };
    }

    public static TransferPlan PlanDelete(PlanningContext context)
    {
        context.DiskAt(context.Source);
        return context.Plan(new DeleteSnapshotStep(context.Source, SnapshotId(context)));
    }

    public static TransferPlan PlanRevert(PlanningContext context)
    {
        DiskFacts disk = context.DiskAt(context.Source);
        int id = SnapshotId(context);
        HostPath source = context.Source;
        if (disk.RecoverySnapshotFrequency is null || !context.Observations.IsChain)
            return context.Plan(new RevertSnapshotStep(source, id)) with { Subject = source };

        var revert = new RevertSnapshotStep(source, id) { AsBase = true };
        if (context.ReplicaHost is not { } replica) return context.Plan(revert) with { Subject = source };
        if (!context.Observations.IsReplicaReachable)
        {
            throw new StorageException(StorageErrorCodes.ReplicaUnavailable, string.Create(
                CultureInfo.InvariantCulture,
                $"Replica {replica} cannot be reached, which has recovery snapshots of disk {disk.Id} of machine {context.Vm.Id} over the base to be replaced."));
        }

        HostPath recovery = context.RecoveryDisk(replica, disk.Id);
        // In this order nobody ever finds the old base beside an overlay of the new one.
        TransferStep[] steps =
        [
            new CheckSnapshotStep(source, id),
            new ForgetRecoveryStep(recovery),
            revert,
            new StoreRecoveryBaseStep(source.At(new DiskFiles(source.Path).Base), recovery, context.ToReplica(source.Host, replica)),
        ];
        return context.Plan(steps) with { Subject = source, ReplicaHost = replica };
    }

    private static int SnapshotId(PlanningContext context) => context.Request.SnapshotId ?? throw context.Malformed("has no number of a snapshot");

    private static string Domain(PlanningContext context) =>
        context.Vm.DeployId is { Length: > 0 } name ? name : throw context.Malformed("needs DEPLOY_ID for a snapshot of a running machine");
}
