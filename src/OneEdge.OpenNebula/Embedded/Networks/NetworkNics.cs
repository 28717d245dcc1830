namespace OneEdge.OpenNebula.Embedded;

/// <summary>
/// The networks behind the NICs of machines and of virtual routers (OpenNebula 6.10 source, src/vnm/VirtualNetwork.cc and src/vm/VirtualMachineNic.cc).
/// </summary>
internal sealed class NetworkNics(CloudState state) : IVmNics
{
    // What NICs get from the template of their network (OpenNebula 6.10, share/etc/oned.conf).
    private static readonly string[] Inherited =
    [
        "VLAN_TAGGED_ID", "FILTER", "FILTER_IP_SPOOFING", "FILTER_MAC_SPOOFING", "MTU", "METRIC", "IP6_METRIC", "METHOD", "IP6_METHOD", "INBOUND_AVG_BW",
        "INBOUND_PEAK_BW", "INBOUND_PEAK_KB", "OUTBOUND_AVG_BW", "OUTBOUND_PEAK_BW", "OUTBOUND_PEAK_KB", "CONF", "BRIDGE_CONF", "OVS_BRIDGE_CONF",
        "IP_LINK_CONF", "EXTERNAL_IP", "AWS_ALLOCATION_ID", "VULTR_IP_ID", "GATEWAY", "DNS", "VXLAN_MODE", "VXLAN_TEP", "VXLAN_MC", "CVLANS", "QINQ_TYPE",
        "TRUST", "SPOOFCHK",
    ];

    // What each machine has in networks: by its number, networks and MACs.
    private readonly Dictionary<int, List<(int Network, string Mac)>> _taken = [];

    public TemplateAttribute Take(Caller caller, CloudVm vm, TemplateAttribute nic)
    {
        if (Find(caller, nic, out string? problem) is not { } network) return problem is null ? nic : throw CallRefusal.Internal(problem);
        state.Access.Authorize(caller, (AccessOperation.Use, network.Access));
        TemplateAttribute taken = Complete(network, nic, new LeaseHolder(ObjectKind.Vm, vm.Id)) ?? throw CallRefusal.Internal(NoLease(network));
        network.Vms.Add(vm.Id);
        if (!_taken.TryGetValue(vm.Id, out List<(int, string)>? all)) _taken.Add(vm.Id, all = []);
        all.Add((network.Id, taken.Get("MAC") ?? ""));
        return taken;
    }

    /// <summary>The rules (<c>SECURITY_GROUP_RULE</c>) of the security groups that the NICs of a machine are in.</summary>
    public IEnumerable<TemplateAttribute> Rules(CloudVm vm) => state.SecurityGroups.RulesFor(vm.Id, GroupsOf(vm));

    public void Release(CloudVm vm, TemplateAttribute nic)
    {
        if (!nic.TryGet("NETWORK_ID", out int id) || state.Networks.Pool.Find(id) is not { } network) return;
        Free(network, nic, "MAC", new LeaseHolder(ObjectKind.Vm, vm.Id));
        if (!_taken.TryGetValue(vm.Id, out List<(int Network, string Mac)>? all)) return;
        all.Remove((id, nic.Get("MAC") ?? ""));
        if (!all.Exists(t => t.Network == id)) network.Vms.Remove(vm.Id);
        SortedSet<int> left = all.Count == 0 ? [] : GroupsOf(vm);
        state.SecurityGroups.Release(vm.Id, state.SecurityGroups.Pool.Ordered.Where(g => !left.Contains(g.Id)).Select(g => g.Id));
        if (all.Count == 0) _taken.Remove(vm.Id);
    }

    public void Forget(CloudVm vm) => state.SecurityGroups.Release(vm.Id, GroupsOf(vm));

    private static SortedSet<int> GroupsOf(CloudVm vm) =>
        [.. vm.Template.Vectors("NIC").Concat(vm.Template.Vectors("NIC_ALIAS")).SelectMany(n => IdList.Parse(n.Get("SECURITY_GROUPS")))];

    /// <summary>The network that a NIC names, or why there is none; neither when it names none.</summary>
    public CloudNetwork? Find(Caller caller, TemplateAttribute nic, out string? problem)
    {
        problem = null;
        if (Vectors.Value(nic, "NETWORK_ID") is { } text)
        {
            CloudNetwork? byId = nic.TryGet("NETWORK_ID", out int id) ? state.Networks.Pool.Find(id) : null;
            if (byId is null) problem = $"Virtual network with ID: {text} does not exist";
            return byId;
        }

        if (Vectors.Value(nic, "NETWORK") is not { } name) return null;
        int uid = OwnerOf(caller, nic, out problem);
        if (problem is not null) return null;
        CloudNetwork? network = state.Networks.Pool.Find(name, uid);
        if (network is null)
            problem = FormattableString.Invariant($"User {uid} does not own a network with name: {name} . Set NETWORK_UNAME or NETWORK_UID of owner in NIC.");
        return network;
    }

    public static string NoLease(CloudNetwork network) => FormattableString.Invariant($"Cannot get IP/MAC lease from virtual network {network.Id}.");

    /// <summary>Leases what a NIC asks for, or the first free address.</summary>
    /// <returns>The range that the lease is of, and its items; <see langword="null"/> when there is none.</returns>
    public static (CloudAddressRange Range, SortedDictionary<string, string> Lease)? Lease(CloudNetwork network, TemplateAttribute nic, LeaseHolder holder)
    {
        string[] wanted = [.. ((string[])["IP", "IP6", "MAC"]).Where(i => Vectors.Value(nic, i) is not null)];
        if (wanted.Length > 1) return null;
        foreach (CloudAddressRange range in network.Ranges.Values)
        {
            SortedDictionary<string, string>? lease = wanted.Length == 1 ? range.Take(wanted[0], nic.Get(wanted[0])!, holder) : range.Take(holder);
            if (lease is not null) return (range, lease);
        }

        return null;
    }

    /// <summary>Gives a lease back.</summary>
    /// <param name="network">The network.</param>
    /// <param name="nic">The NIC.</param>
    /// <param name="macItem">Its item with the MAC of the lease.</param>
    /// <param name="holder">Who has it.</param>
    public static void Free(CloudNetwork network, TemplateAttribute nic, string macItem, LeaseHolder holder)
    {
        if (Vectors.Value(nic, macItem) is not { } mac) return;
        bool hasRange = nic.TryGet("AR_ID", out int id);
        foreach (CloudAddressRange range in network.Ranges.Values)
        {
            if (!hasRange || range.Id == id) range.Free("MAC", mac, holder);
        }
    }

    /// <summary>Takes over what is told by a lease and its range.</summary>
    public static void Apply(SortedDictionary<string, string> items, CloudAddressRange range, SortedDictionary<string, string> lease)
    {
        foreach ((string name, string value) in lease) items[name] = value;
        items["AR_ID"] = FormattableString.Invariant($"{range.Id}");
        foreach (string own in (string[])["VN_MAD", "BRIDGE", "PHYDEV", "VLAN_ID"])
        {
            if (range.Item(own) is { Length: > 0 } value) items[own] = value;
        }

        Inherit(items, range.Item);
    }

    private static TemplateAttribute? Complete(CloudNetwork network, TemplateAttribute nic, LeaseHolder holder)
    {
        if (Lease(network, nic, holder) is not var (range, lease)) return null;
        SortedDictionary<string, string> items = Vectors.Items(nic);
        items["NETWORK"] = network.Name;
        items["NETWORK_ID"] = FormattableString.Invariant($"{network.Id}");
        items["BRIDGE"] = network.Bridge;
        items["BRIDGE_TYPE"] = network.BridgeType;
        items["CLUSTER_ID"] = IdList.Join(network.Clusters);
        if (network.Driver.Length > 0) items["VN_MAD"] = network.Driver;
        if (network.PhysicalDevice.Length > 0) items["PHYDEV"] = network.PhysicalDevice;
        if (network.Vlan.Length > 0) items["VLAN_ID"] = network.Vlan;
        if (network.OuterVlan.Length > 0) items["OUTER_VLAN_ID"] = network.OuterVlan;
        if (network.IsReservation) items["PARENT_NETWORK_ID"] = FormattableString.Invariant($"{network.ParentId}");
        Apply(items, range, lease);
        Inherit(items, n => network.Template.Get(n) ?? "");
        SortedSet<int> groups = [.. IdList.Parse(nic.Get("SECURITY_GROUPS")), .. network.SecurityGroups, .. range.SecurityGroups];
        items["SECURITY_GROUPS"] = IdList.Join(groups);
        return Vectors.Of(nic.Name, items);
    }

    private static void Inherit(SortedDictionary<string, string> items, Func<string, string> from)
    {
        foreach (string name in Inherited)
        {
            if (string.IsNullOrEmpty(items.GetValueOrDefault(name)) && from(name) is { Length: > 0 } value) items[name] = value;
        }
    }

    private int OwnerOf(Caller caller, TemplateAttribute nic, out string? problem)
    {
        problem = null;
        if (Vectors.Value(nic, "NETWORK_UID") is not null)
        {
            if (nic.TryGet("NETWORK_UID", out int uid)) return uid;
            problem = "Cannot get user in NETWORK_UID";
            return -1;
        }

        if (Vectors.Value(nic, "NETWORK_UNAME") is not { } name) return caller.Uid;
        if (state.Users.Pool.Find(name) is { } user) return user.Id;
        problem = "User set in NETWORK_UNAME does not exist";
        return -1;
    }
}
