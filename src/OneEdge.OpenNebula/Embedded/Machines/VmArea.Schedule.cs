using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Actions that machines do at a time (OpenNebula 6.10 source, src/rm/RequestManagerSchedAction.cc and src/sam).</summary>
internal sealed partial class VmArea
{
    private const string ScheduledName = "SCHED_ACTION";

    private static readonly ObjectKind Scheduled = new("scheduled action", "SCHEDULEDACTION", ScheduledName, 0);

    /// <summary>Gives a new machine the actions that its template plans: all of them, or none when one cannot be.</summary>
    /// <exception cref="CallRefusal">An action cannot be (8192); the machine stays, as in the core.</exception>
    public void Schedule(CloudVm vm, IEnumerable<TemplateAttribute> planned)
    {
        try
        {
            foreach (TemplateAttribute sent in planned) Plan(vm, NewAction(vm, sent));
        }
        catch (CallRefusal refusal)
        {
            vm.SchedActions.Clear();
            throw CallRefusal.Internal(refusal.Message);
        }
    }

    /// <summary>A machine changed its state: what it could not do before is tried again.</summary>
    public void RetryActions(CloudVm vm)
    {
        if (vm.SchedActions.Count == 0) return;
        foreach (CloudSchedAction action in vm.SchedActions.Where(a => a.Message.Length > 0 && a.IsOpen(State.Time)))
            State.Actions.After(TimeSpan.Zero, () => Run(vm, action, action.Time));
    }

    private void RegisterSchedule(MethodTable table)
    {
        table.Add("one.vm.schedadd", "is", AddScheduled);
        table.Add("one.vm.schedupdate", "iis", UpdateScheduled);
        table.Add("one.vm.scheddelete", "ii", DeleteScheduled);
    }

    private RpcValue AddScheduled(CloudCall call)
    {
        (int id, string text) = (call.Int(1), call.Text(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        if (vm.State == VmState.Done)
        {
            string problem = FormattableString.Invariant($"Unable to create Scheduled Action for Virtual Machine {id}, it's in DONE state");
            throw new CallRefusal(OpenNebulaErrorKind.Internal, problem, id);
        }

        TemplateAttribute sent = TemplateTexts.Parse(text).Vector(ScheduledName) ?? throw CallRefusal.Action("No SCHED_ACTION attribute in template");
        CloudSchedAction planned = NewAction(vm, sent);
        Plan(vm, planned);
        return planned.Id;
    }

    private CloudSchedAction NewAction(CloudVm vm, TemplateAttribute sent)
    {
        CloudSchedAction checkedOne = new CloudSchedAction(State.NextSchedAction, Kind, vm.Id).With(sent, vm.Created);
        State.NextSchedAction++;
        return checkedOne;
    }

    private RpcValue UpdateScheduled(CloudCall call)
    {
        (int id, int actionId, string text) = (call.Int(1), call.Int(2), call.Text(3));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        TemplateAttribute sent = TemplateTexts.Parse(text).Vector(ScheduledName) ?? throw CallRefusal.Internal("No SCHED_ACTION attribute in template");
        if (vm.SchedActions.Find(a => a.Id == actionId) is not { } before)
            throw CallRefusal.Internal(FormattableString.Invariant($"SCHED_ACTION with id = {actionId} doesn't exist"));
        try
        {
            CloudSchedAction changed = before.With(sent, vm.Created);
            vm.SchedActions.Remove(before);
            Plan(vm, changed);
        }
        catch (CallRefusal refusal)
        {
            throw CallRefusal.Internal(refusal.Message);
        }

        return actionId;
    }

    private RpcValue DeleteScheduled(CloudCall call)
    {
        (int id, int actionId) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        return vm.SchedActions.RemoveAll(a => a.Id == actionId) > 0 ? actionId : throw CallRefusal.NoExists(Scheduled, actionId);
    }

    private void Plan(CloudVm vm, CloudSchedAction action)
    {
        vm.SchedActions.Add(action);
        vm.SchedActions.Sort((a, b) => a.Id.CompareTo(b.Id));
        Await(vm, action);
    }

    private void Await(CloudVm vm, CloudSchedAction action)
    {
        if (!action.IsOpen(State.Time)) return;
        long time = action.Time;
        State.Actions.After(TimeSpan.FromSeconds(Math.Max(0, time - State.Time)), () => Run(vm, action, time));
    }

    private void Run(CloudVm vm, CloudSchedAction action, long time)
    {
        if (action.Time != time || !vm.SchedActions.Contains(action) || !action.IsOpen(State.Time)) return;
        try
        {
            Do(vm, action);
            action.Pass(State.Time);
            Await(vm, action);
        }
        catch (CallRefusal refusal)
        {
            action.Message = State.ErrorText($"[{action.Action}] {refusal.Message}");
        }
    }

    // As oneadmin; what has a method of its own is a call of it that nobody hears of.
    private void Do(CloudVm vm, CloudSchedAction action)
    {
        string[] arguments = action.Arguments.Split(',', StringSplitOptions.TrimEntries);
        switch (action.Action)
        {
            case "snapshot-create":
                Call("snapshotcreate", Word(0, "snapshot-name"));
                break;
            case "snapshot-revert":
                Call("snapshotrevert", Number(0, "snapshot-id"));
                break;
            case "snapshot-delete":
                Call("snapshotdelete", Number(0, "snapshot-id"));
                break;
            case "disk-snapshot-create":
                Call("disksnapshotcreate", Number(0, "disk-id, snapshot-name"), Word(1, "disk-id, snapshot-name"));
                break;
            case "disk-snapshot-revert":
                Call("disksnapshotrevert", Number(0, "disk-id, snapshot-id"), Number(1, "disk-id, snapshot-id"));
                break;
            case "disk-snapshot-delete":
                Call("disksnapshotdelete", Number(0, "disk-id, snapshot-id"), Number(1, "disk-id, snapshot-id"));
                break;
            case "backup":
                Backup(vm, Number(0, "datastore-id, reset"), arguments.Length > 1 && Number(1, "datastore-id, reset") != 0);
                break;
            default:
                Perform(State.CallOfAdmin("one.vm.action", action.Action, vm.Id), vm, action.Action);
                break;
        }

        void Call(string method, params ReadOnlySpan<RpcValue> values)
        {
            CloudCall call = State.CallOfAdmin($"one.vm.{method}", [vm.Id, .. values]);
            call.Method.Handler(call);
        }

        string Word(int at, string format) => at < arguments.Length && arguments[at] is { Length: > 0 } word && !word.Any(char.IsWhiteSpace)
            ? word : throw Malformed(format);

        int Number(int at, string format) =>
            at < arguments.Length && int.TryParse(arguments[at], CultureInfo.InvariantCulture, out int number) ? number : throw Malformed(format);

        CallRefusal Malformed(string format) => CallRefusal.Action($"Missing or malformed ARGS for: {action.Action}. Format: {format}");
    }

    // A machine of a backup job is backed up by that alone.
    private void Backup(CloudVm vm, int datastore, bool resets)
    {
        if (vm.Stay is null) return;
        if (vm.Backups.JobId is var job and >= 0)
        {
            string problem = FormattableString.Invariant($"Unable to launch scheduled backup for VM {vm.Id}, the VM is part of Backup Job ID {job}");
            vm.UserTemplate = TemplateTexts.With(vm.UserTemplate, "ERROR", State.ErrorText(problem));
            throw CallRefusal.Action(problem);
        }

        BeginBackup(State.CallOfAdmin("one.vm.backup", vm.Id, datastore, resets), vm, datastore, resets);
    }
}
