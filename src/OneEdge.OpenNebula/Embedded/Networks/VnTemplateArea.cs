namespace OneEdge.OpenNebula.Embedded;

/// <summary>Templates that networks are made of.</summary>
internal sealed class VnTemplateArea(CloudState state) : ObjectArea<CloudVnTemplate>(state, ObjectKind.VnTemplate, "one.vntemplate", firstId: 0)
{
    public override void Register(MethodTable table)
    {
        table.Add("one.vntemplate.allocate", "s", Allocate);
        table.Add("one.vntemplate.clone", "is", Clone);
        table.Add("one.vntemplate.instantiate", "iss", Instantiate);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddDelete(table);
        AddOwnership(table);
        AddLocks(table);
    }

    protected override string Taken(CloudVnTemplate owner) => FormattableString.Invariant($"NAME is already taken by VN TEMPLATE {owner.Id}.");

    protected override StoredTemplate Accept(CloudCall call, CloudVnTemplate item, StoredTemplate template) =>
        RestrictedNames.OfNetworks.Keep(call, item.Template, TemplateTexts.Without(template, "NAME"));

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        call.AuthorizeNew(Kind);
        return Enter(call, New(call, template.Get("NAME") ?? "", template));
    }

    private RpcValue Clone(CloudCall call) => CopyOf(call, (name, source) => New(call, name, source.Template));

    private CloudVnTemplate New(CloudCall call, string name, StoredTemplate template)
    {
        CheckName(name, call.Caller.Uid);
        if (string.IsNullOrEmpty(template.Get("VN_MAD"))) throw CallRefusal.Internal("Error inserting Template in DB. VN_MAD is mandatory");
        NetworkDrivers.Check(template);
        var item = new CloudVnTemplate(Pool.TakeId(), name, State.Time) { Template = TemplateTexts.Without(template, "NAME") };
        Own(call, item);
        return item;
    }

    private RpcValue Instantiate(CloudCall call)
    {
        (int id, string name, string more) = (call.Int(1), call.Text(2), call.Text(3));
        CloudVnTemplate source = Pool.Get(id);
        StoredTemplate sent = TemplateTexts.Parse(more);
        if (!call.Caller.IsAdmin && RestrictedNames.OfNetworks.FirstChanged(source.Template, sent) is { } restricted)
            throw CallRefusal.Authorization(call.Caller, $"User Template includes a restricted attribute {restricted}");
        StoredTemplate template = TemplateTexts.Without(source.Template.Merge(sent), "NAME");
        template = TemplateTexts.With(template, "TEMPLATE_NAME", source.Name);
        template = TemplateTexts.With(template, "TEMPLATE_ID", FormattableString.Invariant($"{id}"));
        if (name.Length > 0) template = TemplateTexts.With(template, "NAME", name);
        call.Authorize(AccessOperation.Use, source);
        string named = source.Template.Get("CLUSTER_IDS") ?? "";
        IEnumerable<int> clusters = named.Length == 0 ? [ClusterArea.Default] : IdList.Parse(named).Where(c => State.Clusters.Pool.Find(c) is not null);
        CloudNetwork network = CallRefusal.WhileAllocating(Kind, () => State.Networks.Create(call, template, clusters));
        State.Networks.Join(network);
        return network.Id;
    }
}
