using System.Globalization;

namespace OneEdge.Storage;

/// <summary>What our recovery snapshots keep beside a disk, on the hypervisor and on the replica; the original knows none of these names.</summary>
public sealed partial record DiskFiles
{
    // Behind a dot, so that no pattern of the original (disk.*) finds it.
    private const string OwnDirectory = ".oneedge";

    /// <summary>The state on the hypervisor; beside the disk and not in <c>.snap</c>, which travels to image datastores.</summary>
    internal string State => $"{Directory}/.recovery.{Name}.json";

    /// <summary>On the hypervisor: there until the first snapshot of a disk that was made of an image.</summary>
    internal string NewMark => $"{Directory}/.recovery.{Name}.new";

    /// <summary>On the hypervisor: held by the process that takes a snapshot.</summary>
    internal string Lock => $"{Directory}/.recovery.{Name}.lock";

    /// <summary>On the hypervisor: where a restored disk arrives.</summary>
    internal string Staging => $"{Directory}/.restore.{Name}";

    /// <summary>On the replica: the generations of the disk, and what arrives.</summary>
    internal string Generations => $"{Directory}/{OwnDirectory}/{Name}";

    /// <summary>On the replica: what arrives.</summary>
    internal string Incoming => $"{Generations}/incoming";

    /// <summary>On the replica: what is left of an interrupted copy, of use to the next one.</summary>
    internal string Partial => $"{Generations}/partial";

    /// <summary>In the directory of a generation: what is known of it.</summary>
    internal string Manifest => $"{Directory}/manifest.json";

    /// <summary>The files of a disk in one of its generations on the replica, which has the form of the directory of a virtual machine.</summary>
    internal DiskFiles Generation(long generation) => new(string.Create(CultureInfo.InvariantCulture, $"{Generations}/{generation}/{Name}"));
}
