using System.Globalization;

namespace OneEdge.Storage.Recovery;

/// <summary>
/// Where the files of one disk lie below a directory: that of a virtual machine on its hypervisor, that of its snapshots on the replica, or that of one
/// generation there. All three
/// have the same form, which is the original's, so that <c>disk.N</c> opens the chain in each of them.
/// </summary>
/// <param name="Directory">The directory.</param>
/// <param name="DiskId">The disk.</param>
internal readonly record struct RecoveryLayout(string Directory, int DiskId)
{
    public const string DefaultStore = "/var/lib/one/datastores/replica_snaps";

    // Behind a dot, so that no pattern of the original (disk.*) finds it.
    private const string OwnDirectory = ".oneedge";

    public string Name => DiskName(DiskId);

    public string Disk => $"{Directory}/{Name}";

    public string Snap => $"{Directory}/{Name}.snap";

    public string Base => $"{Snap}/base";

    public string Overlay => $"{Snap}/base.1";

    public string Temporary => $"{Snap}/rs_tmp";

    /// <summary>What the link <c>disk.N</c> holds.</summary>
    public string LinkTarget => $"{Name}.snap/base.1";

    /// <summary>What the overlay calls its backing file.</summary>
    public string BackingName => $"{Name}.snap/base";

    /// <summary>The state on the hypervisor; beside the disk and not in <c>.snap</c>, which travels to image datastores.</summary>
    public string State => $"{Directory}/.recovery.{Name}.json";

    /// <summary>On the hypervisor: held by the process that takes a snapshot.</summary>
    public string Lock => $"{Directory}/.recovery.{Name}.lock";

    /// <summary>On the hypervisor: where a restored disk arrives.</summary>
    public string Staging => $"{Directory}/.restore.{Name}";

    /// <summary>On the replica: the generations of the disk, and what arrives.</summary>
    public string Generations => $"{Directory}/{OwnDirectory}/{Name}";

    public string Incoming => $"{Generations}/incoming";

    /// <summary>On the replica: what is left of an interrupted copy, of use to the next one.</summary>
    public string Partial => $"{Generations}/partial";

    public static string DiskName(int diskId) => string.Create(CultureInfo.InvariantCulture, $"disk.{diskId}");

    /// <summary>The directory of a virtual machine below a store or datastore.</summary>
    public static string VmDirectory(string store, int vmId) => string.Create(CultureInfo.InvariantCulture, $"{store.TrimEnd('/')}/{vmId}");

    public RecoveryLayout Generation(long generation) => new(string.Create(CultureInfo.InvariantCulture, $"{Generations}/{generation}"), DiskId);

    /// <summary>In the directory of a generation: what is known of it.</summary>
    public string Manifest => $"{Directory}/manifest.json";
}
