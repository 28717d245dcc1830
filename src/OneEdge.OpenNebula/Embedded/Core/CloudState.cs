using System.Globalization;
using System.Security.Cryptography;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>All of the cloud: its objects, its clock and what is to happen. It is touched by one thread at a time.</summary>
internal sealed partial class CloudState
{
    public CloudState(EmbeddedCloudOptions options, DateTimeOffset start)
    {
        Options = options;
        Actions = new TimedActions(start);
        Random = new Random(options.Seed);
        var key = new byte[32];
        Random.NextBytes(key);
        ClearView = new XmlView(showsSecrets: true, key);
        SealedView = new XmlView(showsSecrets: false, key);
        Access.AddDefaults();
        Quotas = new QuotaLedger(this);
        Groups = new GroupArea(this);
        Users = new UserArea(this);
        Documents = new DocumentArea(this);
        Clusters = new ClusterArea(this);
        Hosts = new HostArea(this);
        Vms = new VmArea(this);
        Templates = new TemplateArea(this);
        Scheduler = new Scheduler(this);
        Register(new SystemMethods(this), new AclMethods(this), new ZoneArea(this), Users, Groups, Clusters, Hosts, Vms, Templates, Documents);
        AddObjects();
        Hosts.AddFirst(options.Hosts);
    }

    public EmbeddedCloudOptions Options { get; }

    public TimedActions Actions { get; }

    public EventOutlet Events { get; } = new();

    public AccessControl Access { get; } = new();

    public MethodTable Methods { get; } = new();

    /// <summary>Chance, the same for the same seed.</summary>
    public Random Random { get; }

    public XmlView ClearView { get; }

    public XmlView SealedView { get; }

    /// <summary>What users and groups use, and may use.</summary>
    public QuotaLedger Quotas { get; }

    public GroupArea Groups { get; }

    public UserArea Users { get; }

    public DocumentArea Documents { get; }

    public ClusterArea Clusters { get; }

    public HostArea Hosts { get; }

    public VmArea Vms { get; }

    public TemplateArea Templates { get; }

    public Scheduler Scheduler { get; }

    /// <summary>The id of the next scheduled action.</summary>
    public int NextSchedAction { get; set; }

    /// <summary>What is to fail, to be slow or to get lost.</summary>
    public FaultPlan Faults { get; } = new();

    /// <summary>The images behind the disks of machines.</summary>
    public IVmDisks VmDisks { get; set; } = null!;

    /// <summary>The networks behind the NICs of machines.</summary>
    public IVmNics VmNics { get; set; } = null!;

    /// <summary>The time of the cloud in seconds of Unix time, as the core keeps it.</summary>
    public long Time => Actions.Now.ToUnixTimeSeconds();

    /// <summary>A call that the cloud makes itself, as oneadmin.</summary>
    public CloudCall CallOfAdmin(string method, params ReadOnlySpan<RpcValue> parameters) =>
        new(Methods.Get(method), ["", .. parameters], this, -1) { Caller = Users.Oneadmin };

    /// <summary>Text of 64 hexadecimal digits that nobody guesses without the seed.</summary>
    public string NewToken()
    {
        var bytes = new byte[32];
        Random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>Publishes a change of state of an object: twice, as the core does (OpenNebula 6.10 source, src/hm).</summary>
    /// <param name="item">The object.</param>
    /// <param name="name">The name of its new state.</param>
    /// <param name="remoteHost">The host that the message names.</param>
    public void PublishState(CloudObject item, string name, string? remoteHost = null)
    {
        if (!Events.IsObserved) return;
        string kind = item.Kind.Right;
        string Payload() => CloudStateMessage.Write(item, name, remoteHost, SealedView);
        Events.Publish(string.Create(CultureInfo.InvariantCulture, $"EVENT {kind} {item.Id}/{name}/ "), Payload);
        Events.Publish(string.Create(CultureInfo.InvariantCulture, $"EVENT STATE {kind}/{name}//{item.Id} "), Payload);
    }

    public static string Hash(string password) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(password)));

    private void Register(params ReadOnlySpan<IMethodArea> areas)
    {
        foreach (IMethodArea area in areas) area.Register(Methods);
    }
}
