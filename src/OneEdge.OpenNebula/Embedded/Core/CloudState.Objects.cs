using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Storage, networks, marketplaces and the smaller kinds of objects.</summary>
internal sealed partial class CloudState
{
    public DatastoreArea Datastores { get; private set; } = null!;

    public ImageArea Images { get; private set; } = null!;

    public NetworkArea Networks { get; private set; } = null!;

    public NetworkNics Nics { get; private set; } = null!;

    public VnTemplateArea VnTemplates { get; private set; } = null!;

    public SecurityGroupArea SecurityGroups { get; private set; } = null!;

    public MarketArea Markets { get; private set; } = null!;

    public AppArea Apps { get; private set; } = null!;

    public HookArea Hooks { get; private set; } = null!;

    public VdcArea Vdcs { get; private set; } = null!;

    public VmGroupArea VmGroups { get; private set; } = null!;

    public VirtualRouterArea VirtualRouters { get; private set; } = null!;

    public BackupJobArea BackupJobs { get; private set; } = null!;

    /// <summary>The cluster that a call gives to a new object; -1 is the default one.</summary>
    public CloudCluster ClusterForNew(int id) => Clusters.Pool.Get(id == -1 ? ClusterArea.Default : id);

    public CloudObject? FindVm(int id) => Vms.Pool.Find(id);

    public CloudObject? FindHost(int id) => Hosts.Pool.Find(id);

    /// <summary>A change of state of an image or a network.</summary>
    public void PublishChange(CloudObject item, string name) => PublishState(item, name);

    /// <summary>What is written into the attribute ERROR: the time, and what happened.</summary>
    public string ErrorText(string message)
    {
        string day = Actions.Now.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return string.Create(CultureInfo.InvariantCulture, $"{Actions.Now:ddd MMM} {day} {Actions.Now:HH:mm:ss yyyy} : {message}");
    }

    /// <summary>Work in the background for an object; it is told whether it went well.</summary>
    public void Work(EmbeddedWork work, int id, Action<bool> done) =>
        Actions.After(Options.Delays.Image + Faults.Delay(work, id, null), () => done(!Faults.Fails(work, id, null)));

    private void AddObjects()
    {
        Vdcs = new VdcArea(this);
        Datastores = new DatastoreArea(this);
        Images = new ImageArea(this);
        Networks = new NetworkArea(this);
        Nics = new NetworkNics(this);
        VnTemplates = new VnTemplateArea(this);
        SecurityGroups = new SecurityGroupArea(this);
        Markets = new MarketArea(this);
        Apps = new AppArea(this);
        Hooks = new HookArea(this);
        VmGroups = new VmGroupArea(this);
        VirtualRouters = new VirtualRouterArea(this);
        BackupJobs = new BackupJobArea(this);
        VmDisks = new ImageDisks(this);
        VmNics = Nics;
        Register(Datastores, Images, Networks, VnTemplates, SecurityGroups, Markets, Apps, Hooks, Vdcs, VmGroups, VirtualRouters, BackupJobs);
    }
}
