namespace OneEdge.Storage.Replicas;

/// <summary>premigrate, postmigrate and failmigrate: what is in the way before a live migration and left over behind it.</summary>
internal static class MigrationPlanner
{
    private const string Ssh = "ssh";

    public static TransferPlan Plan(PlanningContext context)
    {
        (HostPath source, HostPath destination) = (context.Source, context.Destination);
        if (source.Host == destination.Host) return context.Nothing("the virtual machine stays on its host");
        TransferStep[] steps = context.Request.Action switch
        {
            TransferAction.PreMigrate => [new RemoveStep(destination)],
            TransferAction.PostMigrate => [new RemoveStep(source)],
            _ => [],
        };
        if (context.Request.Action == TransferAction.FailMigrate) return context.Plan();
        string[] others = [.. context.Vm.Disks.Select(disk => disk.TransferDriver).OfType<string>().Where(
            driver => driver.Length > 0 && driver != Ssh).Distinct(StringComparer.Ordinal)];
        return context.Plan(steps) with { OtherDrivers = others };
    }
}
