namespace OneEdge.OpenNebula;

/// <summary>What was measured of a virtual machine.</summary>
/// <remarks>One that was read holds on to the bytes of the answer that it came with, for <see cref="Values"/>.</remarks>
public sealed record VmMonitoring : IModel<VmMonitoring>
{
    private readonly RawXml _xml;
    private readonly StoredTemplate? _values;

    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VmMonitoring()
    {
    }

    private VmMonitoring(ref ModelReader reader)
    {
        int start = reader.Begin();
        List<DiskSize>? diskSizes = null;
        while (reader.Next())
        {
            if (reader.Is("ID"u8)) MachineId = reader.OptionalInt32() is >= 0 and int found ? found : null;
            else if (reader.Is("TIMESTAMP"u8)) Time = reader.Time();
            else if (reader.Is("CPU"u8)) Cpu = reader.Double();
            else if (reader.Is("MEMORY"u8)) MemoryKb = reader.Double();
            else if (reader.Is("NETRX"u8)) NetworkReceivedBytes = reader.Double();
            else if (reader.Is("NETTX"u8)) NetworkSentBytes = reader.Double();
            else if (reader.Is("DISKRDBYTES"u8)) DiskReadBytes = reader.Double();
            else if (reader.Is("DISKWRBYTES"u8)) DiskWriteBytes = reader.Double();
            else if (reader.Is("DISKRDIOPS"u8)) DiskReads = reader.Double();
            else if (reader.Is("DISKWRIOPS"u8)) DiskWrites = reader.Double();
            else if (reader.Is("DISK_SIZE"u8)) reader.Collect(ref diskSizes);
            else reader.Skip();
        }

        DiskSizes = ModelList<DiskSize>.Of(diskSizes);
        _xml = new RawXml(reader.From(start));
    }

    /// <summary>The id of the machine, where the answer tells.</summary>
    public int? MachineId { get; init; }

    /// <summary>When it was measured.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The use of processors in percent of one.</summary>
    public double Cpu { get; init; }

    /// <summary>The memory in KiB.</summary>
    public double MemoryKb { get; init; }

    /// <summary>Bytes received since the start.</summary>
    public double NetworkReceivedBytes { get; init; }

    /// <summary>Bytes sent since the start.</summary>
    public double NetworkSentBytes { get; init; }

    /// <summary>Bytes read from disks since the start.</summary>
    public double DiskReadBytes { get; init; }

    /// <summary>Bytes written to disks since the start.</summary>
    public double DiskWriteBytes { get; init; }

    /// <summary>Reads from disks since the start.</summary>
    public double DiskReads { get; init; }

    /// <summary>Writes to disks since the start.</summary>
    public double DiskWrites { get; init; }

    /// <summary>How large the disks are.</summary>
    public IReadOnlyList<DiskSize> DiskSizes { get; init; } = ModelList<DiskSize>.Empty;

    /// <summary>Everything that was measured, values of probes that this library does not know included; read from the answer at each call.</summary>
    public StoredTemplate Values
    {
        get => _values ?? StoredTemplate.FromAnswer(_xml.Part);
        init => _values = value;
    }

    static ReadOnlySpan<byte> IModel<VmMonitoring>.ElementName => "MONITORING"u8;

    static VmMonitoring IModel<VmMonitoring>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VmMonitoring Read(ref ModelReader reader) => new(ref reader);
}
