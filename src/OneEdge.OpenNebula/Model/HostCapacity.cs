namespace OneEdge.OpenNebula;

/// <summary>What a host has and gives to machines. Memory is in KiB, processors in percent of one, disks in MiB.</summary>
public sealed record HostCapacity : IModel<HostCapacity>
{
    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public HostCapacity()
    {
    }

    private HostCapacity(ref ModelReader reader)
    {
        while (reader.Next())
        {
            if (reader.Is("MEM_USAGE"u8)) MemoryUsageKb = reader.Int64();
            else if (reader.Is("CPU_USAGE"u8)) CpuUsage = reader.Int64();
            else if (reader.Is("TOTAL_MEM"u8)) TotalMemoryKb = reader.Int64();
            else if (reader.Is("TOTAL_CPU"u8)) TotalCpu = reader.Int64();
            else if (reader.Is("MAX_MEM"u8)) MaxMemoryKb = reader.Int64();
            else if (reader.Is("MAX_CPU"u8)) MaxCpu = reader.Int64();
            else if (reader.Is("RUNNING_VMS"u8)) RunningMachines = reader.Int32();
            else if (reader.Is("VMS_THREAD"u8)) MachinesPerThread = reader.Int32();
            else if (reader.Is("DATASTORES"u8)) Disks = HostDisks.Read(ref reader);
            else if (reader.Is("PCI_DEVICES"u8)) PciDevices = reader.Items<PciDevice>();
            else if (reader.Is("NUMA_NODES"u8)) NumaNodes = reader.Items<NumaNode>();
            else reader.Skip();
        }
    }

    /// <summary>The memory given to machines.</summary>
    public long MemoryUsageKb { get; init; }

    /// <summary>The processors given to machines.</summary>
    public long CpuUsage { get; init; }

    /// <summary>The memory it has.</summary>
    public long TotalMemoryKb { get; init; }

    /// <summary>The processors it has.</summary>
    public long TotalCpu { get; init; }

    /// <summary>The memory it may give.</summary>
    public long MaxMemoryKb { get; init; }

    /// <summary>The processors it may give.</summary>
    public long MaxCpu { get; init; }

    /// <summary>The number of machines on it.</summary>
    public int RunningMachines { get; init; }

    /// <summary>How many machines share a thread of a processor.</summary>
    public int MachinesPerThread { get; init; }

    /// <summary>The disks of its system datastores.</summary>
    public HostDisks? Disks { get; init; }

    /// <summary>Devices that machines can be given.</summary>
    public IReadOnlyList<PciDevice> PciDevices { get; init; } = ModelList<PciDevice>.Empty;

    /// <summary>Its NUMA nodes.</summary>
    public IReadOnlyList<NumaNode> NumaNodes { get; init; } = ModelList<NumaNode>.Empty;

    static ReadOnlySpan<byte> IModel<HostCapacity>.ElementName => "HOST_SHARE"u8;

    static HostCapacity IModel<HostCapacity>.Read(ref ModelReader reader) => Read(ref reader);

    internal static HostCapacity Read(ref ModelReader reader) => new(ref reader);
}
