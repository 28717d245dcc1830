namespace OneEdge.OpenNebula.Embedded;

/// <summary>Groups of machines, and what they say about hosts.</summary>
internal sealed class VmGroupArea(CloudState state) : ObjectArea<CloudVmGroup>(state, ObjectKind.VmGroup, "one.vmgroup", firstId: 0)
{
    private const int MaxRoles = 32;

    public override void Register(MethodTable table)
    {
        table.Add("one.vmgroup.allocate", "s", Allocate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.vmgroup.roleadd", "is", AddRole);
        table.Add("one.vmgroup.roledelete", "ii", DeleteRole);
        table.Add("one.vmgroup.roleupdate", "iis", UpdateRole);
    }

    /// <summary>Takes a machine into the role that its <c>VMGROUP</c> names.</summary>
    /// <returns>The attribute as the machine keeps it.</returns>
    public TemplateAttribute Join(Caller caller, int vm, TemplateAttribute vmGroup)
    {
        string role = vmGroup.Get("ROLE") ?? "";
        if (role.Length == 0) throw CallRefusal.Internal("Missing role name in VM Group definition");
        CloudVmGroup group = Find(caller, vmGroup) ?? throw CallRefusal.Internal("Cannot find VM Group to associate the VM");
        State.Access.Authorize(caller, (AccessOperation.Use, group.Access));
        (group.Role(role) ?? throw CallRefusal.Internal("Role does not exist in VM Group")).Add(vm);
        return Vectors.With(vmGroup, ("VMGROUP_ID", FormattableString.Invariant($"{group.Id}")));
    }

    public void Leave(int vm, TemplateAttribute vmGroup)
    {
        if (vmGroup.TryGet("VMGROUP_ID", out int id)) Pool.Find(id)?.Role(vmGroup.Get("ROLE") ?? "")?.Remove(vm);
    }

    /// <summary>
    /// The hosts that its group allows a machine (OpenNebula 6.10 source, src/scheduler/src/pool/VMGroupXML.cc): one of those that machines it belongs to
    /// are on, or one with room for all of them that wait; none with a machine that it is to be apart from.
    /// </summary>
    /// <returns><see langword="null"/> when it may be on any.</returns>
    public Func<CloudHost, bool>? HostsFor(CloudVm vm)
    {
        if (vm.Template.Vector("VMGROUP") is not { } named || !named.TryGet("VMGROUP_ID", out int id)) return null;
        if (Pool.Find(id) is not { } group || group.Role(named.Get("ROLE") ?? "") is not { } role) return null;
        List<Func<CloudHost, bool>> all = [.. group.Together(role).Select(s => TogetherWith(vm, s))];
        IReadOnlySet<int> apart = group.Apart(role, vm.Id);
        IReadOnlySet<int> wanted = role.Hosts;
        IReadOnlySet<int> avoided = role.AvoidedHosts;
        return host => !avoided.Contains(host.Id) && (wanted.Count == 0 || wanted.Contains(host.Id))
            && !apart.Overlaps(host.Vms) && all.TrueForAll(f => f(host));
    }

    private Func<CloudHost, bool> TogetherWith(CloudVm vm, IReadOnlySet<int> set)
    {
        CloudVm[] others = [.. set.Where(i => i != vm.Id).Select(State.Vms.Pool.Find).OfType<CloudVm>()];
        HashSet<CloudHost> hosts = [.. others.Where(v => v.State == VmState.Active && v.Stay is not null).Select(v => v.Stay!.Host)];
        if (hosts.Count > 0) return hosts.Contains;
        CloudVm[] waiting = [vm, .. others.Where(v => v.State == VmState.Pending)];
        (long memory, long cpu) = (waiting.Sum(v => v.Memory), waiting.Sum(v => v.Cpu));
        return host => host.HasRoomFor(memory, cpu);
    }

    protected override string Taken(CloudVmGroup owner) => FormattableString.Invariant($"NAME is already taken by VMGroup {owner.Id}.");

    protected override StoredTemplate Accept(CloudCall call, CloudVmGroup item, StoredTemplate template)
    {
        const string failure = "Cannot update template. ";
        if (item.VmCount > 0) throw CallRefusal.Internal(FormattableString.Invariant($"{failure}VM Group has {item.VmCount} VMs"));
        template = TemplateTexts.Without(template, "NAME", "ROLE");
        try
        {
            item.Check(template);
            return template;
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal(failure + refusal.Message);
        }
    }

    private CloudVmGroup? Find(Caller caller, TemplateAttribute vmGroup)
    {
        if (Vectors.Value(vmGroup, "VMGROUP_NAME") is { } name) return Pool.Find(name, vmGroup.TryGet("VMGROUP_UID", out int uid) ? uid : caller.Uid);
        return vmGroup.TryGet("VMGROUP_ID", out int id) ? Pool.Find(id) : null;
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        string name = template.Get("NAME") ?? "";
        CheckName(name, call.Caller.Uid);
        TemplateAttribute[] roles = [.. template.Vectors("ROLE")];
        if (roles.Length > MaxRoles) throw CallRefusal.Internal("Maximum number of roles in a VM Group reached");
        StoredTemplate kept = TemplateTexts.Without(template, "NAME", "ROLE");
        // Ids of groups that are refused are not used up.
        Fill(new CloudVmGroup(-1, name), roles, kept);
        var group = new CloudVmGroup(Pool.TakeId(), name);
        Fill(group, roles, kept);
        Own(call, group);
        return Enter(call, group);
    }

    private static void Fill(CloudVmGroup group, TemplateAttribute[] roles, StoredTemplate template)
    {
        foreach (TemplateAttribute role in roles) group.AddRole(role);
        group.Check(template);
        group.Template = template;
    }

    private RpcValue AddRole(CloudCall call)
    {
        (CloudVmGroup group, TemplateAttribute role) = Changed(call, call.Text(2));
        Change(group, () => group.AddRole(role));
        return group.Id;
    }

    private RpcValue UpdateRole(CloudCall call)
    {
        int id = call.Int(2);
        (CloudVmGroup group, TemplateAttribute sent) = Changed(call, call.Text(3));
        Change(group, () =>
        {
            string which = FormattableString.Invariant($"VMGroup {group.Id}");
            CloudVmGroupRole role = group.Role(id) ?? throw CallRefusal.Internal(FormattableString.Invariant($"{which} doesn't have role {id}"));
            if (role.VmCount > 0) throw CallRefusal.Internal(FormattableString.Invariant($"{which} Role {id} has VMs, unable to update"));
            if (sent.Get("NAME") is { Length: > 0 } name && name != role.Name && group.Role(name) is not null)
                throw CallRefusal.Internal(FormattableString.Invariant($"{which} Role {id} can not update name, role with name {name} already exists"));
            role.Update(sent);
        });
        return group.Id;
    }

    private RpcValue DeleteRole(CloudCall call)
    {
        (int id, int roleId) = (call.Int(1), call.Int(2));
        CloudVmGroup group = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, group);
        Change(group, () =>
        {
            CloudVmGroupRole role = group.Role(roleId) ?? throw Cannot("doesn't exists");
            if (role.VmCount > 0) throw Cannot("has assigned VMs ");
            group.RemoveRole(roleId);
        });
        return id;

        CallRefusal Cannot(string why) => CallRefusal.Internal(FormattableString.Invariant($"Unable to delete role {roleId}, the role {why}"));
    }

    private (CloudVmGroup Group, TemplateAttribute Role) Changed(CloudCall call, string text)
    {
        CloudVmGroup group = Pool.Get(call.Int(1));
        call.Authorize(AccessOperation.Manage, group);
        try
        {
            return (group, TemplateTexts.Parse(text).Vector("ROLE") ?? throw CallRefusal.Internal("No ROLE attribute in template"));
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }
    }

    // What is wrong with roles is a wrong action, not an internal error.
    private static void Change(CloudVmGroup group, Action change)
    {
        try
        {
            group.Change(change);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Action(refusal.Message);
        }
    }
}
