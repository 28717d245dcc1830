using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Datastores: the system ones for running machines, and those of images, files and backups.</summary>
internal sealed class DatastoreArea : ObjectArea<CloudDatastore>
{
    public const int System = 0;
    public const int Default = 1;
    public const int Files = 2;
    private const int FirstOwn = 100;

    public DatastoreArea(CloudState state)
        : base(state, ObjectKind.Datastore, "one.datastore", FirstOwn)
    {
        AddDefault(System, "NAME=system\nTYPE=SYSTEM_DS\nTM_MAD=dummy");
        AddDefault(Default, "NAME=default\nTYPE=IMAGE_DS\nDS_MAD=dummy\nTM_MAD=dummy");
        AddDefault(Files, "NAME=files\nTYPE=FILE_DS\nDS_MAD=fs\nTM_MAD=ssh");
        state.Clusters.DatastoreMember = ChangeCluster;
    }

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    public override void Register(MethodTable table)
    {
        table.Add("one.datastore.allocate", "si", Allocate);
        AddInfo(table);
        table.Add("one.datastorepool.info", "", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        table.Add("one.datastore.enable", "ib", Enable);
    }

    /// <summary>What a datastore has after its images changed; the drivers of the core tell it when they are done.</summary>
    public void Monitor(CloudDatastore datastore)
    {
        if (datastore.Type == DatastoreType.System) SimulatedStorage.MeasureSystem(datastore);
        else SimulatedStorage.MeasureImages(datastore, Sizes.Sum(datastore.Images.Select(i => State.Images.Pool.Find(i)?.Size ?? 0)));
    }

    protected override RpcValue PoolInfo(CloudCall call) => PoolQuery.Write(call, Kind, PoolQuery.Visible(call, Pool, PoolQuery.All));

    protected override StoredTemplate Accept(CloudCall call, CloudDatastore item, StoredTemplate template) =>
        new DatastoreSetup(item, TemplateTexts.Without(template, "NAME")).Update();

    protected override void Updated(CloudCall call, CloudDatastore item)
    {
        if (item.TotalMegabytes == 0) MonitorLater(item);
    }

    protected override void Renamed(CloudDatastore item, string before)
    {
        foreach (int image in item.Images)
        {
            if (State.Images.Pool.Find(image) is { } found) found.DatastoreName = item.Name;
        }
    }

    protected override void Drop(CloudCall call, CloudDatastore item)
    {
        if (item.Images.Count > 0) throw CannotDelete(string.Create(CultureInfo.InvariantCulture, $"Datastore {item.Id} is not empty."));
        Pool.Remove(item);
        foreach (int cluster in item.Clusters) State.Clusters.Pool.Find(cluster)?.Datastores.Remove(item.Id);
        State.Vdcs.ForgetDatastore(item.Id);
    }

    private void AddDefault(int id, string text)
    {
        StoredTemplate template = StoredTemplate.Parse(text);
        var datastore = new CloudDatastore(id, template.Get("NAME")!) { Permissions = CloudPermissions.OfDatastore };
        datastore.Template = new DatastoreSetup(datastore, template).Create();
        datastore.SetUser(Caller.Oneadmin, "oneadmin");
        datastore.SetGroup(Caller.Oneadmin, "oneadmin");
        Pool.Add(datastore);
        Join(datastore, State.Clusters.Pool.Get(ClusterArea.Default));
        if (datastore.Type == DatastoreType.System) SimulatedStorage.MeasureSystem(datastore);
        else SimulatedStorage.MeasureImages(datastore, 0);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        CloudCluster cluster = State.ClusterForNew(call.Int(2));
        call.Authorize((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Admin, cluster.Access));
        string name = template.Get("NAME") ?? "";
        CheckName(name, -1);
        // Ids of datastores that are refused are not used up.
        new DatastoreSetup(new CloudDatastore(-1, name), template).Create();
        var datastore = new CloudDatastore(Pool.TakeId(), name) { Permissions = CloudPermissions.OfDatastore };
        datastore.Template = new DatastoreSetup(datastore, template).Create();
        Own(call, datastore);
        Join(datastore, cluster);
        MonitorLater(datastore);
        return Enter(call, datastore);
    }

    private RpcValue Enable(CloudCall call)
    {
        (int id, bool enable) = (call.Int(1), call.Flag(2));
        CloudDatastore datastore = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, datastore);
        if (datastore.Type != DatastoreType.System) throw CallRefusal.Internal("Only SYSTEM_DS can be disabled or enabled");
        datastore.IsEnabled = enable;
        return id;
    }

    private void MonitorLater(CloudDatastore datastore) => State.Actions.After(State.Options.Delays.Monitoring, () =>
    {
        if (Pool.Find(datastore.Id) is not null) Monitor(datastore);
    });

    private void ChangeCluster(CloudCall call, int id, CloudCluster cluster, bool isAdded)
    {
        CloudDatastore datastore = Pool.Get(id);
        call.Authorize((AccessOperation.Admin, cluster.Access), (AccessOperation.Admin, datastore.Access));
        if (isAdded) Join(datastore, cluster);
        else if (datastore.Clusters.Remove(cluster.Id)) cluster.Datastores.Remove(id);
    }

    private static void Join(CloudDatastore datastore, CloudCluster cluster)
    {
        datastore.Clusters.Add(cluster.Id);
        cluster.Datastores.Add(datastore.Id);
    }
}
