namespace OneEdge.OpenNebula.Embedded;

/// <summary>Changes of NICs that are there: their bandwidth (OpenNebula 6.10 source, src/vm/VirtualMachine.cc).</summary>
internal sealed partial class VmArea
{
    private static readonly string[] Bandwidth =
        ["INBOUND_AVG_BW", "INBOUND_PEAK_BW", "INBOUND_PEAK_KB", "OUTBOUND_AVG_BW", "OUTBOUND_PEAK_BW", "OUTBOUND_PEAK_KB"];

    private RpcValue UpdateNic(CloudCall call)
    {
        (int id, int nicId, string text, int mode) = (call.Int(1), call.Int(2), call.Text(3), call.Int(4, 0));
        CloudVm vm = Pool.Get(id);
        if (vm.Template.Get("VROUTER_ID") is not null) throw CallRefusal.Action("Action is not supported for virtual router VMs");
        TemplateAttribute nic = vm.Nic(nicId) ?? throw Wrong($"VM {id}: NIC {nicId} does not exists");
        if (nic.Name == "NIC_ALIAS") throw CallRefusal.Action("Action not supported for NIC_ALIAS");
        StoredTemplate template = TemplateTexts.Parse(text);
        call.Authorize(AccessOperation.Manage, vm);
        string failure = FormattableString.Invariant($"Error updating NIC ({nicId}) for VM {id}: ");
        if (vm.State == VmState.Active && !vm.IsRunning) throw CallRefusal.Action($"{failure}Wrong state {vm.StateName}");
        TemplateAttribute sent = template.Vector("NIC") ?? throw CallRefusal.Action($"{failure}Wrong NIC definition, attribute is missing");
        TemplateAttribute changed = WithBandwidth(nic, sent, keepsOthers: mode != 0);
        if (changed.Equals(nic)) return id;
        vm.Change(nic, changed);
        if (!vm.IsRunning) return id;
        Engine.NextStay(vm, VmHistoryAction.NicUpdate, call);
        Engine.Enter(vm, LcmState.HotplugNic, success =>
        {
            if (!success && vm.Nic(nicId) is { } current) vm.Change(current, nic);
        });
        return id;
    }

    // What is not sent goes, unless the change is an addition.
    private static TemplateAttribute WithBandwidth(TemplateAttribute nic, TemplateAttribute sent, bool keepsOthers)
    {
        SortedDictionary<string, string> items = Vectors.Items(nic);
        foreach (string name in Bandwidth)
        {
            if (sent.Get(name) is { } value) items[name] = value;
            else if (!keepsOthers) items.Remove(name);
        }

        return Vectors.Of(nic.Name, items);
    }
}
