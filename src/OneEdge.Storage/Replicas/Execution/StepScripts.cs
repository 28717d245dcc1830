using System.Globalization;

namespace OneEdge.Storage.Replicas;

/// <summary>The scripts of steps that are one script on one host.</summary>
internal static class StepScripts
{
    public static (HostPath Where, HostScript Script) Of(TransferStep step) => step switch
    {
        MakeDirectoryStep s => (s.Directory, Script("make-directory", DiskScripts.MakeDirectory, s.Directory.Path)),
        MarkMonitoredStep s => (s.Datastore, Script("mark-monitored", DiskScripts.MarkMonitored, s.Datastore.Path, s.Word)),
        RemoveStep s => (s.Path, Script("remove", DiskScripts.Remove, s.Path.Path)),
        ResizeStep s => (s.Disk, Script("resize", DiskScripts.Resize, s.Disk.Path, Text(s.SizeMb), s.Preallocate ? "1" : "", s.Format ?? "")),
        CreateRecoveryBaseStep s => (s.Disk, Script("create-recovery-base", DiskScripts.CreateRecoveryBase, s.Disk.Path)),
        ForgetRecoveryStep s => (s.RecoveryDisk, Script("forget-recovery", DiskScripts.ForgetRecovery, s.RecoveryDisk.Path, s.WithDiskSnapshot ? "1" : "")),
        FlattenStep s => (s.Disk, Script("flatten", DiskScripts.Flatten, s.Disk.Path)),
        ExportStep s => (s.Source, Script("export", DiskScripts.Export, s.Source.Path, s.Temporary.Path)),
        LiveExportStep s => (s.Disk, Script("live-export", SnapshotScripts.LiveExport, s.Disk.Path, s.Temporary.Path, s.Domain, s.Target)),
        TakeSnapshotStep s => (s.Disk, Script("take-snapshot", SnapshotScripts.Take, s.Disk.Path, Text(s.SnapshotId))),
        TakeLiveSnapshotStep s => (s.Disk, Script("take-live-snapshot", SnapshotScripts.TakeLive, s.Disk.Path, Text(s.SnapshotId), s.Domain)),
        DeleteSnapshotStep s => (s.Disk, Script("delete-snapshot", SnapshotScripts.Delete, s.Disk.Path, Text(s.SnapshotId))),
        CheckSnapshotStep s => (s.Disk, Script("check-snapshot", SnapshotScripts.Check, s.Disk.Path, Text(s.SnapshotId), "1")),
        RevertSnapshotStep s => (s.Disk, Script("revert-snapshot", SnapshotScripts.Revert, s.Disk.Path, Text(s.SnapshotId), s.AsBase ? "1" : "")),
        MakeImageStep s =>
            (s.Disk, Script("make-image", DiskScripts.MakeImage, [s.Disk.Path, Text(s.SizeMb), s.Format, s.FileSystem ?? "", .. s.FileSystemArguments])),
        _ => throw new StorageException(StorageErrorCodes.TransferArguments, $"There is no script for step '{step}'."),
    };

    private static HostScript Script(string name, string text, params string[] arguments) => new(name, text, arguments);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
