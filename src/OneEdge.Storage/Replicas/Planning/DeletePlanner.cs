namespace OneEdge.Storage.Replicas;

/// <summary>delete: a disk or the directory of a virtual machine, with the recovery snapshots of just that.</summary>
internal static class DeletePlanner
{
    // ACTION of a history record: the virtual machine is made again, perhaps from its recovery snapshots.
    private const int DeleteRecreate = 14;

    public static TransferPlan Plan(PlanningContext context)
    {
        HostPath path = context.Source;
        var remove = new RemoveStep(path);
        // The replica belongs to the system datastore, whatever datastore the action names: that of a disk is its image's.
        string? replica = context.Request.Facts.ReplicaHostOf(context.Request.DatastoreId) ?? context.ReplicaHost;
        if (replica is null) return context.Plan(remove);
        if (context.Vm.LastAction == DeleteRecreate)
            return context.Plan(remove) with { Notes = [$"recovery snapshots on {replica} are kept, because the virtual machine is made again"] };

        // A replica that is down must not keep a virtual machine from its end.
        TransferStep forget = path.DiskId is { } id
            ? new ForgetRecoveryStep(context.RecoveryDisk(replica, id)) { WithDiskSnapshot = true, IsOptional = true }
            : new RemoveStep(new HostPath(replica, context.Settings.Layout().RecoveryDirectory(context.Vm.Id))) { IsOptional = true };
        return context.Plan(forget, remove);
    }
}
