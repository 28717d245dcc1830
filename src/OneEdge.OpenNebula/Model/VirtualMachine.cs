using System.Globalization;

namespace OneEdge.OpenNebula;

/// <summary>A virtual machine, in full or in the short form of <c>one.vmpool.info</c>.</summary>
public sealed record VirtualMachine : OwnedObject, IModel<VirtualMachine>
{
    private LazyPart<VmMonitoring> _monitoring;
    private LazyTemplate _userTemplate;
    private LazyPart<VmBackups> _backups;

    /// <summary>Creates one that says nothing yet; for tests and stand-ins of a cloud.</summary>
    public VirtualMachine()
    {
    }

    private VirtualMachine(ref ModelReader reader)
    {
        int start = reader.Begin();
        bool hasState = false;
        bool hasLcmState = false;
        List<DiskSnapshots>? diskSnapshots = null;
        while (reader.Next())
        {
            if (ReadCommon(ref reader)) continue;
            if (reader.Is("STATE"u8)) (hasState, State) = (true, (VmState)reader.Int32());
            else if (reader.Is("LCM_STATE"u8)) (hasLcmState, LcmState) = (true, (LcmState)reader.Int32());
            else if (reader.Is("PREV_STATE"u8)) PreviousState = (VmState)reader.Int32();
            else if (reader.Is("PREV_LCM_STATE"u8)) PreviousLcmState = (LcmState)reader.Int32();
            else if (reader.Is("LAST_POLL"u8)) LastPoll = reader.Time();
            else if (reader.Is("RESCHED"u8)) IsRescheduled = reader.YesNo();
            else if (reader.Is("STIME"u8)) StartTime = reader.Time();
            else if (reader.Is("ETIME"u8)) EndTime = reader.Time();
            else if (reader.Is("DEPLOY_ID"u8)) DeployId = reader.Text();
            else if (reader.Is("MONITORING"u8)) _monitoring = new LazyPart<VmMonitoring>(reader.Part());
            else if (reader.Is("SCHED_ACTIONS"u8)) ScheduledActionIds = reader.Ids();
            else if (reader.Is("USER_TEMPLATE"u8)) _userTemplate = new LazyTemplate(reader.Part());
            else if (reader.Is("HISTORY_RECORDS"u8)) History = reader.Items<VmHistory>();
            else if (reader.Is("SNAPSHOTS"u8)) reader.Collect(ref diskSnapshots);
            else if (reader.Is("BACKUPS"u8)) _backups = new LazyPart<VmBackups>(reader.Part());
            else reader.Skip();
        }

        DiskSnapshots = ModelList<DiskSnapshots>.Of(diskSnapshots);
        if (!hasState) throw reader.Invalid("an object without a STATE");
        if (!hasLcmState) throw reader.Invalid("an object without a LCM_STATE");
        Raw = Complete(ref reader, start);
    }

    /// <summary>The state.</summary>
    public VmState State { get; init; }

    /// <summary>What it does on its host while its state is <see cref="VmState.Active"/>.</summary>
    public LcmState LcmState { get; init; }

    /// <summary>The state before; not in the short form.</summary>
    public VmState? PreviousState { get; init; }

    /// <summary>What it did before; not in the short form.</summary>
    public LcmState? PreviousLcmState { get; init; }

    /// <summary>When it was last monitored.</summary>
    public DateTimeOffset? LastPoll { get; init; }

    /// <summary>Whether it waits to be scheduled to another host.</summary>
    public bool IsRescheduled { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>When it was over.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>What the hypervisor calls it; empty before it was first started.</summary>
    public string DeployId { get; init; } = "";

    /// <summary>What was measured last; without a time when nothing was.</summary>
    public VmMonitoring? Monitoring
    {
        get => _monitoring.Get();
        init => _monitoring = new LazyPart<VmMonitoring>(value);
    }

    /// <summary>The ids of its scheduled actions.</summary>
    public IReadOnlyList<int> ScheduledActionIds { get; init; } = ModelList<int>.Empty;

    /// <summary>What users and programs noted about it, and the message of the last failure in <c>ERROR</c>.</summary>
    public StoredTemplate UserTemplate
    {
        get => _userTemplate.Get();
        init => _userTemplate = new LazyTemplate(value);
    }

    /// <summary>Its times on hosts, the first one first. The short form has the last one.</summary>
    public IReadOnlyList<VmHistory> History { get; init; } = ModelList<VmHistory>.Empty;

    /// <summary>The snapshots of its disks, for each disk that has some.</summary>
    public IReadOnlyList<DiskSnapshots> DiskSnapshots { get; init; } = ModelList<DiskSnapshots>.Empty;

    /// <summary>Its backups; <see langword="null"/> in the short form.</summary>
    public VmBackups? Backups
    {
        get => _backups.Get();
        init => _backups = new LazyPart<VmBackups>(value);
    }

    /// <summary>The memory in MiB.</summary>
    public int? MemoryMb => int.TryParse(TemplateValue("MEMORY"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>The share of a physical processor that it is given; 0.5 is half of one.</summary>
    public double? Cpu => double.TryParse(TemplateValue("CPU"), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    /// <summary>The number of virtual processors.</summary>
    public int? VirtualCpus => int.TryParse(TemplateValue("VCPU"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>The id of the template that it was made from.</summary>
    public int? TemplateId => int.TryParse(TemplateValue("TEMPLATE_ID"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : null;

    /// <summary>What went wrong last, as OpenNebula notes it in <c>USER_TEMPLATE/ERROR</c>.</summary>
    public string? Error => _userTemplate.Scalar("ERROR");

    /// <summary>The time on a host that goes on, or was the last.</summary>
    public VmHistory? Placement => History.Count == 0 ? null : History[^1];

    /// <summary>The disks, read from the template at each call.</summary>
    public IReadOnlyList<VmDisk> Disks => [.. Template.Vectors("DISK").Select(disk => new VmDisk(disk))];

    /// <summary>The network interfaces, read from the template at each call; aliases are in <see cref="NicAliases"/>.</summary>
    public IReadOnlyList<VmNic> Nics => [.. Template.Vectors("NIC").Select(nic => new VmNic(nic))];

    /// <summary>Further addresses of network interfaces, read from the template at each call.</summary>
    public IReadOnlyList<VmNic> NicAliases => [.. Template.Vectors("NIC_ALIAS").Select(nic => new VmNic(nic))];

    /// <summary>The snapshots of the whole machine, read from the template at each call.</summary>
    public IReadOnlyList<VmSnapshot> Snapshots => [.. Template.Vectors("SNAPSHOT").Select(snapshot => new VmSnapshot(snapshot))];

    /// <summary>The scheduled actions, read from the template at each call; <c>one.vm.info</c> alone has them.</summary>
    public IReadOnlyList<ScheduledAction> ScheduledActions => [.. Template.Vectors("SCHED_ACTION").Select(ScheduledAction.From)];

    static ReadOnlySpan<byte> IModel<VirtualMachine>.ElementName => "VM"u8;

    /// <summary>Reads an element of an answer in UTF-8: <c>VM</c>.</summary>
    /// <param name="xml">The element, without anything around it; it is kept, and must not be changed.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualMachine Parse(ReadOnlyMemory<byte> xml) => ModelReader.Parse<VirtualMachine>(xml);

    /// <summary>Reads an element of an answer: <c>VM</c>.</summary>
    /// <param name="xml">The element, without anything around it.</param>
    /// <exception cref="OpenNebulaException">It is malformed, another element, or lacks what every such object has.</exception>
    public static VirtualMachine ParseXml(string xml)
    {
        ArgumentNullException.ThrowIfNull(xml);
        return Parse(System.Text.Encoding.UTF8.GetBytes(xml));
    }

    static VirtualMachine IModel<VirtualMachine>.Read(ref ModelReader reader) => Read(ref reader);

    internal static VirtualMachine Read(ref ModelReader reader) => new(ref reader);
}
