namespace OneEdge.OpenNebula.Embedded;

/// <summary>Virtual data centres. New groups are in the default one, which has every cluster.</summary>
internal sealed class VdcArea : ObjectArea<CloudVdc>
{
    private const int Default = 0;
    private const int FirstOwn = 100;
    private const int UsersGroup = 1;
    private const int OnlyZone = 0;
    private const string DefaultDescription =
        "Every new group is added to this VDC. Use it to store default access rules for your groups. "
        + "NOTE: You may need to remove a group from the default VDC before assigning it to other VDC.";

    public VdcArea(CloudState state)
        : base(state, ObjectKind.Vdc, "one.vdc", FirstOwn)
    {
        var vdc = new CloudVdc(Default, "default") { Template = StoredTemplate.Create([new TemplateAttribute("DESCRIPTION", DefaultDescription)]) };
        Pool.Add(vdc);
        vdc.Groups.Add(UsersGroup);
        // The rules are there already: they are those that every cloud begins with.
        vdc.Clusters.Add(state.Access, vdc.Groups, OnlyZone, VdcResources.All);
    }

    protected override bool NamesAreOfOwners => false;

    protected override AccessOperation DeleteOperation => AccessOperation.Admin;

    public override void Register(MethodTable table)
    {
        table.Add("one.vdc.allocate", "s", Allocate);
        AddInfo(table);
        table.Add("one.vdcpool.info", "", PoolInfo);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        table.Add("one.vdc.addgroup", "ii", call => EditGroup(call, isAdded: true));
        table.Add("one.vdc.delgroup", "ii", call => EditGroup(call, isAdded: false));
        AddResource(table, "cluster", v => v.Clusters, id => State.Clusters.Pool.Find(id));
        AddResource(table, "host", v => v.Hosts, State.FindHost);
        AddResource(table, "datastore", v => v.Datastores, id => State.Datastores.Pool.Find(id));
        AddResource(table, "vnet", v => v.Networks, id => State.Networks.Pool.Find(id));
    }

    /// <summary>Takes a new group into the default VDC, with the rules that this means.</summary>
    public void AddToDefault(int group)
    {
        if (Pool.Find(Default) is { } vdc) AddGroup(vdc, group);
    }

    public void ForgetGroup(int group)
    {
        foreach (CloudVdc vdc in Pool.Ordered) vdc.Groups.Remove(group);
    }

    public void ForgetDatastore(int id) => Forget(v => v.Datastores, id);

    public void ForgetNetwork(int id) => Forget(v => v.Networks, id);

    public void ForgetHost(int id) => Forget(v => v.Hosts, id);

    public void ForgetCluster(int id) => Forget(v => v.Clusters, id);

    protected override RpcValue PoolInfo(CloudCall call) => PoolQuery.Write(call, Kind, PoolQuery.Visible(call, Pool, PoolQuery.All));

    protected override string Taken(CloudVdc owner) => FormattableString.Invariant($"NAME is already taken by Vdc {owner.Id}.");

    protected override void Drop(CloudCall call, CloudVdc item)
    {
        if (item.Id < FirstOwn) throw CannotDelete("System VDCs (ID < 100) cannot be deleted.");
        Pool.Remove(item);
        foreach (int group in item.Groups)
        {
            foreach (VdcResources resources in item.Resources) resources.RemoveGroup(State.Access, group);
        }
    }

    private void Forget(Func<CloudVdc, VdcResources> resources, int id)
    {
        foreach (CloudVdc vdc in Pool.Ordered) resources(vdc).Forget(State.Access, vdc.Groups, id);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        string name = template.Get("NAME") ?? "";
        CheckName(name, -1);
        return Enter(call, new CloudVdc(Pool.TakeId(), name) { Template = TemplateTexts.Without(template, "NAME") });
    }

    private RpcValue EditGroup(CloudCall call, bool isAdded)
    {
        (int id, int gid) = (call.Int(1), call.Int(2));
        CloudVdc vdc = Pool.Get(id);
        CloudGroup? group = State.Groups.Pool.Find(gid);
        if (group is null && isAdded) throw CallRefusal.NoExists(ObjectKind.Group, gid);
        if (group is null) call.Authorize(AccessOperation.Admin, vdc);
        else call.Authorize((AccessOperation.Admin, vdc.Access), (AccessOperation.Admin, group.Access));
        if (isAdded)
        {
            if (vdc.Groups.Contains(gid)) throw CallRefusal.Internal(FormattableString.Invariant($"Group {gid} is already assigned to the VDC {id}"));
            AddGroup(vdc, gid);
        }
        else
        {
            if (!vdc.Groups.Remove(gid)) throw CallRefusal.Internal(FormattableString.Invariant($"Group {gid} is not assigned to the VDC {id}"));
            foreach (VdcResources resources in vdc.Resources) resources.RemoveGroup(State.Access, gid);
        }

        return id;
    }

    private void AddGroup(CloudVdc vdc, int group)
    {
        vdc.Groups.Add(group);
        foreach (VdcResources resources in vdc.Resources) resources.AddGroup(State.Access, group);
    }

    private void AddResource(MethodTable table, string name, Func<CloudVdc, VdcResources> resources, Func<int, CloudObject?> find)
    {
        table.Add($"one.vdc.add{name}", "iii", call => EditResource(call, resources, find, isAdded: true));
        table.Add($"one.vdc.del{name}", "iii", call => EditResource(call, resources, find, isAdded: false));
    }

    private RpcValue EditResource(CloudCall call, Func<CloudVdc, VdcResources> resources, Func<int, CloudObject?> find, bool isAdded)
    {
        (int id, int zone, int resource) = (call.Int(1), call.Int(2), call.Int(3));
        CloudVdc vdc = Pool.Get(id);
        if (zone != OnlyZone && isAdded) throw CallRefusal.NoExists(ObjectKind.Zone, zone);
        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Admin, vdc.Access)];
        VdcResources edited = resources(vdc);
        if (resource != VdcResources.All && zone == OnlyZone)
        {
            CloudObject? found = find(resource);
            if (found is null && isAdded) throw CallRefusal.NoExists(edited.Kind, resource);
            if (found is not null) wanted.Add((AccessOperation.Admin, found.Access));
        }

        call.Authorize([.. wanted]);
        if (isAdded) edited.Add(State.Access, vdc.Groups, zone, resource);
        else edited.Remove(State.Access, vdc.Groups, zone, resource);
        return id;
    }
}
