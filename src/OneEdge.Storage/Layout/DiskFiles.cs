using System.Globalization;

namespace OneEdge.Storage;

/// <summary>The files of one disk of a virtual machine, and what they are called in each other.</summary>
/// <remarks>
/// They have the same names in the directory of the virtual machine on its hypervisor, in that of its recovery snapshots on the replica, and in that of
/// one generation there, so that <c>disk.N</c> opens the chain in each of them.
/// A disk with recovery snapshots is a link to <c>disk.N.snap/base.1</c>, an overlay over <c>disk.N.snap/base</c>. Its backing name is relative to the
/// directory of the name by which it is opened, so that <c>disk.N.snap</c> holds a link of its own name to itself.
/// </remarks>
/// <param name="Disk">The path of the disk: the image itself, or the link.</param>
public sealed partial record DiskFiles(string Disk)
{
    /// <summary>The directory of the disk; empty for a path without one.</summary>
    internal string Directory => Disk[..Math.Max(0, Disk.LastIndexOf('/'))];

    /// <summary>The name of the disk in its directory.</summary>
    public string Name => Disk[(Disk.LastIndexOf('/') + 1)..];

    /// <summary>The directory of snapshots beside the disk.</summary>
    public string SnapshotDirectory => Disk + ".snap";

    /// <summary>The link in <see cref="SnapshotDirectory"/> to that directory.</summary>
    public string SelfLink => $"{SnapshotDirectory}/{Name}.snap";

    /// <summary>The copy of the image below the overlay.</summary>
    public string Base => SnapshotDirectory + "/base";

    /// <summary>The overlay into which the virtual machine writes.</summary>
    public string Overlay => SnapshotDirectory + "/base.1";

    /// <summary>The active layer while a recovery snapshot is taken; later its time is that of the snapshot.</summary>
    public string RecoveryTemporary => SnapshotDirectory + "/rs_tmp";

    /// <summary>The backing name in the overlay.</summary>
    public string BackingName => $"{Name}.snap/base";

    /// <summary>What the disk links to.</summary>
    public string LinkTarget => $"{Name}.snap/base.1";

    /// <summary>A snapshot of the disk.</summary>
    /// <param name="id">Its number.</param>
    public string Snapshot(int id) => string.Create(CultureInfo.InvariantCulture, $"{SnapshotDirectory}/{id}");

    /// <summary>The name of a disk: <c>disk.0</c>.</summary>
    internal static string NameOf(int diskId) => string.Create(CultureInfo.InvariantCulture, $"disk.{diskId}");

    /// <summary>The files of a disk in a directory.</summary>
    internal static DiskFiles In(string directory, int diskId) => new($"{directory.TrimEnd('/')}/{NameOf(diskId)}");
}
