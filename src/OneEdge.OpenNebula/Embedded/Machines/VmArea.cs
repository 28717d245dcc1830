using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Virtual machines.</summary>
internal sealed partial class VmArea : ObjectArea<CloudVm>
{
    public VmArea(CloudState state)
        : base(state, ObjectKind.Vm, "one.vm", firstId: 0) => Engine = new VmEngine(state);

    public VmEngine Engine { get; }

    protected override bool NamesMayRepeat => true;

    public override void Register(MethodTable table)
    {
        table.Add("one.vm.allocate", "sb", Allocate);
        AddInfo(table);
        AddUpdate(table);
        AddRename(table);
        AddOwnership(table);
        AddLocks(table);
        table.Add("one.vm.deploy", "iibis", Deploy);
        table.Add("one.vm.action", "si", Act);
        table.Add("one.vm.migrate", "iibbii", Migrate);
        table.Add("one.vm.recover", "ii", Recover);
        table.Add("one.vm.resize", "isb", Resize);
        table.Add("one.vm.updateconf", "isi", UpdateConfiguration);
        table.Add("one.vm.monitoring", "i", Monitoring);
        RegisterHotplug(table);
        RegisterSnapshots(table);
        RegisterSchedule(table);
        RegisterBackups(table);
        RegisterSecurityGroups(table);
        RegisterPools(table);
    }

    /// <summary>Makes a machine of a template. Its id is used up even when it cannot be.</summary>
    public CloudVm Create(CloudCall call, StoredTemplate template, bool isOnHold)
    {
        State.Quotas.Require(call, () => VmUsage.OfNew(call, template));
        int id = Pool.TakeId();
        CloudVm vm = VmBuilder.Build(call, id, template, isOnHold);
        Own(call, vm);
        Pool.Add(vm);
        bool isHeld = isOnHold || TemplateTexts.IsYes(vm.Template.Get("SUBMIT_ON_HOLD"));
        vm.Set(ImagesInWork(vm).Length > 0 ? VmState.Cloning : isHeld ? VmState.Hold : VmState.Pending);
        vm.Settle();
        Engine.Publish(vm);
        if (vm.State == VmState.Pending) State.Scheduler.Consider(vm);
        return vm;
    }

    /// <summary>Takes values that a machine reports.</summary>
    public void Report(CloudVm vm, IEnumerable<(string Name, string Value)> values)
    {
        var sample = vm.Samples.Count > 0 ? new SortedDictionary<string, string>(vm.Samples[^1], StringComparer.Ordinal) : new(StringComparer.Ordinal);
        foreach ((string name, string value) in values) sample[TemplateAttribute.CheckedName(name)] = value;
        sample["ID"] = vm.Id.ToString(CultureInfo.InvariantCulture);
        sample["TIMESTAMP"] = State.Time.ToString(CultureInfo.InvariantCulture);
        if (vm.Samples.Count == CloudVm.MaxSamples) vm.Samples.RemoveAt(0);
        vm.Samples.Add(sample);
        vm.LastPoll = State.Time;
    }

    protected override RpcValue Info(CloudCall call)
    {
        CloudVm vm = Wanted(call, call.Int(1), AccessOperation.UseIgnoringLocks);
        XmlView view = call.View(call.Caller.IsAdmin && call.Flag(2, false));
        return XmlText.Of(xml => vm.WriteMonitored(xml, view));
    }

    protected override RpcValue Update(CloudCall call)
    {
        (int id, string text, int mode) = (call.Int(1), call.Text(2), call.Int(3, 0));
        CloudVm vm = Pool.Get(id);
        call.Authorize(AccessOperation.Manage, vm);
        if (mode is not (0 or 1)) throw CallRefusal.Argument("Wrong update type");
        StoredTemplate sent = TemplateTexts.Parse(text, "Cannot update template. ");
        vm.UserTemplate = mode == 0 ? sent : vm.UserTemplate.Merge(sent);
        Reconsider(vm);
        return id;
    }

    protected override RpcValue Chown(CloudCall call)
    {
        if (Pool.TryGet(call.Int(1), out CloudVm? vm) && vm.State == VmState.Done)
        {
            call.Authorize(AccessOperation.Manage, vm);
            throw CallRefusal.Action("Could not change VM ownership, wrong state");
        }

        return base.Chown(call);
    }

    /// <summary>A machine that a caller may do something with.</summary>
    private CloudVm Wanted(CloudCall call, int id, AccessOperation operation)
    {
        CloudVm vm = Pool.Get(id);
        call.Authorize(operation, vm);
        return vm;
    }

    // It may fit or be allowed somewhere now.
    private void Reconsider(CloudVm vm)
    {
        if (vm.State == VmState.Pending) State.Scheduler.Consider(vm);
    }

    private RpcValue Allocate(CloudCall call)
    {
        StoredTemplate template = call.Template(1);
        bool isOnHold = call.Flag(2, false);
        RestrictedAttributes.Check(call, template, "VM Template");
        call.AuthorizeNew(Kind);
        CloudVm vm = Create(call, template, isOnHold);
        call.Extra = () => vm.ToXml(State.SealedView);
        return vm.Id;
    }

    private RpcValue Recover(CloudCall call)
    {
        (int id, int operation) = (call.Int(1), call.Int(2));
        if (operation is < 0 or > 5) throw CallRefusal.Action("Wrong recovery operation code");
        CloudVm vm = Wanted(call, id, AccessOperation.Admin);
        switch (operation)
        {
            case 0 or 1 when vm.State == VmState.CloningFailure:
                State.Actions.After(TimeSpan.Zero, () => ImageChanged(id));
                break;
            case 0 or 1:
                if (vm.State != VmState.Active)
                    throw Wrong($"Could not perform a recover operation on VM {id}, wrong state {vm.StateName}.");
                State.Actions.After(TimeSpan.Zero, () => Engine.Recover(vm, operation == 1));
                break;
            case 2:
                if (vm.State != VmState.Active)
                    throw Wrong($"Could not perform a retry on VM {id}, wrong state {vm.StateName}.");
                State.Actions.After(TimeSpan.Zero, () => Engine.Retry(vm));
                break;
            case 3:
                DeleteAnyway(call, vm);
                break;
            case 4:
                Recreate(call, vm);
                break;
            default:
                if (vm.State != VmState.Done) Engine.End(vm, isSaved: false);
                break;
        }

        return id;
    }

    // The state changes after the call, as in the core; what changed it meanwhile, in a call of several or at the same time, comes first.
    private void AfterCall(CloudVm vm, Action work)
    {
        int turn = vm.Turn;
        State.Actions.After(TimeSpan.Zero, () =>
        {
            if (vm.Turn == turn) work();
        });
    }

    // A machine that ended is not begun to be removed again.
    private void CleanAfterCall(CloudVm vm, CloudCall call, bool resubmits) => State.Actions.After(TimeSpan.Zero, () =>
    {
        if (vm.State != VmState.Done) Engine.Clean(vm, call, resubmits);
    });

    private void DeleteAnyway(CloudCall call, CloudVm vm)
    {
        if (vm.State == VmState.Active) CleanAfterCall(vm, call, resubmits: false);
        else if (vm.State != VmState.Done) Engine.End(vm, isSaved: false);
    }

    private void Recreate(CloudCall call, CloudVm vm)
    {
        switch (vm.State)
        {
            case VmState.Done:
                throw CallRefusal.Action("Cannot delete-recreate a VM already in DONE state");
            case VmState.Active or VmState.PowerOff or VmState.Suspended:
                CleanAfterCall(vm, call, resubmits: true);
                break;
            case VmState.Hold or VmState.Stopped or VmState.Undeployed:
                vm.Stay?.SetAction(VmHistoryAction.DeleteRecreate, call);
                Engine.Enter(vm, VmState.Pending);
                State.Scheduler.Consider(vm);
                break;
            default:
                break;
        }
    }

    private RpcValue Monitoring(CloudCall call)
    {
        CloudVm vm = Wanted(call, call.Int(1), AccessOperation.UseIgnoringLocks);
        return XmlText.Of(xml =>
        {
            xml.Open("MONITORING_DATA");
            foreach (SortedDictionary<string, string> sample in vm.Samples) CloudVm.WriteSample(xml, "MONITORING", sample);
            xml.Close("MONITORING_DATA");
        });
    }
}
