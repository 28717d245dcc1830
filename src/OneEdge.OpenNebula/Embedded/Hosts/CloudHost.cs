using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A host and what it has room for: memory in KiB, processors in hundredths.</summary>
internal sealed class CloudHost(int id, string name) : CloudObject(ObjectKind.Host, id, name)
{
    // So that what is left stays a number.
    private const long Most = 1L << 60;

    private (StoredTemplate Own, StoredTemplate OfCluster, long Total, long Memory, long Cpu) _limits = (EmptyTemplate, EmptyTemplate, -1, 0, 0);

    public HostState State { get; private set; } = HostState.Init;

    public HostState PreviousState { get; private set; } = HostState.Init;

    public required string ImDriver { get; init; }

    public required string VmDriver { get; init; }

    public required CloudCluster Cluster { get; set; }

    public int ClusterId => Cluster.Id;

    public long TotalMemory { get; private set; }

    public long TotalCpu { get; private set; }

    /// <summary>The memory for machines: what is reserved of the total is not.</summary>
    public long MaxMemory => Limits.Memory;

    /// <summary>The same of processors.</summary>
    public long MaxCpu => Limits.Cpu;

    public long UsedMemory { get; private set; }

    public long UsedCpu { get; private set; }

    public SortedSet<int> Vms { get; } = [];

    /// <summary>What its last monitoring told; <see langword="null"/> before.</summary>
    public long? Monitored { get; private set; }

    public bool IsDead { get; set; }

    public bool WasMonitored { get; private set; }

    public override IEnumerable<int> ClusterIds => [Cluster.Id];

    public override AccessTarget Access => new(Kind, Id, -1, -1, default, null, ClusterIds);

    /// <summary>Whether the scheduler may use it.</summary>
    public bool IsUsable => State is HostState.Monitored or HostState.MonitoringMonitored;

    protected override IReadOnlyList<string> EncryptedNames { get; } =
        ["EC2_ACCESS", "EC2_SECRET", "AZ_SUB", "AZ_CLIENT", "AZ_SECRET", "AZ_TENANT", "VCENTER_PASSWORD", "NSX_PASSWORD", "ONE_PASSWORD"];

    public void Set(HostState state) => (PreviousState, State) = (State, state);

    /// <summary>Called when a change was published.</summary>
    public void Settle() => PreviousState = State;

    public void SetCapacity(long memory, long cpu) => (TotalMemory, TotalCpu) = (memory, cpu);

    public bool HasRoomFor(CloudVm vm) => HasRoomFor(vm.Memory, vm.Cpu);

    public bool HasRoomFor(long memory, long cpu) => memory <= MaxMemory - UsedMemory && cpu <= MaxCpu - UsedCpu;

    public void Add(CloudVm vm)
    {
        Vms.Add(vm.Id);
        UsedMemory += vm.Memory;
        UsedCpu += vm.Cpu;
    }

    public void Remove(CloudVm vm)
    {
        if (!Vms.Remove(vm.Id)) return;
        UsedMemory -= vm.Memory;
        UsedCpu -= vm.Cpu;
    }

    /// <summary>Takes over other needs of a machine that stays.</summary>
    public void Resize(long memory, long cpu)
    {
        UsedMemory += memory;
        UsedCpu += cpu;
    }

    /// <summary>What the monitoring of a host of the dummy driver adds to its template.</summary>
    public void Monitor(long time)
    {
        (Monitored, WasMonitored) = (time, true);
        Template = StoredTemplate.Create(
        [
            .. Template.Where(a => a.Name is not ("ARCH" or "CPUSPEED" or "HOSTNAME" or "HYPERVISOR" or "MODELNAME")),
            new TemplateAttribute("ARCH", "x86_64"), new TemplateAttribute("CPUSPEED", "3200"), new TemplateAttribute("HOSTNAME", Name),
            new TemplateAttribute("HYPERVISOR", "dummy"), new TemplateAttribute("MODELNAME", "Dummy(R) Core @ 3.2GHz"),
        ]);
    }

    public override void Write(XmlText xml, XmlView view)
    {
        xml.Open("HOST");
        xml.Element("ID", Id);
        xml.Element("NAME", Name);
        xml.Element("STATE", (int)State);
        xml.Element("PREV_STATE", (int)PreviousState);
        xml.CData("IM_MAD", ImDriver);
        xml.CData("VM_MAD", VmDriver);
        xml.Element("CLUSTER_ID", Cluster.Id);
        xml.Element("CLUSTER", Cluster.Name);
        WriteShare(xml);
        xml.Ids("VMS", Vms);
        WriteTemplate(xml, view);
        WriteMonitoring(xml);
        xml.Close("HOST");
    }

    public void WriteMonitoring(XmlText xml)
    {
        if (Monitored is not { } time)
        {
            xml.Nothing("MONITORING");
            return;
        }

        xml.Open("MONITORING");
        xml.Element("TIMESTAMP", time);
        xml.Element("ID", Id);
        xml.Open("CAPACITY");
        xml.CData("FREE_CPU", TotalCpu - UsedCpu);
        xml.CData("FREE_MEMORY", TotalMemory - UsedMemory);
        xml.CData("USED_CPU", UsedCpu);
        xml.CData("USED_MEMORY", UsedMemory);
        xml.Close("CAPACITY");
        xml.Open("SYSTEM");
        xml.CData("NETRX", 0);
        xml.CData("NETTX", 0);
        xml.Close("SYSTEM");
        xml.Close("MONITORING");
    }

    private void WriteShare(XmlText xml)
    {
        xml.Open("HOST_SHARE");
        xml.Element("MEM_USAGE", UsedMemory);
        xml.Element("CPU_USAGE", UsedCpu);
        xml.Element("TOTAL_MEM", TotalMemory);
        xml.Element("TOTAL_CPU", TotalCpu);
        xml.Element("MAX_MEM", MaxMemory);
        xml.Element("MAX_CPU", MaxCpu);
        xml.Element("RUNNING_VMS", Vms.Count);
        xml.Element("VMS_THREAD", 1);
        xml.Open("DATASTORES");
        if (WasMonitored)
        {
            xml.CData("DISK_USAGE", 0);
            xml.CData("FREE_DISK", 20_480);
            xml.CData("MAX_DISK", 20_480);
            xml.CData("USED_DISK", 9_720);
        }

        xml.Close("DATASTORES");
        xml.Open("PCI_DEVICES");
        xml.Close("PCI_DEVICES");
        xml.Open("NUMA_NODES");
        xml.Close("NUMA_NODES");
        xml.Close("HOST_SHARE");
    }

    // Read once: each machine that waits asks each host whether it has the room.
    private (StoredTemplate Own, StoredTemplate OfCluster, long Total, long Memory, long Cpu) Limits
    {
        get
        {
            if (!ReferenceEquals(_limits.Own, Template) || !ReferenceEquals(_limits.OfCluster, Cluster.Template) || _limits.Total != TotalMemory)
                _limits = (Template, Cluster.Template, TotalMemory, Left("RESERVED_MEM", TotalMemory), Left("RESERVED_CPU", TotalCpu));
            return _limits;
        }
    }

    // What is left of the total: the host reserves a percentage or an amount, or else its cluster does. A negative amount gives more.
    private long Left(string name, long total)
    {
        string reserved = Template.Get(name) is { Length: > 0 } own ? own : Cluster.Template.Get(name) ?? "";
        if (reserved.EndsWith('%') && double.TryParse(reserved.AsSpan(..^1), CultureInfo.InvariantCulture, out double percent))
            return Math.Clamp((long)(total * (1 - (percent / 100))), -Most, Most);
        return long.TryParse(reserved, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long amount)
            ? total - Math.Clamp(amount, -Most, Most) : total;
    }
}
