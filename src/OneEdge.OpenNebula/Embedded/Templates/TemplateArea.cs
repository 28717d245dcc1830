using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Templates of machines, and making machines of them.</summary>
internal sealed class TemplateArea(CloudState state) : ObjectArea<CloudTemplate>(state, ObjectKind.Template, "one.template", firstId: 0)
{
    public override void Register(MethodTable table)
    {
        table.Add("one.template.allocate", "s", Allocate);
        table.Add("one.template.instantiate", "isbsb", Instantiate);
        table.Add("one.template.clone", "isb", Clone);
        AddInfo(table);
        AddPoolInfo(table);
        AddUpdate(table);
        AddRename(table);
        table.Add("one.template.delete", "ib", Delete);
        AddOwnership(table);
        AddLocks(table);
    }

    protected override RpcValue Info(CloudCall call)
    {
        (int id, bool isExtended) = (call.Int(1), call.Flag(2, false));
        CloudTemplate template = Pool.Get(id);
        call.Authorize(AccessOperation.UseIgnoringLocks, template);
        XmlView view = call.View(call.Caller.IsAdmin && call.Flag(3, false));
        if (!isExtended) return template.ToXml(view);
        StoredTemplate extended = StoredTemplate.Create(template.Template.Select(a => a.Name == "DISK" ? State.VmDisks.Extend(call.Caller, a) : a));
        return XmlText.Of(xml => template.Write(xml, view, extended));
    }

    protected override void Drop(CloudCall call, CloudTemplate item)
    {
        bool withImages = call.Flag(2, false);
        base.Drop(call, item);
        if (!withImages) return;
        foreach (TemplateAttribute disk in item.Template.Vectors("DISK")) State.VmDisks.Delete(call, disk);
    }

    protected override RpcValue Chmod(CloudCall call)
    {
        bool withImages = call.Flag(11, false);
        RpcValue result = base.Chmod(call);
        if (!withImages) return result;
        int[] wanted = [.. Enumerable.Range(2, 9).Select(i => call.Int(i))];
        foreach (TemplateAttribute disk in Pool.Get(call.Int(1)).Template.Vectors("DISK")) State.VmDisks.Chmod(call, disk, wanted);
        return result;
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        RestrictedAttributes.Check(call, template, "VM Template");
        call.AuthorizeNew(Kind);
        CloudTemplate made = New(call, template.Get("NAME") ?? "", template);
        return Enter(call, made);
    }

    private CloudTemplate New(CloudCall call, string name, StoredTemplate template)
    {
        CheckName(name, call.Caller.Uid);
        var made = new CloudTemplate(Pool.TakeId(), name, State.Time) { Template = TemplateTexts.Without(template, "NAME", "TEMPLATE_NAME", "TEMPLATE_ID") };
        Own(call, made);
        return made;
    }

    private RpcValue Clone(CloudCall call)
    {
        (int id, string name, bool isRecursive) = (call.Int(1), call.Text(2), call.Flag(3, false));
        return Clone(call, Pool.Get(id), name, isRecursive, isPersistent: false, CloudObject.EmptyTemplate).Id;
    }

    private CloudTemplate Clone(CloudCall call, CloudTemplate source, string name, bool isRecursive, bool isPersistent, StoredTemplate extra)
    {
        CloudTemplate copy = CopyOf(call, source, () => New(call, name, Merged(source, extra)));
        if (isRecursive) CloneDisks(call, copy, isPersistent);
        return copy;
    }

    // Each disk gets a copy of its image, named after the template.
    private void CloneDisks(CloudCall call, CloudTemplate copy, bool isPersistent)
    {
        List<TemplateAttribute> disks = [];
        try
        {
            foreach (TemplateAttribute disk in copy.Template.GetAll("DISK"))
                disks.Add(State.VmDisks.Clone(call, disk, FormattableString.Invariant($"{copy.Name}-disk-{disks.Count}"), isPersistent));
        }
        catch (CallRefusal)
        {
            Pool.Remove(copy);
            foreach ((TemplateAttribute disk, TemplateAttribute before) in disks.Zip(copy.Template.GetAll("DISK")))
            {
                if (!ReferenceEquals(disk, before)) State.VmDisks.DropClone(disk);
            }

            throw;
        }

        copy.Template = StoredTemplate.Create([.. TemplateTexts.Without(copy.Template, "DISK"), .. disks]);
    }

    private RpcValue Instantiate(CloudCall call)
    {
        (int id, string name, bool isOnHold) = (call.Int(1), call.Text(2), call.Flag(3, false));
        (string text, bool isPersistent) = (call.Text(4, ""), call.Flag(5, false));
        CloudTemplate template = Pool.Get(id);
        if (TemplateTexts.IsYes(template.Template.Get("VROUTER")))
            throw CallRefusal.Action("Virtual router templates cannot be instantiated");
        StoredTemplate extra = TemplateTexts.Parse(text);
        RestrictedAttributes.Check(call, extra, "User Template");
        if (isPersistent)
        {
            template = Clone(call, template, name.Length > 0 ? name : $"{template.Name}-copy", isRecursive: true, isPersistent: true, extra);
            extra = StoredTemplate.Create([new TemplateAttribute("CLONING_TEMPLATE_ID", id.ToString(CultureInfo.InvariantCulture))]);
        }

        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Use, template.Access)];
        if (text.Length > 0) wanted.Add((AccessOperation.Create, AccessTarget.New(Kind, call.Caller)));
        call.Authorize([.. wanted]);
        return Make(call, template, name, isOnHold, extra);
    }

    private RpcValue Make(CloudCall call, CloudTemplate template, string name, bool isOnHold, StoredTemplate extra)
    {
        StoredTemplate all = Merged(template, extra);
        TemplateAttribute[] planned = [.. all.Vectors("SCHED_ACTION")];
        all = TemplateTexts.Without(all, "NAME", "SCHED_ACTION");
        all = TemplateTexts.With(all, "TEMPLATE_NAME", template.Name);
        all = TemplateTexts.With(all, "TEMPLATE_ID", template.Id.ToString(CultureInfo.InvariantCulture));
        all = TemplateTexts.With(all, "CREATED_BY", call.Caller.Uid.ToString(CultureInfo.InvariantCulture));
        if (name.Length > 0) all = TemplateTexts.With(all, "NAME", name);
        CloudVm vm;
        try
        {
            vm = State.Vms.Create(call, all, isOnHold);
        }
        catch (CallRefusal refusal) when (refusal.Error == OpenNebulaErrorKind.Internal)
        {
            throw CallRefusal.Allocate(Kind, refusal.Message);
        }

        State.Vms.Schedule(vm, planned);
        return vm.Id;
    }

    // A second set of NICs or disks takes the place of the first. APPEND is a matter of OneFlow, and an attribute as any other here.
    private static StoredTemplate Merged(CloudTemplate template, StoredTemplate extra) =>
        extra.Count == 0 && ReferenceEquals(extra, CloudObject.EmptyTemplate) ? template.Template : template.Template.Merge(extra);
}
