namespace OneEdge.Storage.Replicas;

/// <summary>resize: a disk of a machine that is off grows.</summary>
internal static class ResizePlanner
{
    private const int DiskResize = 62;

    public static TransferPlan Plan(PlanningContext context)
    {
        DiskFacts disk = context.DiskAt(context.Source);
        if (context.Vm.LcmState == DiskResize) return context.Nothing($"Not resizing disk {context.Source} for running virt. machine directly");
        long size = context.Request.SizeMb is > 0 and { } megabytes ? megabytes : throw context.Malformed("has no size");
        return context.Plan(new ResizeStep(context.Source, size) { Preallocate = !disk.Sparse, Format = PlanningContext.FormatOf(disk) });
    }
}
