namespace OneEdge.OpenNebula.Embedded;

/// <summary>Security groups. Machines have their rules from the moment of a change on; the core tells running ones a little later.</summary>
internal sealed class SecurityGroupArea : ObjectArea<CloudSecurityGroup>
{
    private const int Default = 0;
    private const int FirstOwn = 100;
    private const string DefaultText =
        "DESCRIPTION=\"The default security group is added to every network. Use it to add default filter rules for your networks. "
        + "You may remove this security group from any network by updating its properties.\"\n"
        + "RULE=[RULE_TYPE=OUTBOUND,PROTOCOL=ALL]\nRULE=[RULE_TYPE=INBOUND,PROTOCOL=ALL]";

    private static readonly string[] RangeItems = ["AR_ID", "TYPE", "SIZE", "MAC", "IP", "IP6"];

    public SecurityGroupArea(CloudState state)
        : base(state, ObjectKind.SecurityGroup, "one.secgroup", FirstOwn)
    {
        var group = new CloudSecurityGroup(Default, "default")
        {
            Permissions = new CloudPermissions(0b111_100_100),
            Template = StoredTemplate.Parse(DefaultText),
        };
        group.SetUser(Caller.Oneadmin, "oneadmin");
        group.SetGroup(Caller.Oneadmin, "oneadmin");
        Pool.Add(group);
    }

    public override void Register(MethodTable table)
    {
        table.Add("one.secgroup.allocate", "s", Allocate);
        table.Add("one.secgroup.clone", "is", Clone);
        table.Add("one.secgroup.commit", "ib", Commit);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
    }

    /// <summary>The rules that a machine has of its groups, as its template keeps them; the groups know the machine from then on.</summary>
    public IReadOnlyList<TemplateAttribute> RulesFor(int vm, IEnumerable<int> groups)
    {
        List<TemplateAttribute> rules = [];
        foreach (CloudSecurityGroup group in groups.Distinct().Order().Select(g => Pool.Find(g)).OfType<CloudSecurityGroup>())
        {
            group.Vms.Add(vm);
            foreach (TemplateAttribute rule in group.Template.Vectors("RULE")) rules.AddRange(Expanded(rule, group));
        }

        return rules;
    }

    /// <summary>A machine has no rules of some groups any more.</summary>
    public void Release(int vm, IEnumerable<int> groups)
    {
        foreach (int group in groups) Pool.Find(group)?.Vms.Remove(vm);
    }

    protected override string Taken(CloudSecurityGroup owner) => FormattableString.Invariant($"NAME is already taken by SecurityGroup {owner.Id}.");

    protected override StoredTemplate Accept(CloudCall call, CloudSecurityGroup item, StoredTemplate template)
    {
        try
        {
            return SecurityRules.Check(TemplateTexts.Without(template, "NAME"));
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal($"Cannot update template. {refusal.Message}");
        }
    }

    protected override void Updated(CloudCall call, CloudSecurityGroup item)
    {
        foreach (CloudVm vm in item.Vms.Select(State.Vms.Pool.Find).OfType<CloudVm>().ToArray()) VmContext.RenewRules(vm, State);
    }

    protected override void Drop(CloudCall call, CloudSecurityGroup item)
    {
        if (item.Id == Default) throw CannotDelete("The default security group (ID 0) cannot be deleted.");
        if (item.Vms.Count > 0) throw CannotDelete("The security group has VMs using it");
        Pool.Remove(item);
    }

    private IEnumerable<TemplateAttribute> Expanded(TemplateAttribute rule, CloudSecurityGroup group)
    {
        SortedDictionary<string, string> items = Vectors.Items(rule);
        items["SECURITY_GROUP_ID"] = FormattableString.Invariant($"{group.Id}");
        items["SECURITY_GROUP_NAME"] = group.Name;
        if (!rule.TryGet("NETWORK_ID", out int network)) return [Vectors.Of("SECURITY_GROUP_RULE", items)];
        IEnumerable<CloudAddressRange> ranges = State.Networks.Pool.Find(network)?.Ranges.Values ?? [];
        return ranges.Select(range =>
        {
            SortedDictionary<string, string> all = new(items, StringComparer.Ordinal);
            foreach (string name in RangeItems)
            {
                if (range.Item(name) is { Length: > 0 } value) all[name] = value;
            }

            return Vectors.Of("SECURITY_GROUP_RULE", all);
        });
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        return Enter(call, New(call, template.Get("NAME") ?? "", template));
    }

    private RpcValue Clone(CloudCall call) => CopyOf(call, (name, source) => New(call, name, source.Template));

    private CloudSecurityGroup New(CloudCall call, string name, StoredTemplate template)
    {
        CheckName(name, call.Caller.Uid);
        StoredTemplate rules = SecurityRules.Check(TemplateTexts.Without(template, "NAME"));
        var group = new CloudSecurityGroup(Pool.TakeId(), name) { Template = rules };
        Own(call, group);
        return group;
    }

    private RpcValue Commit(CloudCall call)
    {
        int id = call.Int(1);
        call.Flag(2);
        CloudSecurityGroup group = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, group);
        Updated(call, group);
        return id;
    }
}
