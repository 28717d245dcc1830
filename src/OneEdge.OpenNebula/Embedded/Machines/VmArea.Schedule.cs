using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Actions that machines do at a time.</summary>
internal sealed partial class VmArea
{
    private const string ScheduledName = "SCHED_ACTION";

    private static readonly ObjectKind Scheduled = new("scheduled action", "SCHEDULEDACTION", ScheduledName, 0);

    private static readonly HashSet<string> Schedulable =
    [
        "terminate", "terminate-hard", "undeploy", "undeploy-hard", "hold", "release", "stop", "suspend", "resume", "delete", "delete-recreate", "reboot",
        "reboot-hard", "poweroff", "poweroff-hard", "snapshot-create", "snapshot-revert", "snapshot-delete", "disk-snapshot-create", "disk-snapshot-revert",
        "disk-snapshot-delete", "backup",
    ];

    private int _nextScheduled;

    /// <summary>Gives a new machine the actions that its template plans.</summary>
    public void Schedule(CloudCall call, CloudVm vm, IEnumerable<TemplateAttribute> planned)
    {
        foreach (TemplateAttribute attributes in planned) Plan(call, vm, Checked(vm, attributes), _nextScheduled++);
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
            throw CallRefusal.Internal(string.Create(
                CultureInfo.InvariantCulture, $"Unable to create Scheduled Action for Virtual Machine {id}, it's in DONE state"));
        }


        TemplateAttribute wanted = TemplateTexts.Parse(text).Vector(ScheduledName) ?? throw CallRefusal.Action("No SCHED_ACTION attribute in template");
        if (ProblemOf(wanted) is { } problem) throw CallRefusal.Action(problem);
        VmSchedAction planned = Plan(call, vm, Checked(vm, wanted), _nextScheduled++);
        return planned.Id;
    }

    private RpcValue UpdateScheduled(CloudCall call)
    {
        (int id, int actionId, string text) = (call.Int(1), call.Int(2), call.Text(3));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        TemplateAttribute wanted = TemplateTexts.Parse(text).Vector(ScheduledName) ?? throw CallRefusal.Internal("No SCHED_ACTION attribute in template");
        if (vm.SchedActions.Find(a => a.Id == actionId) is not { } planned)
            throw CallRefusal.Internal(string.Create(CultureInfo.InvariantCulture, $"SCHED_ACTION with id = {actionId} doesn't exist"));
        TemplateAttribute merged = VmBuilder.WithItems(planned.Attributes, wanted.Items);
        if (ProblemOf(merged) is { } problem) throw CallRefusal.Internal(problem);
        vm.SchedActions.Remove(planned);
        Plan(call, vm, Checked(vm, merged), actionId);
        return actionId;
    }

    private RpcValue DeleteScheduled(CloudCall call)
    {
        (int id, int actionId) = (call.Int(1), call.Int(2));
        CloudVm vm = Wanted(call, id, AccessOperation.Manage);
        return vm.SchedActions.RemoveAll(a => a.Id == actionId) > 0 ? actionId : throw CallRefusal.NoExists(Scheduled, actionId);
    }

    private static string? ProblemOf(TemplateAttribute wanted)
    {
        string action = wanted.Get("ACTION") ?? "";
        if (!Schedulable.Contains(action.ToLowerInvariant())) return action.Length == 0 ? "Missing ACTION in SCHED_ACTION" : $"{action} is not supported";
        return wanted.Get("TIME") is { } time && long.TryParse(time.TrimStart('+'), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null
            : "Missing TIME in SCHED_ACTION";
    }

    // A time with a sign counts from the start of the machine.
    private static TemplateAttribute Checked(CloudVm vm, TemplateAttribute wanted)
    {
        string time = wanted.Get("TIME") ?? "0";
        if (!time.StartsWith('+') || !long.TryParse(time.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out long offset)) return wanted;
        return VmBuilder.WithItems(wanted, [KeyValuePair.Create("TIME", (vm.Created + offset).ToString(CultureInfo.InvariantCulture))]);
    }

    private VmSchedAction Plan(CloudCall call, CloudVm vm, TemplateAttribute attributes, int id)
    {
        var planned = new VmSchedAction(id, vm.Id, attributes);
        vm.SchedActions.Add(planned);
        // As far away as that is, no clock gets there.
        const long longest = 400L * 365 * 24 * 3600;
        long seconds = attributes.TryGet("TIME", out long time) ? Math.Clamp(time - State.Time, 0, longest) : 0;
        State.Actions.After(TimeSpan.FromSeconds(seconds), () => Run(call, vm, planned));
        return planned;
    }

    private void Run(CloudCall call, CloudVm vm, VmSchedAction planned)
    {
        if (!vm.SchedActions.Contains(planned) || planned.Done >= 0) return;
        planned.Done = State.Time;
        try
        {
            string action = planned.Action.ToLowerInvariant();
            if (action == "snapshot-create") CreateSnapshot(call.With([call.Parameters[0], vm.Id, planned.Attributes.Get("ARGS") ?? ""]));
            else if (action is "delete") DeleteAnyway(call, vm);
            else if (action is "delete-recreate") Recreate(call, vm);
            else Perform(call, vm, action);
        }
        catch (CallRefusal refusal)
        {
            vm.UserTemplate = TemplateTexts.With(vm.UserTemplate, "SCHED_MESSAGE", refusal.Message);
        }
    }
}
