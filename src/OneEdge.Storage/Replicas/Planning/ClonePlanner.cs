using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>clone and ln: a disk from an image, through the replica or directly, or from its recovery snapshot.</summary>
internal static class ClonePlanner
{
    public static TransferPlan Plan(PlanningContext context)
    {
        DiskFacts disk = context.DiskAt(context.Destination);
        TransferPlan plan = context.ReplicaHost is { } replica ? WithReplica(context, disk, replica) : Direct(context, disk);
        return plan with { Subject = context.Destination };
    }

    private static TransferPlan WithReplica(PlanningContext context, DiskFacts disk, string replica)
    {
        TransferObservations seen = context.Observations;
        bool hasOverlay = disk.RecoverySnapshotFrequency is not null;
        if (hasOverlay && context.Destination.Name != string.Create(CultureInfo.InvariantCulture, $"disk.{disk.Id}"))
            throw context.Malformed($"makes an overlay, which must have the name of a disk, not '{context.Destination.Name}'");
        if (!seen.IsReplicaReachable && hasOverlay && context.Vm.IsAttaching) throw Unknown(context, disk, replica);
        if (!seen.IsReplicaReachable) return Detour(context, disk, $"replica {replica} cannot be reached");
        // A disk that is attached, or has no snapshots, is not the one of which the replica has some.
        if (seen.HasRecoverySnapshot && hasOverlay && !context.Vm.IsAttaching) return Restore(context, disk, replica);
        if (hasOverlay) RequireQcow2(context, disk);
        if (seen.IsCacheUnusable) return Detour(context, disk, $"the cache of replica {replica} has no room for the image");
        return ThroughCache(context, disk, replica, hasOverlay);
    }

    private static TransferPlan ThroughCache(PlanningContext context, DiskFacts disk, string replica, bool hasOverlay)
    {
        HostPath target = context.Destination;
        var cached = new HostPath(replica, context.Source.Path);
        // An image whose own host is the replica lies there already, and is no copy.
        CopyRoute? cacheRoute = context.FromFrontEndToReplica(context.Source.Host, replica);
        List<TransferStep> steps = [.. Directory(target), .. context.ForgetFormer(disk.Id)];
        if (cacheRoute is not null) steps.Add(new SyncToReplicaStep(context.Source, cacheRoute) { ReplicaHost = replica });
        steps.Add(new CopyDiskStep(cached, target, context.FromReplica(replica, target.Host))
        {
            WithSnapshots = true,
            CachedImage = cacheRoute is null ? null : context.Source,
            CacheRoute = cacheRoute,
        });
        if (hasOverlay)
        {
            steps.Add(new CreateRecoveryBaseStep(target));
            // Behind the copy, so that a deployment that fails leaves nothing among the recovery snapshots.
            steps.Add(new StoreRecoveryBaseStep(cached, context.RecoveryDisk(replica, disk.Id), Route: null) { OriginImage = context.Source.Path });
        }

        steps.AddRange(Growth(disk, target, preallocate: false));
        return context.Plan(steps) with { ReplicaHost = replica };
    }

    private static TransferPlan Restore(PlanningContext context, DiskFacts disk, string replica)
    {
        HostPath target = context.Destination;
        var copy = new CopyDiskStep(
            context.RecoveryDisk(replica, disk.Id), target, context.FromReplica(replica, target.Host))
        { IsChain = true, WithSnapshots = true };
        return context.Plan([.. Directory(target), copy]) with
        {
            ReplicaHost = replica,
            Notes = [
                string.Create(CultureInfo.InvariantCulture, $"disk {disk.Id} is restored from its recovery snapshot on {replica}, not made from the image")],
        };
    }

    /// <summary>Without the replica, where the original would fail the virtual machine.</summary>
    private static TransferPlan Detour(PlanningContext context, DiskFacts disk, string reason)
    {
        TransferStep[] former = context.Observations.IsReplicaReachable ? context.ForgetFormer(disk.Id) : [];
        if (disk.RecoverySnapshotFrequency is null) return Direct(context, disk, former) with { Notes = [reason + ": the image is copied directly"] };
        RequireQcow2(context, disk);
        HostPath target = context.Destination;
        TransferStep[] steps =
            [.. Directory(target), .. former, Copy(context, disk), new CreateRecoveryBaseStep(target), .. Growth(disk, target, preallocate: false)];
        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{reason}: the image is copied directly, and the replica has no base of disk {disk.Id}, without which recovery snapshots cannot be restored");
        return context.Plan(steps) with { Notes = [note] };
    }

    private static TransferPlan Direct(PlanningContext context, DiskFacts disk, params TransferStep[] former) =>
        context.Plan([.. Directory(context.Destination), .. former, Copy(context, disk), .. Growth(disk, context.Destination, !disk.Sparse)]);

    private static CopyDiskStep Copy(PlanningContext context, DiskFacts disk) =>
        new(context.Source, context.Destination, context.Route(context.Source.Host, context.Destination.Host)) { WithSnapshots = true, Sparse = disk.Sparse };

    private static TransferStep[] Directory(HostPath disk) => [new MakeDirectoryStep(disk.Parent()), new MarkMonitoredStep(disk.Parent().Parent(), "ssh")];

    private static TransferStep[] Growth(DiskFacts disk, HostPath target, bool preallocate) =>
        disk is { SizeMb: { } size, OriginalSizeMb: { } original } && size > original
        ? [new ResizeStep(target, size) { Preallocate = preallocate, Format = PlanningContext.FormatOf(disk) }]
        : [];

    /// <summary>The number may have been another disk's, whose recovery snapshots would later be taken for those of this one.</summary>
    private static StorageException Unknown(PlanningContext context, DiskFacts disk, string replica) => new(
        StorageErrorCodes.ReplicaUnavailable, string.Create(
            CultureInfo.InvariantCulture,
            $"Replica {replica} cannot be reached, which may have recovery snapshots of a former disk {disk.Id} of machine {context.Vm.Id}. ")
        + "Attach the disk again when it answers, or without RECOVERY_SNAPSHOT_FREQ.");

    private static void RequireQcow2(PlanningContext context, DiskFacts disk)
    {
        string? format = context.Observations.ImageFormat ?? disk.Format;
        if (format is null or "qcow2") return;
        throw context.Refused(string.Create(
            CultureInfo.InvariantCulture,
            $"disk {disk.Id} has RECOVERY_SNAPSHOT_FREQ: its image must be qcow2, but {context.Source} is {format}; convert it or remove the attribute"));
    }
}
