namespace OneEdge.Storage.Replicas;

/// <summary>mvds and cpds: a disk goes to a datastore, back to its image or as a new one.</summary>
internal static class SavePlanner
{
    private const int HotplugSaveAs = 26;

    public static TransferPlan PlanBack(PlanningContext context)
    {
        (HostPath source, HostPath image) = (context.Source, context.Destination);
        context.DiskAt(source);
        CopyRoute? route = context.Route(source.Host, image.Host);
        List<TransferStep> steps = [];
        if (context.Observations.IsChain) steps.Add(new FlattenStep(source));
        steps.Add(new CopyDiskStep(source, image, route));
        steps.Add(new CopySnapshotsStep(source, image, route));
        // Front-ends that still run the original take this file for the digest of the image.
        steps.Add(new RemoveStep(image.At(image.Path + ".md5sum")));
        return context.Plan(steps) with { Subject = source };
    }

    public static TransferPlan PlanAs(PlanningContext context)
    {
        DiskFacts disk = context.DiskAt(context.Source);
        HostPath source = context.Request.SnapshotId is { } id ? context.Source.At(new DiskFiles(context.Source.Path).Snapshot(id)) : context.Source;
        HostPath temporary = source.At(source.Path + ".oneedge-export");
        bool isLive = context.Vm.LcmState == HotplugSaveAs;
        if (isLive && context.Vm.VmDriver != "kvm") throw context.Refused($"Live operation not supported on {context.Vm.VmDriver ?? "an unknown hypervisor"}");
        TransferStep? export = isLive && context.Request.SnapshotId is null ? Live(context, disk, temporary)
            : context.Observations.IsChain ? new ExportStep(source, temporary) : null;
        HostPath copied = export is null ? source : temporary;
        var copy = new CopyDiskStep(copied, context.Destination, context.Route(copied.Host, context.Destination.Host));
        if (export is null) return context.Plan(copy) with { Subject = context.Destination };
        var remove = new RemoveStep(temporary);
        return context.Plan(export, copy, remove) with { CleanUp = [remove], Subject = temporary };
    }

    private static LiveExportStep Live(PlanningContext context, DiskFacts disk, HostPath temporary)
    {
        string domain = context.Vm.DeployId is { Length: > 0 } name ? name : throw context.Malformed("needs DEPLOY_ID to save the disk of a running machine");
        string target = disk.Target is { Length: > 0 } device ? device : throw context.Malformed("needs TARGET of the disk to save it from a running machine");
        return new LiveExportStep(context.Source, temporary, domain, target);
    }
}
