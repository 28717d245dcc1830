namespace OneEdge.Storage.Replicas;

/// <summary>mkimage and mkswap: volatile disks.</summary>
internal static class ImagePlanner
{
    private const string Swap = "swap";

    public static TransferPlan Plan(PlanningContext context)
    {
        HostPath path = context.Source;
        DiskFacts disk = context.DiskAt(path);
        long size = context.Request.SizeMb is > 0 and { } megabytes ? megabytes : throw context.Malformed("has no size");
        string? fileSystem = context.Request.Format == Swap ? Swap : FileSystem(context, disk);
        var make = new MakeImageStep(path, size, context.Request.Format == "qcow2" ? "qcow2" : "raw")
        {
            FileSystem = fileSystem,
            FileSystemArguments = fileSystem is not null && context.Settings.FileSystemArguments.TryGetValue(fileSystem, out IReadOnlyList<string>? words)
                ? words : [],
        };
        return context.Plan([new MakeDirectoryStep(path.Parent()), .. context.ForgetFormer(disk.Id), new MarkMonitoredStep(path.Parent().Parent(), "ssh"), make]) with { Subject = path };
    }

    private static string? FileSystem(PlanningContext context, DiskFacts disk)
    {
        if (string.IsNullOrEmpty(disk.FileSystem)) return null;
        if (context.Settings.SupportedFileSystems.Contains(disk.FileSystem, StringComparer.Ordinal)) return disk.FileSystem;
        throw context.Refused(
            $"Unsupported file system type: {disk.FileSystem}. Supported types are: {string.Join(", ", context.Settings.SupportedFileSystems)}");
    }
}
