namespace OneEdge.Storage.Replicas;

/// <summary>What actions read from the document of a virtual machine.</summary>
/// <param name="Id">Its number.</param>
public sealed record VmFacts(int Id)
{
    /// <summary><c>LCM_STATE</c>.</summary>
    public int? LcmState { get; init; }

    /// <summary><c>DEPLOY_ID</c>: the name by which the hypervisor knows it.</summary>
    public string? DeployId { get; init; }

    /// <summary><c>DS_ID</c> of the last record of its history: the system datastore.</summary>
    public int? SystemDatastoreId { get; init; }

    /// <summary><c>ACTION</c> of the last record of its history; 14 is a deletion after which it is made again.</summary>
    public int? LastAction { get; init; }

    /// <summary><c>VM_MAD</c> of the last record of its history.</summary>
    public string? VmDriver { get; init; }

    /// <summary>Its disks.</summary>
    public IReadOnlyList<DiskFacts> Disks { get; init; } = [];

    // HOTPLUG and HOTPLUG_PROLOG_POWEROFF: a disk is attached, which never is one that the machine had before.
    internal bool IsAttaching => LcmState is 17 or 33;

    /// <summary>The disk of a number; one of which nothing is known when there is none.</summary>
    /// <param name="id">The number.</param>
    public DiskFacts Disk(int id) => Disks.FirstOrDefault(disk => disk.Id == id) ?? new DiskFacts(id);
}
