namespace OneEdge.Storage.Replicas;

/// <summary>mv: the directory of a virtual machine goes to another host, with all its disks.</summary>
internal static class MovePlanner
{
    private const int PrologMigrateUnknown = 60;
    private const int PrologMigrateUnknownFailure = 61;

    public static TransferPlan Plan(PlanningContext context)
    {
        (HostPath source, HostPath destination) = (context.Source, context.Destination);
        if (destination.DiskId is not null) return context.Nothing("disks move with the directory of their virtual machine");
        if (context.Vm.LcmState is PrologMigrateUnknown or PrologMigrateUnknownFailure) return context.Nothing(
            $"Not moving files from {source.Host} in FT mode");
        if (source.Name != destination.Name) throw context.Malformed($"moves '{source}' to another name, '{destination}'");
        if (source == destination || (context.Observations.IsSharedDirectory && source.Path == destination.Path))
            return context.Nothing($"Not moving {source} to {destination}, they are the same path");

        TransferStep[] steps =
        [
            new MakeDirectoryStep(destination.Parent()),
            new MarkMonitoredStep(destination.Parent(), context.Observations.MonitorWord ?? "ssh"),
            new CopyTreeStep(source, destination, context.Route(source.Host, destination.Host)),
            new RemoveStep(source),
        ];
        return context.Plan(steps) with { Subject = destination };
    }
}
