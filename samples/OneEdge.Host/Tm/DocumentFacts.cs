using System.Globalization;
using OneEdge.OpenNebula;
using OneEdge.Storage.Replicas;

namespace OneEdge.Host.Tm;

/// <summary>What the documents of a cloud say to a transfer driver. Pure.</summary>
internal static class DocumentFacts
{
    private static readonly long LongestSeconds = (long)TimeSpan.FromDays(3650).TotalSeconds;

    /// <summary>All facts of an action.</summary>
    /// <param name="vm">The virtual machine.</param>
    /// <param name="datastores">The datastores that were read.</param>
    /// <param name="hosts">The hosts that were read.</param>
    public static TransferFacts Of(VirtualMachine vm, IEnumerable<Datastore> datastores, IEnumerable<OpenNebula.Host> hosts) => new(Of(vm))
    {
        Datastores = [.. datastores.Select(item => new DatastoreFacts(item.Id, Trimmed(item.Template.Get("REPLICA_HOST"))))],
        Hosts = [.. hosts.Select(item => new HostFacts(item.Name, Trimmed(item.Template.Get("REPLICA_STORAGE_IP"))))],
    };

    /// <summary>The facts of a virtual machine; of its history the last record counts.</summary>
    /// <param name="vm">The virtual machine.</param>
    public static VmFacts Of(VirtualMachine vm) => new(vm.Id)
    {
        LcmState = (int)vm.LcmState,
        DeployId = Trimmed(vm.DeployId),
        SystemDatastoreId = vm.Placement is { DatastoreId: >= 0 and int datastore } ? datastore : null,
        LastAction = vm.Placement is { } last ? (int)last.Action : null,
        VmDriver = Trimmed(vm.Placement?.VmDriver),
        Disks = [.. vm.Disks.Where(disk => disk.DiskId is not null).Select(Of)],
    };

    private static DiskFacts Of(VmDisk disk) => new(disk.DiskId!.Value)
    {
        SizeMb = disk.SizeMb,
        OriginalSizeMb = disk.Attribute.TryGet("ORIGINAL_SIZE", out long size) ? size : null,
        RecoverySnapshotFrequency = Frequency(disk.Attribute.Get("RECOVERY_SNAPSHOT_FREQ")),
        Sparse = disk.Attribute.Get("SPARSE") is not ("no" or "NO"),
        Format = Trimmed(disk.Format) ?? Trimmed(disk.Attribute.Get("DRIVER")),
        Target = Trimmed(disk.Target),
        TransferDriver = Trimmed(disk.Attribute.Get("TM_MAD")),
        FileSystem = Trimmed(disk.Attribute.Get("FS")),
    };

    // Any value asks for the overlay, as in the original; one that is no number is the probe's to complain about.
    private static TimeSpan? Frequency(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        bool isNumber = long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long seconds);
        return isNumber ? TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)) : TimeSpan.Zero;
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
