using System.Globalization;

namespace OneEdge.Storage;

/// <summary>Where OpenNebula keeps the disks of virtual machines: image datastores on the front-end and, at the same paths, in the cache of the replica;
/// system datastores on hypervisors; recovery snapshots on the replica.</summary>
public sealed record DatastoreLayout
{
    internal const string DefaultRecoverySnapshotsDirectory = "/var/lib/one/datastores/replica_snaps";

    /// <summary>Where OpenNebula is installed, as <c>ONE_LOCATION</c> says; <see langword="null"/> when it is installed in the system's directories.</summary>
    public string? OneLocation { get; init; }

    /// <summary>The directory of recovery snapshots on the replica (<c>REPLICA_RECOVERY_SNAPS_DIR</c>).</summary>
    /// <value><c>/var/lib/one/datastores/replica_snaps</c> unless set; it does not follow <see cref="OneLocation"/>, as in the original.</value>
    public string RecoverySnapshotsDirectory { get; init; } = DefaultRecoverySnapshotsDirectory;

    /// <summary>The directory of OpenNebula's data: <c>/var/lib/one</c>, or <c>var</c> below <see cref="OneLocation"/>.</summary>
    public string BaseDirectory => OneLocation is null ? "/var/lib/one" : OneLocation.TrimEnd('/') + "/var";

    /// <summary>The directory of OpenNebula's programs: <c>/usr/lib/one</c>, or <c>lib</c> below <see cref="OneLocation"/>.</summary>
    public string LibraryDirectory => OneLocation is null ? "/usr/lib/one" : OneLocation.TrimEnd('/') + "/lib";

    /// <summary>The directory of all datastores.</summary>
    public string DatastoresDirectory => BaseDirectory + "/datastores";

    /// <summary>The configuration of the replica.</summary>
    public string SshrcFile => BaseDirectory + "/remotes/etc/tm/ssh/sshrc";

    /// <summary>The directory of a datastore.</summary>
    /// <param name="datastoreId">Its number.</param>
    public string Datastore(int datastoreId) => string.Create(CultureInfo.InvariantCulture, $"{DatastoresDirectory}/{datastoreId}");

    /// <summary>The file that tells monitoring what a datastore directory is: <c>ssh</c> or <c>replica</c>.</summary>
    /// <param name="datastoreId">Its number.</param>
    public string MonitorFile(int datastoreId) => Datastore(datastoreId) + "/.monitor";

    /// <summary>The directory of a virtual machine on its hypervisor.</summary>
    /// <param name="systemDatastoreId">The system datastore.</param>
    /// <param name="vmId">The virtual machine.</param>
    public string VmDirectory(int systemDatastoreId, int vmId) => VmDirectory(Datastore(systemDatastoreId), vmId);

    /// <summary>The files of a disk on its hypervisor.</summary>
    /// <param name="systemDatastoreId">The system datastore.</param>
    /// <param name="vmId">The virtual machine.</param>
    /// <param name="diskId">The disk.</param>
    public DiskFiles Disk(int systemDatastoreId, int vmId, int diskId) => DiskFiles.In(VmDirectory(systemDatastoreId, vmId), diskId);

    /// <summary>The directory of the recovery snapshots of a virtual machine, on the replica.</summary>
    /// <param name="vmId">The virtual machine.</param>
    public string RecoveryDirectory(int vmId) => VmDirectory(RecoverySnapshotsDirectory, vmId);

    /// <summary>The files of the recovery snapshot of a disk, on the replica.</summary>
    /// <param name="vmId">The virtual machine.</param>
    /// <param name="diskId">The disk.</param>
    public DiskFiles RecoveryDisk(int vmId, int diskId) => DiskFiles.In(RecoveryDirectory(vmId), diskId);

    /// <summary>The copy of the last disk snapshot that the replica keeps.</summary>
    /// <param name="vmId">The virtual machine.</param>
    /// <param name="diskId">The disk.</param>
    public string ReplicaSnapshot(int vmId, int diskId) => RecoveryDisk(vmId, diskId).Disk + ".replica_snap";

    /// <summary>The directory of a virtual machine below that of a datastore or of the recovery snapshots.</summary>
    internal static string VmDirectory(string directory, int vmId) => string.Create(CultureInfo.InvariantCulture, $"{directory.TrimEnd('/')}/{vmId}");
}
