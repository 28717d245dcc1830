namespace OneEdge.OpenNebula.Embedded;

/// <summary>Virtual routers: NICs with floating addresses, and the machines that serve them (OpenNebula 6.10 source, src/vrouter).</summary>
internal sealed class VirtualRouterArea(CloudState state) : ObjectArea<CloudVirtualRouter>(state, ObjectKind.VirtualRouter, "one.vrouter", firstId: 0)
{
    private const int KeepalivedIds = 255;
    private const int MaxMachines = 1_000;

    private static readonly string[] OfVms =
        ["MAC", "IP", "IP6_LINK", "IP6_ULA", "IP6_GLOBAL", "VLAN_ID"];

    private static readonly string[] Restricted =
    [
        "MAC", "VLAN_ID", "BRIDGE", "FILTER", "FILTER_IP_SPOOFING", "FILTER_MAC_SPOOFING", "INBOUND_AVG_BW", "INBOUND_PEAK_BW", "INBOUND_PEAK_KB",
        "OUTBOUND_AVG_BW", "OUTBOUND_PEAK_BW", "OUTBOUND_PEAK_KB", "OPENNEBULA_MANAGED", "EXTERNAL",
    ];

    private readonly RouterMachines _machines = new(state);

    public override void Register(MethodTable table)
    {
        table.Add("one.vrouter.allocate", "s", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.vrouter.instantiate", "iiisbs", Instantiate);
        table.Add("one.vrouter.attachnic", "is", Attach);
        table.Add("one.vrouter.detachnic", "ii", Detach);
    }

    protected override RpcValue Info(CloudCall call)
    {
        ForgetEnded();
        return base.Info(call);
    }

    protected override RpcValue PoolInfo(CloudCall call)
    {
        ForgetEnded();
        return base.PoolInfo(call);
    }

    // The NICs cannot be updated.
    protected override StoredTemplate Accept(CloudCall call, CloudVirtualRouter item, StoredTemplate template) =>
        StoredTemplate.Create([.. TemplateTexts.Without(template, "NAME", "NIC"), .. item.Template.Vectors("NIC")]);

    protected override void Drop(CloudCall call, CloudVirtualRouter item)
    {
        ForgetEnded();
        Pool.Remove(item);
        State.Quotas.Forget(item);
        TemplateAttribute[] nics = [.. item.Template.Vectors("NIC")];
        item.Template = TemplateTexts.Without(item.Template, "NIC");
        foreach (TemplateAttribute nic in nics) Release(item, nic);
        foreach (int vm in item.Vms.ToArray()) _machines.Terminate(call, vm);
    }

    // Machines that ended are no machines of a router.
    private void ForgetEnded()
    {
        foreach (CloudVirtualRouter router in Pool.Ordered) router.Vms.RemoveWhere(vm => !_machines.Exists(vm));
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Create, AccessTarget.New(Kind, call.Caller))];
        foreach (TemplateAttribute nic in template.Vectors("NIC"))
        {
            if (State.Nics.Find(call.Caller, nic, out _) is { } network) wanted.Add((AccessOperation.Use, network.Access));
        }

        call.Authorize([.. wanted]);
        State.Quotas.Require(call, () => Usage(call, template));
        string name = template.Get("NAME") ?? "";
        if (NameProblem(name) is { } problem) throw CallRefusal.Internal(problem);
        var router = new CloudVirtualRouter(Pool.TakeId(), name);
        Own(call, router);
        List<TemplateAttribute> nics = [];
        try
        {
            foreach (TemplateAttribute nic in template.Vectors("NIC")) nics.Add(Leased(call, router, nic, nics.Count));
        }
        catch (CallRefusal)
        {
            foreach (TemplateAttribute nic in nics) Release(router, nic);
            throw;
        }

        router.Template = StoredTemplate.Create([.. TemplateTexts.Without(template, "NAME", "NIC"), .. nics]);
        State.Quotas.Settle(router);
        return Enter(call, router);
    }

    private static QuotaUsage Usage(CloudCall call, StoredTemplate sent) => NetworkUsage.OfRouter(sent.Vectors("NIC").Select(n => NetworkUsage.Named(call, n)));

    private TemplateAttribute Leased(CloudCall call, CloudVirtualRouter router, TemplateAttribute nic, int nicId)
    {
        if (string.Equals(nic.Get("NETWORK_MODE"), "AUTO", StringComparison.OrdinalIgnoreCase))
            throw CallRefusal.Internal("Virtual Router is incompatible with auto mode");
        SortedDictionary<string, string> items = Vectors.Items(nic);
        items["NIC_ID"] = FormattableString.Invariant($"{nicId}");
        CloudNetwork? network = State.Nics.Find(call.Caller, nic, out string? problem);
        if (problem is not null) throw CallRefusal.Internal(problem);
        if (network is null) return Vectors.Of("NIC", items);
        items["NETWORK"] = network.Name;
        items["NETWORK_ID"] = FormattableString.Invariant($"{network.Id}");
        if (TemplateTexts.IsYes(nic.Get("FLOATING_IP")))
        {
            if (NetworkNics.Lease(network, nic, new LeaseHolder(Kind, router.Id)) is not var (range, lease))
                throw CallRefusal.Internal(NetworkNics.NoLease(network));
            NetworkNics.Apply(items, range, lease);
        }

        network.VirtualRouters.Add(router.Id);
        return ForVm(Vectors.Of("NIC", items));
    }

    // The floating address is the router's: its machines get their own.
    private static TemplateAttribute ForVm(TemplateAttribute nic)
    {
        if (!TemplateTexts.IsYes(nic.Get("FLOATING_IP"))) return nic;
        SortedDictionary<string, string> items = Vectors.Items(nic);
        foreach (string name in OfVms)
        {
            if (items.Remove(name, out string? value)) items[$"VROUTER_{name}"] = value;
        }

        foreach (string name in Restricted) items.Remove(name);
        return Vectors.Of("NIC", items);
    }

    // A NIC that the router has no more; others of it may be in the same network.
    private void Release(CloudVirtualRouter router, TemplateAttribute nic)
    {
        if (!nic.TryGet("NETWORK_ID", out int id) || State.Networks.Pool.Find(id) is not { } network) return;
        NetworkNics.Free(network, nic, "VROUTER_MAC", new LeaseHolder(Kind, router.Id));
        if (!router.Template.Vectors("NIC").Any(n => n.TryGet("NETWORK_ID", out int other) && other == id)) network.VirtualRouters.Remove(router.Id);
    }

    private RpcValue Instantiate(CloudCall call)
    {
        (int id, int count, int template, string name) = (call.Int(1), call.Int(2), call.Int(3), call.Text(4));
        (bool onHold, string changes) = (call.Flag(5), call.Text(6));
        CloudVirtualRouter router = Pool.Get(id);
        if (template == -1 && !router.Template.TryGet("TEMPLATE_ID", out template))
            throw CallRefusal.Action("A template ID was not provided, and the virtual router does not have a default one");
        call.Authorize(AccessOperation.Manage, router);
        if (!_machines.IsRouterTemplate(template)) throw CallRefusal.Action("Only virtual router templates are allowed");
        if (count > MaxMachines) throw CallRefusal.Action(FormattableString.Invariant($"Not more than {MaxMachines} machines at once"));
        if (name.Length == 0) name = $"vr-{router.Name}-%i";
        List<int> vms = [];
        try
        {
            StoredTemplate additions = Additions(router);
            for (int i = 0; i < count; i++)
            {
                string numbered = name.Replace("%i", FormattableString.Invariant($"{i}"), StringComparison.Ordinal);
                vms.Add(_machines.Instantiate(call, template, numbered, changes, additions));
            }
        }
        catch (CallRefusal)
        {
            foreach (int vm in vms) _machines.Terminate(call, vm);
            throw;
        }

        foreach (int vm in vms) router.Vms.Add(vm);
        router.Template = TemplateTexts.With(router.Template, "TEMPLATE_ID", FormattableString.Invariant($"{template}"));
        if (!onHold) vms.ForEach(vm => _machines.Release(call, vm));
        return id;
    }

    private static StoredTemplate Additions(CloudVirtualRouter router)
    {
        int keepalived = router.Template.TryGet("KEEPALIVED_ID", out int set) ? set : (router.Id % KeepalivedIds) + 1;
        List<TemplateAttribute> attributes =
        [
            .. router.Template.Vectors("NIC"),
            new("VROUTER_ID", FormattableString.Invariant($"{router.Id}")),
            new("VROUTER_KEEPALIVED_ID", FormattableString.Invariant($"{keepalived}")),
        ];
        if (router.Template.Get("KEEPALIVED_PASSWORD") is { Length: > 0 } password)
            attributes.Add(new TemplateAttribute("VROUTER_KEEPALIVED_PASSWORD", password));
        return StoredTemplate.Create(attributes);
    }

    private RpcValue Attach(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        StoredTemplate sent = TemplateTexts.Parse(text);
        CloudVirtualRouter router = Pool.Get(id);
        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Manage, router.Access)];
        foreach (TemplateAttribute nic in sent.Vectors("NIC"))
        {
            if (State.Nics.Find(call.Caller, nic, out _) is { } network) wanted.Add((AccessOperation.Use, network.Access));
        }

        call.Authorize([.. wanted]);
        State.Quotas.Require(router.Uid, router.Gid, router.Uid, () => Usage(call, sent));
        if (sent.Vector("NIC_ALIAS") is not null) throw CallRefusal.Action("Alias can't be attached to virtual router.");
        if (sent.Vectors("NIC").Count() != 1) throw CallRefusal.Action("The template must contain one NIC attribute");
        int next = router.Template.Vectors("NIC").Select(n => n.TryGet("NIC_ID", out int nic) ? nic : -1).DefaultIfEmpty(-1).Max() + 1;
        TemplateAttribute added;
        try
        {
            added = Leased(call, router, sent.Vector("NIC")!, next);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }

        router.Template = StoredTemplate.Create([.. router.Template, added]);
        State.Quotas.Settle(router);
        ForgetEnded();
        foreach (int vm in router.Vms) _machines.Attach(call, vm, added);
        return id;
    }

    private RpcValue Detach(CloudCall call)
    {
        (int id, int nicId) = (call.Int(1), call.Int(2));
        CloudVirtualRouter router = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, router);
        TemplateAttribute nic = router.Nic(nicId) ?? throw CallRefusal.Action(FormattableString.Invariant($"NIC with NIC_ID {nicId} does not exist."));
        router.Template = TemplateTexts.Swap(router.Template, nic, null);
        Release(router, nic);
        State.Quotas.Settle(router);
        ForgetEnded();
        foreach (int vm in router.Vms) _machines.Detach(call, vm, nicId);
        return id;
    }
}
