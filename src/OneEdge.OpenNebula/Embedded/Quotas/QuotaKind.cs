namespace OneEdge.OpenNebula.Embedded;

/// <summary>A kind of limit: its name in templates, and what it counts (OpenNebula 6.10 source, src/um/Quota*.cc).</summary>
internal sealed class QuotaKind
{
    public const string Size = "SIZE";
    public const string Images = "IMAGES";
    public const string Leases = "LEASES";
    public const string RunningOf = "RVMS";
    public const string Vms = "VMS";
    public const string RunningVms = "RUNNING_VMS";
    public const string Cpu = "CPU";
    public const string RunningCpu = "RUNNING_CPU";
    public const string Memory = "MEMORY";
    public const string RunningMemory = "RUNNING_MEMORY";
    public const string SystemDiskSize = "SYSTEM_DISK_SIZE";

    /// <summary>The images of a datastore, and the disks that are copied into it: size in MiB, and number.</summary>
    public static readonly QuotaKind Datastore = new("DATASTORE", Size, Images);

    /// <summary>The addresses of a network.</summary>
    public static readonly QuotaKind Network = new("NETWORK", Leases);

    /// <summary>Machines: number, processors, memory in MiB, and what they have in system datastores in MiB. There is one of these, without an id.</summary>
    public static readonly QuotaKind Vm = new("VM", Vms, RunningVms, Cpu, RunningCpu, Memory, RunningMemory, SystemDiskSize);

    /// <summary>The disks of an image.</summary>
    public static readonly QuotaKind Image = new("IMAGE", RunningOf);

    /// <summary>All, in the order in which they are shown.</summary>
    public static readonly IReadOnlyList<QuotaKind> Shown = [Datastore, Network, Vm, Image];

    /// <summary>All, in the order in which new limits are looked at.</summary>
    public static readonly IReadOnlyList<QuotaKind> Set = [Datastore, Network, Image, Vm];

    private QuotaKind(string name, params string[] metrics) => (Name, Metrics) = (name, metrics);

    public string Name { get; }

    /// <summary>What is counted, in the order in which limits are looked at.</summary>
    public IReadOnlyList<string> Metrics { get; }

    public bool HasIds => this != Vm;
}
