using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>A virtual machine.</summary>
internal sealed partial class CloudVm(int id, string name) : CloudObject(ObjectKind.Vm, id, name)
{
    /// <summary>The driver that all disks of the cloud are copied with.</summary>
    public const string TransferDriver = "dummy";

    /// <summary>How many values of monitoring a machine keeps.</summary>
    public const int MaxSamples = 100;

    // So that sums of what machines want stay numbers.
    private const long Most = 1L << 32;

    private readonly List<CloudVmHistory> _history = [];
    private (StoredTemplate Of, long Memory, long Cpu) _needs = (EmptyTemplate, 0, 0);

    public VmState State { get; private set; } = VmState.Init;

    public LcmState Lcm { get; private set; } = LcmState.LcmInit;

    public VmState PreviousState { get; private set; }

    public LcmState PreviousLcm { get; private set; }

    /// <summary>Grows with each change of state, so that work which was planned before it is not done after it.</summary>
    public int Turn { get; private set; }

    public bool IsReschedulable { get; set; }

    public long Created { get; init; }

    public long Ended { get; set; }

    public long LastPoll { get; set; }

    public string DeployId { get; set; } = "";

    public StoredTemplate UserTemplate { get; set; } = EmptyTemplate;

    /// <summary>The latest values of monitoring, and those before.</summary>
    public List<SortedDictionary<string, string>> Samples { get; } = [];

    public List<CloudSchedAction> SchedActions { get; } = [];

    public List<CloudDiskSnapshots> DiskSnapshots { get; } = [];

    public CloudVmBackups Backups { get; } = new();

    public IReadOnlyList<CloudVmHistory> History => _history;

    public CloudVmHistory? Stay => _history.Count > 0 ? _history[^1] : null;

    /// <summary>Whether its host keeps room for it.</summary>
    public bool HoldsCapacity { get; set; }

    /// <summary>The host that keeps room for it until it has moved to another one.</summary>
    public CloudHost? Leaving { get; set; }

    /// <summary>Memory in KiB, as hosts count.</summary>
    public long Memory => Needs.Memory;

    /// <summary>Processors in hundredths, as hosts count.</summary>
    public long Cpu => Needs.Cpu;

    // Read once: each host is asked whether it has the room.
    private (StoredTemplate Of, long Memory, long Cpu) Needs
    {
        get
        {
            if (!ReferenceEquals(_needs.Of, Template)) _needs = (Template, MemoryOf(Template), CpuOf(Template));
            return _needs;
        }
    }

    public override IEnumerable<int> ClusterIds => Stay is { } stay ? [stay.Host.ClusterId] : [];

    /// <summary>The state as messages name it.</summary>
    public string StateName => State == VmState.Active ? StateNames.Of(Lcm) : StateNames.Of(State);

    public bool IsRunning => State == VmState.Active && Lcm == LcmState.Running;

    public bool IsBackingUp => State == VmState.Active && Lcm is LcmState.Backup or LcmState.BackupPoweroff;

    public bool IsIn(VmState state, LcmState lcm = LcmState.LcmInit) => State == state && Lcm == lcm;

    public void Set(VmState state, LcmState lcm = LcmState.LcmInit)
    {
        (State, Lcm) = (state, lcm);
        Turn++;
    }

    /// <summary>Called when a change was published, or is there from the beginning.</summary>
    public void Settle() => (PreviousState, PreviousLcm) = (State, Lcm);

    public CloudVmHistory NewStay(CloudHost host, int datastore)
    {
        var stay = new CloudVmHistory(Id, _history.Count, host, datastore);
        _history.Add(stay);
        return stay;
    }

    /// <summary>Drops the last stay: a migration that came to nothing.</summary>
    public void DropStay() => _history.RemoveAt(_history.Count - 1);

    public TemplateAttribute? Disk(int diskId) => Part("DISK", "DISK_ID", diskId);

    public TemplateAttribute? Nic(int nicId) => Part("NIC", "NIC_ID", nicId) ?? Part("NIC_ALIAS", "NIC_ID", nicId);

    public CloudDiskSnapshots? SnapshotsOf(int diskId) => DiskSnapshots.Find(s => s.DiskId == diskId);

    /// <summary>Changes a part of the template, or takes it out when <paramref name="changed"/> is <see langword="null"/>.</summary>
    public void Change(TemplateAttribute part, TemplateAttribute? changed) => Template = TemplateTexts.Swap(Template, part, changed);

    public void Add(TemplateAttribute part) => Template = TemplateTexts.Plus(Template, part);

    private static long MemoryOf(StoredTemplate template) => Math.Min(template.TryGet("MEMORY", out long mebibytes) ? mebibytes : 0, Most) * 1024;

    private static long CpuOf(StoredTemplate template) => template.TryGet("CPU", out double cpus) ? (long)Math.Round(Math.Min(cpus, Most) * 100) : 0;

    private TemplateAttribute? Part(string name, string idName, int id)
    {
        string text = id.ToString(CultureInfo.InvariantCulture);
        return Template.Vectors(name).FirstOrDefault(v => v.Get(idName) == text);
    }
}
