namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// Virtual networks: created and deleted in two steps, with ranges of addresses that machines and reservations lease (OpenNebula 6.10 source, src/vnm).
/// </summary>
internal sealed partial class NetworkArea : ObjectArea<CloudNetwork>
{
    private readonly VlanIds _vlans = new();

    public NetworkArea(CloudState state)
        : base(state, ObjectKind.Net, "one.vn", firstId: 0) => state.Clusters.NetworkMember = ChangeCluster;

    public override void Register(MethodTable table)
    {
        table.Add("one.vn.allocate", "si", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.vn.add_ar", "is", call => ChangeAddresses(call, AddRange));
        table.Add("one.vn.update_ar", "is", call => ChangeAddresses(call, UpdateRange));
        table.Add("one.vn.hold", "is", call => ChangeAddresses(call, Hold));
        table.Add("one.vn.release", "is", call => ChangeAddresses(call, Release));
        table.Add("one.vn.rm_ar", "iib", RemoveRange);
        table.Add("one.vn.free_ar", "ii", RemoveRange);
        table.Add("one.vn.reserve", "is", Reserve);
        table.Add("one.vn.recover", "ii", Recover);
    }

    /// <summary>Publishes the state of a network when it changed.</summary>
    public void Save(CloudNetwork network)
    {
        if (network.HasNews) State.PublishChange(network, network.StateName);
        network.Settle();
    }

    /// <summary>Makes a network, which is created for good a little later.</summary>
    /// <exception cref="CallRefusal">The network cannot be (8192).</exception>
    internal CloudNetwork Create(CloudCall call, StoredTemplate template, IEnumerable<int> clusters, int parent = -1)
    {
        string name = template.Get("NAME") ?? "";
        if (NameOwner(name, call.Caller.Uid) is { } owner) throw CallRefusal.Internal(NameRules.Taken(owner));
        string prefix = template.Get("TEMPLATE_NAME") ?? "";
        if (name.Length == 0 && prefix.Length == 0) throw CallRefusal.Internal("No NAME in template for Virtual Network.");
        if (name.Length > 0 && NameRules.Problem(name) is { } problem) throw CallRefusal.Internal(problem);
        // Ids of networks that are refused are not used up.
        NetworkSetup.Create(new CloudNetwork(-1, name), template);
        int id = Pool.TakeId();
        if (name.Length == 0) name = FormattableString.Invariant($"{prefix}-{id}");
        var network = new CloudNetwork(id, name) { ParentId = parent, Clusters = [.. clusters] };
        NetworkSetup.Create(network, template);
        Own(call, network);
        bool hasVlan = _vlans.Assign(network);
        Pool.Add(network);
        if (hasVlan) Save(network);
        State.Work(EmbeddedWork.NetworkCreate, id, success => Complete(network, success));
        return network;
    }

    internal void Join(CloudNetwork network)
    {
        foreach (int id in network.Clusters) State.Clusters.Pool.Find(id)?.Networks.Add(network.Id);
    }

    protected override RpcValue Info(CloudCall call)
    {
        int id = call.Int(1);
        CloudNetwork network = Pool.Get(id);
        call.Authorize(AccessOperation.UseIgnoringLocks, network);
        XmlView view = call.View(call.Caller.IsAdmin && call.Flag(2, false));
        bool showsAll = call.Caller.IsAdmin || State.Access.Allows(call.Caller, AccessOperation.Manage, network.Access);
        return XmlText.Of(xml => network.WriteExtended(xml, view, h => showsAll || IsVisible(call, h)));
    }

    protected override StoredTemplate Accept(CloudCall call, CloudNetwork item, StoredTemplate template)
    {
        template = RestrictedNames.OfNetworks.Keep(call, item.Template, TemplateTexts.Without(template, "NAME"));
        try
        {
            return NetworkSetup.Update(item, template);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal($"Cannot update template. {refusal.Message}");
        }
    }

    protected override void Drop(CloudCall call, CloudNetwork item)
    {
        if (item.UsedCount > 0) throw CannotDelete("Can not remove a virtual network with leases in use");
        if (item.State is VirtualNetworkState.LockCreate or VirtualNetworkState.LockDelete or VirtualNetworkState.Done)
            throw CannotDelete($"Can not remove a Virtual Network, wrong state {item.StateName}");
        item.RemoveRanges();
        item.Set(VirtualNetworkState.LockDelete);
        Save(item);
        State.Actions.After(State.Options.Delays.Image, () =>
        {
            if (Pool.Find(item.Id) == item && item.State == VirtualNetworkState.LockDelete) Remove(item);
        });
    }

    private bool IsVisible(CloudCall call, LeaseHolder holder)
    {
        CloudObject? item = holder.Kind == ObjectKind.Net ? Pool.Find(holder.Id)
            : holder.Kind == ObjectKind.VirtualRouter ? State.VirtualRouters.Pool.Find(holder.Id) : State.FindVm(holder.Id);
        return item is not null && PoolQuery.IsVisible(call, item);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        CloudCluster cluster = State.ClusterForNew(call.Int(2));
        call.Authorize((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)), (AccessOperation.Admin, cluster.Access));
        CloudNetwork network = Create(call, template, [cluster.Id]);
        Join(network);
        call.Extra = () => network.ToXml(State.SealedView);
        return network.Id;
    }

    private void Complete(CloudNetwork network, bool success)
    {
        if (Pool.Find(network.Id) != network || network.State != VirtualNetworkState.LockCreate) return;
        if (!success)
        {
            Fail(network, "Error creating virtual network");
            return;
        }

        TemplateAttribute[] ranges = [.. network.Template.Vectors("AR")];
        network.Template = NetworkSetup.Update(network, TemplateTexts.Without(network.Template, "ERROR", "AR"));
        network.Set(VirtualNetworkState.Ready);
        try
        {
            foreach (TemplateAttribute range in ranges) network.Add(CloudAddressRange.Create(network.NextRangeId, WithIpam(network, range), State.Random));
        }
        catch (CallRefusal refusal)
        {
            Fail(network, refusal.Message);
            return;
        }

        Save(network);
    }

    private void Remove(CloudNetwork network)
    {
        network.Set(VirtualNetworkState.Done);
        network.Template = TemplateTexts.Without(network.Template, "ERROR");
        Save(network);
        Forget(network);
        if (!network.IsReservation || Pool.Find(network.ParentId) is not { } parent) return;
        var holder = new LeaseHolder(ObjectKind.Net, network.Id);
        foreach (CloudAddressRange range in parent.Ranges.Values) range.FreeAll(holder);
    }

    private void Forget(CloudNetwork network)
    {
        Pool.Remove(network);
        State.Quotas.Forget(network);
        _vlans.Release(network);
        foreach (int id in network.Clusters) State.Clusters.Pool.Find(id)?.Networks.Remove(network.Id);
        State.Vdcs.ForgetNetwork(network.Id);
    }

    private RpcValue Recover(CloudCall call)
    {
        (int id, int operation) = (call.Int(1), call.Int(2));
        if (operation is < 0 or > 3) throw CallRefusal.Action("Wrong recovery operation code");
        CloudNetwork network = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, network);
        bool isOngoing = network.State is VirtualNetworkState.Init or VirtualNetworkState.LockCreate or VirtualNetworkState.LockDelete;
        bool isAllowed = operation switch
        {
            0 => isOngoing,
            1 => isOngoing || network.State is VirtualNetworkState.Error or VirtualNetworkState.UpdateFailure,
            2 => isOngoing || network.State == VirtualNetworkState.Error,
            _ => network.State == VirtualNetworkState.UpdateFailure,
        };
        string name = ((string[])["failure", "success", "delete", "retry"])[operation];
        if (!isAllowed)
            throw CallRefusal.Internal(FormattableString.Invariant($"Could not perform 'recover {name}' on VN {id}, wrong state {network.StateName}."));
        Recover(network, operation);
        return id;
    }

    private void Fail(CloudNetwork network, string message)
    {
        network.Template = TemplateTexts.With(network.Template, "ERROR", State.ErrorText(message));
        network.Set(VirtualNetworkState.Error);
        Save(network);
    }

    private void Recover(CloudNetwork network, int operation)
    {
        if (operation == 0)
        {
            Fail(network, "Failure forced by user");
        }
        else if (operation == 2 || network.State == VirtualNetworkState.LockDelete)
        {
            Remove(network);
        }
        else
        {
            network.Template = TemplateTexts.Without(network.Template, "ERROR");
            network.Set(VirtualNetworkState.Ready);
            Save(network);
        }
    }

    private void ChangeCluster(CloudCall call, int id, CloudCluster cluster, bool isAdded)
    {
        CloudNetwork network = Pool.Get(id);
        call.Authorize((AccessOperation.Admin, cluster.Access), (AccessOperation.Admin, network.Access));
        if (isAdded && network.Clusters.Add(cluster.Id)) cluster.Networks.Add(id);
        else if (!isAdded && network.Clusters.Remove(cluster.Id)) cluster.Networks.Remove(id);
    }
}
