using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Hosts. Those of the driver <c>dummy</c> are monitored; those of other drivers stay as they are.</summary>
internal sealed class HostArea(CloudState state) : ObjectArea<CloudHost>(state, ObjectKind.Host, "one.host", firstId: 0)
{
    public const string Driver = "dummy";
    private const int MaxName = 64;

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation ChangeOperation => AccessOperation.Admin;

    public override void Register(MethodTable table)
    {
        table.Add("one.host.allocate", "sssi", Allocate);
        AddInfo(table);
        table.Add("one.hostpool.info", "", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        table.Add("one.host.status", "ii", SetStatus);
        table.Add("one.host.monitoring", "i", Monitoring);
        table.Add("one.hostpool.monitoring", "", PoolMonitoring);
    }

    /// <summary>Makes the hosts that a cloud begins with.</summary>
    public void AddFirst(int count)
    {
        for (int i = 0; i < count; i++)
        {
            CloudHost host = New(string.Create(CultureInfo.InvariantCulture, $"host{i}"), Driver, Driver, State.Clusters.Pool.Get(ClusterArea.Default));
            Monitor(host);
        }
    }

    /// <summary>Stops a host as if its power failed: its machines are lost sight of.</summary>
    public void Stop(CloudHost host)
    {
        if (host.IsDead) return;
        host.IsDead = true;
        Change(host, HostState.Error);
        State.Vms.Engine.HostLost(host);
    }

    /// <summary>Starts it again.</summary>
    public void Start(CloudHost host)
    {
        if (!host.IsDead) return;
        host.IsDead = false;
        Monitor(host);
        State.Vms.Engine.HostBack(host);
        State.Scheduler.ConsiderAll();
    }

    /// <summary>The template of hosts and clusters always has these two.</summary>
    public static StoredTemplate WithReserved(StoredTemplate template)
    {
        foreach (string name in (string[])["RESERVED_CPU", "RESERVED_MEM"])
        {
            if (template.Get(name) is null) template = TemplateTexts.With(template, name, "");
        }

        return template;
    }

    protected override string? NameProblem(string name) => name.Length is 0 or >= MaxName
        ? "Invalid HOSTNAME, HOSTNAME length should be greater than 1, but smaller than 64 characters" : NameRules.Problem(name);

    protected override RpcValue PoolInfo(CloudCall call) => PoolQuery.Write(call, Kind, PoolQuery.Visible(call, Pool, PoolQuery.All));

    // What the cloud itself keeps there stays when a user replaces the template.
    protected override StoredTemplate Accept(CloudCall call, CloudHost item, StoredTemplate template)
    {
        StoredTemplate kept = WithReserved(template);
        foreach (string name in (string[])["IM_MAD", "VM_MAD", "ARCH", "CPUSPEED", "HOSTNAME", "HYPERVISOR", "MODELNAME"])
        {
            if (item.Template.Get(name) is { } value) kept = TemplateTexts.With(kept, name, value);
        }

        return TemplateTexts.Without(kept, "NAME");
    }

    protected override void Updated(CloudCall call, CloudHost item) => State.Scheduler.ConsiderAll();

    protected override void Renamed(CloudHost item, string before) => State.Scheduler.ConsiderAll();

    protected override void Drop(CloudCall call, CloudHost item)
    {
        if (item.Vms.Count > 0) throw CannotDelete("Can not remove a host with running VMs");
        item.Cluster.Hosts.Remove(item.Id);
        Pool.Remove(item);
        State.Vdcs.ForgetHost(item.Id);
    }

    private RpcValue Allocate(CloudCall call)
    {
        (string name, string im, string vm, int cid) = (call.Text(1), call.Text(2), call.Text(3), call.Int(4, -1));
        CloudCluster cluster = State.Clusters.Pool.Get(cid == -1 ? ClusterArea.Default : cid);
        call.Authorize((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Admin, cluster.Access));
        if (im.Length == 0) throw CallRefusal.Internal("IM_MAD_NAME cannot be empty.");
        if (vm.Length == 0) throw CallRefusal.Internal("VMM_MAD_NAME cannot be empty.");
        CheckName(name, -1);
        CloudHost host = New(name, im, vm, cluster);
        Publish(host);
        call.Extra = () => host.ToXml(State.SealedView);
        if (im == Driver) State.Actions.After(State.Options.Delays.Monitoring, () => Monitor(host));
        return host.Id;
    }

    private CloudHost New(string name, string im, string vm, CloudCluster cluster)
    {
        var host = new CloudHost(Pool.TakeId(), name)
        {
            ImDriver = im,
            VmDriver = vm,
            Cluster = cluster,
            Template = WithReserved(StoredTemplate.Create([new TemplateAttribute("IM_MAD", im), new TemplateAttribute("VM_MAD", vm)])),
        };
        cluster.Hosts.Add(host.Id);
        Pool.Add(host);
        return host;
    }

    private RpcValue SetStatus(CloudCall call)
    {
        (int id, int status) = (call.Int(1), call.Int(2));
        CloudHost host = Pool.Get(id);
        call.Authorize(AccessOperation.Admin, host);
        switch (status)
        {
            case 0:
                Enable(host);
                break;
            case 1:
                Change(host, HostState.Disabled);
                break;
            case 2:
                host.SetCapacity(0, 0);
                Change(host, HostState.Offline);
                break;
            default:
                throw CallRefusal.Internal("Wrong status code");
        }

        return id;
    }

    private void Enable(CloudHost host)
    {
        if (host.State is not (HostState.Disabled or HostState.Offline)) return;
        Change(host, HostState.Init);
        if (host.ImDriver == Driver) State.Actions.After(State.Options.Delays.Monitoring, () => Monitor(host));
    }

    private void Monitor(CloudHost host)
    {
        if (host.IsDead || Pool.Find(host.Id) != host || host.State is HostState.Disabled or HostState.Offline) return;
        host.SetCapacity(State.Options.HostMemory * 1024L, State.Options.HostCpus * 100L);
        host.Monitor(State.Time);
        Change(host, HostState.Monitored);
        State.Scheduler?.ConsiderAll();
    }

    private void Change(CloudHost host, HostState to)
    {
        if (host.State == to) return;
        host.Set(to);
        Publish(host);
    }

    private void Publish(CloudHost host)
    {
        State.PublishState(host, StateNames.Of(host.State), host.Name);
        host.Settle();
    }

    private RpcValue Monitoring(CloudCall call)
    {
        CloudHost host = Pool.Get(call.Int(1));
        call.Authorize(AccessOperation.Use, host);
        return WriteMonitoring([host]);
    }

    private RpcValue PoolMonitoring(CloudCall call) => WriteMonitoring(PoolQuery.Visible(call, Pool, PoolQuery.All).Reverse());

    private static string WriteMonitoring(IEnumerable<CloudHost> hosts) => XmlText.Of(xml =>
    {
        xml.Open("MONITORING_DATA");
        foreach (CloudHost host in hosts.Where(h => h.Monitored is not null)) host.WriteMonitoring(xml);
        xml.Close("MONITORING_DATA");
    });
}
