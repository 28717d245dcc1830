using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Clusters.</summary>
internal sealed class ClusterArea : ObjectArea<CloudCluster>
{
    public const int Default = 0;
    private const int FirstOwn = 100;

    public ClusterArea(CloudState state)
        : base(state, ObjectKind.Cluster, "one.cluster", FirstOwn) => Pool.Add(New(Default, "default"));

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    /// <summary>Gives a datastore to a cluster or takes it away; whoever keeps datastores says whether there is such a one.</summary>
    public Action<CloudCall, int, CloudCluster, bool>? DatastoreMember { get; set; }

    /// <summary>The same for networks.</summary>
    public Action<CloudCall, int, CloudCluster, bool>? NetworkMember { get; set; }

    public override void Register(MethodTable table)
    {
        table.Add("one.cluster.allocate", "s", Allocate);
        AddInfo(table);
        table.Add("one.clusterpool.info", "", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        table.Add("one.cluster.addhost", "ii", AddHost);
        table.Add("one.cluster.delhost", "ii", RemoveHost);
        table.Add("one.cluster.adddatastore", "ii", call => Member(call, DatastoreMember, ObjectKind.Datastore, isAdded: true));
        table.Add("one.cluster.deldatastore", "ii", call => Member(call, DatastoreMember, ObjectKind.Datastore, isAdded: false));
        table.Add("one.cluster.addvnet", "ii", call => Member(call, NetworkMember, ObjectKind.Net, isAdded: true));
        table.Add("one.cluster.delvnet", "ii", call => Member(call, NetworkMember, ObjectKind.Net, isAdded: false));
    }

    protected override RpcValue PoolInfo(CloudCall call) =>
        PoolQuery.Write(call, Kind, PoolQuery.Visible(call, Pool, PoolQuery.All));

    protected override StoredTemplate Accept(CloudCall call, CloudCluster item, StoredTemplate template) => HostArea.WithReserved(template);

    protected override void Updated(CloudCall call, CloudCluster item) => State.Scheduler.ConsiderAll();

    protected override void Renamed(CloudCluster item, string before) => State.Scheduler.ConsiderAll();

    protected override void Drop(CloudCall call, CloudCluster item)
    {
        if (item.Id < FirstOwn) throw CannotDelete("System Clusters (ID < 100) cannot be deleted.");
        (SortedSet<int>, string)[] all = [(item.Hosts, "hosts"), (item.Datastores, "datastores"), (item.Networks, "vnets")];
        foreach ((SortedSet<int> members, string name) in all)
        {
            if (members.Count > 0)
                throw CannotDelete(string.Create(CultureInfo.InvariantCulture, $"Cluster {item.Id} is not empty, it contains {members.Count} {name}."));
        }

        Pool.Remove(item);
        State.Vdcs.ForgetCluster(item.Id);
    }

    private static CloudCluster New(int id, string name) => new(id, name) { Template = HostArea.WithReserved(CloudObject.EmptyTemplate) };

    private RpcValue Allocate(CloudCall call)
    {
        string name = call.Text(1);
        call.AuthorizeNew(Kind);
        CheckName(name, -1);
        return Enter(call, New(Pool.TakeId(), name));
    }

    private RpcValue AddHost(CloudCall call)
    {
        (int id, int hid) = (call.Int(1), call.Int(2));
        CloudHost host = State.Hosts.Pool.Get(hid);
        CloudCluster cluster = Pool.Get(id);
        call.Authorize((AccessOperation.Admin, cluster.Access), (AccessOperation.Admin, host.Access));
        Move(host, cluster);
        return id;
    }

    private RpcValue RemoveHost(CloudCall call)
    {
        (int id, int hid) = (call.Int(1), call.Int(2));
        CloudHost host = State.Hosts.Pool.Get(hid);
        CloudCluster cluster = Pool.Get(id);
        call.Authorize((AccessOperation.Admin, cluster.Access), (AccessOperation.Admin, host.Access));
        if (host.ClusterId != id)
            throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"Cannot remove from cluster. Host {hid} is not part of Cluster {id}."));
        Move(host, Pool.Get(Default));
        return id;
    }

    private void Move(CloudHost host, CloudCluster cluster)
    {
        host.Cluster.Hosts.Remove(host.Id);
        cluster.Hosts.Add(host.Id);
        host.Cluster = cluster;
        State.Scheduler.ConsiderAll();
    }

    private RpcValue Member(CloudCall call, Action<CloudCall, int, CloudCluster, bool>? change, ObjectKind kind, bool isAdded)
    {
        (int id, int member) = (call.Int(1), call.Int(2));
        if (change is null) throw CallRefusal.NoExists(kind, member);
        CloudCluster cluster = Pool.Get(id);
        change(call, member, cluster, isAdded);
        return id;
    }
}
