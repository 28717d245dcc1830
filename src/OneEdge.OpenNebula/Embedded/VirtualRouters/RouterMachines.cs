namespace OneEdge.OpenNebula.Embedded;

/// <summary>The machines of virtual routers, by the calls that everybody has.</summary>
internal sealed class RouterMachines(CloudState state)
{
    /// <summary>Whether a template is one of routers (<c>VROUTER</c>).</summary>
    public bool IsRouterTemplate(int templateId) => TemplateTexts.IsYes(state.Templates.Pool.Get(templateId).Template.Get("VROUTER"));

    /// <summary>Makes a machine of a template, held.</summary>
    /// <param name="call">Who asks.</param>
    /// <param name="templateId">The template.</param>
    /// <param name="name">The name of the machine.</param>
    /// <param name="changes">What the caller changes of the template.</param>
    /// <param name="additions">What the router adds; its NICs take the place of those of the template.</param>
    /// <returns>The id of the machine.</returns>
    public int Instantiate(CloudCall call, int templateId, string name, string changes, StoredTemplate additions)
    {
        CloudTemplate template = state.Templates.Pool.Get(templateId);
        call.Authorize((AccessOperation.Use, template.Access), (AccessOperation.Create, AccessTarget.New(ObjectKind.Vm, call.Caller)));
        StoredTemplate merged = template.Template;
        if (changes.Length > 0) merged = merged.Merge(TemplateTexts.Parse(changes));
        merged = TemplateTexts.Without(merged.Merge(additions), "NAME", "TEMPLATE_NAME", "TEMPLATE_ID", "CREATED_BY", "SCHED_ACTION");
        StoredTemplate wanted = StoredTemplate.Create(
        [
            .. merged,
            new TemplateAttribute("NAME", name),
            new TemplateAttribute("TEMPLATE_NAME", template.Name),
            new TemplateAttribute("TEMPLATE_ID", FormattableString.Invariant($"{templateId}")),
            new TemplateAttribute("CREATED_BY", FormattableString.Invariant($"{call.Caller.Uid}")),
        ]);
        try
        {
            return state.Vms.Create(call, wanted, isOnHold: true).Id;
        }
        catch (CallRefusal refusal) when (refusal.Error == OpenNebulaErrorKind.Internal)
        {
            throw CallRefusal.Allocate(ObjectKind.VirtualRouter, refusal.Message);
        }
    }

    /// <summary>Whether a machine is still there.</summary>
    public bool Exists(int vm) => state.Vms.Pool.Find(vm) is { } found && found.State != VmState.Done;

    public void Release(CloudCall call, int vm) => Do(call, "one.vm.action", "release", vm);

    /// <summary>Ends a machine; one that the caller may not end stays.</summary>
    public void Terminate(CloudCall call, int vm)
    {
        try
        {
            Do(call, "one.vm.action", "terminate-hard", vm);
        }
        catch (CallRefusal)
        {
            TryDelete(call, vm);
        }
    }

    private void TryDelete(CloudCall call, int vm)
    {
        try
        {
            Do(call, "one.vm.recover", vm, 3);
        }
        catch (CallRefusal)
        {
            // A router goes without its machine, too.
        }
    }

    public void Attach(CloudCall call, int vm, TemplateAttribute nic) => Do(call, "one.vm.attachnic", vm, StoredTemplate.Create([nic]).ToXml());

    public void Detach(CloudCall call, int vm, int nicId) => Do(call, "one.vm.detachnic", vm, nicId);

    private void Do(CloudCall call, string method, params ReadOnlySpan<RpcValue> parameters)
    {
        if (!state.Methods.TryGet(method, out CloudMethod? known)) return;
        known.Handler(new CloudCall(known, [call.Parameters[0], .. parameters], state, call.RequestId) { Caller = call.Caller });
    }
}
