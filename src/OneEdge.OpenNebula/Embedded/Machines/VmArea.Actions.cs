using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>The actions that change what a machine does (OpenNebula 6.10 source, src/dm/DispatchManagerActions.cc).</summary>
internal sealed partial class VmArea
{
    private RpcValue Act(CloudCall call)
    {
        (string action, int id) = (call.Text(1), call.Int(2));
        CloudVm vm = Wanted(call, id, action is "resched" or "unresched" ? AccessOperation.Admin : AccessOperation.Manage);
        Perform(call, vm, action);
        return id;
    }

    private void Perform(CloudCall call, CloudVm vm, string action)
    {
        switch (action)
        {
            case "terminate" or "terminate-hard":
                Terminate(call, vm, action);
                break;
            case "hold":
                Require(vm, action, vm.State == VmState.Pending);
                Engine.Enter(vm, VmState.Hold);
                break;
            case "release":
                Require(vm, action, vm.State == VmState.Hold);
                Wait(vm);
                break;
            case "stop":
                Require(vm, action, vm.IsRunning || vm.State == VmState.Suspended);
                Leave(call, vm, VmHistoryAction.Stop, vm.IsRunning ? LcmState.SaveStop : LcmState.EpilogStop);
                break;
            case "suspend":
                Require(vm, action, vm.IsRunning);
                Leave(call, vm, VmHistoryAction.Suspend, LcmState.SaveSuspend);
                break;
            case "resume":
                Resume(call, vm, action);
                break;
            case "poweroff" or "poweroff-hard":
                bool isHard = action == "poweroff-hard";
                Require(vm, action, IsUp(vm) || (isHard && vm.IsIn(VmState.Active, LcmState.ShutdownPoweroff)));
                Leave(call, vm, isHard ? VmHistoryAction.PoweroffHard : VmHistoryAction.Poweroff, LcmState.ShutdownPoweroff);
                break;
            case "undeploy" or "undeploy-hard":
                isHard = action == "undeploy-hard";
                Require(vm, action, IsUp(vm) || vm.State == VmState.PowerOff || (isHard && vm.IsIn(VmState.Active, LcmState.ShutdownUndeploy)));
                LcmState undeploy = vm.State == VmState.PowerOff ? LcmState.EpilogUndeploy : LcmState.ShutdownUndeploy;
                Leave(call, vm, isHard ? VmHistoryAction.UndeployHard : VmHistoryAction.Undeploy, undeploy);
                break;
            case "reboot" or "reboot-hard":
                Require(vm, action, vm.IsRunning);
                vm.IsReschedulable = false;
                break;
            case "resched" or "unresched":
                Require(vm, action, IsUp(vm) || vm.State == VmState.PowerOff);
                vm.IsReschedulable = action == "resched";
                if (vm.IsReschedulable && vm.IsRunning) State.Actions.After(State.Options.Delays.Scheduling, () => Reschedule(call, vm));
                break;
            default:
                throw CallRefusal.Action($"Action \"{action}\" is not supported");
        }
    }

    private static bool IsUp(CloudVm vm) => vm.IsRunning || vm.IsIn(VmState.Active, LcmState.Unknown);

    private static void Require(CloudVm vm, string action, bool isPossible)
    {
        if (!isPossible) throw CallRefusal.Action($"Error performing action \"{action}\": This action is not available for state {vm.StateName}");
    }

    private void Terminate(CloudCall call, CloudVm vm, string action)
    {
        bool isHard = action == "terminate-hard";
        switch (vm.State)
        {
            case VmState.Done:
                break;
            case VmState.Init or VmState.Pending or VmState.Hold or VmState.Cloning or VmState.CloningFailure:
                Engine.End(vm, isSaved: true);
                break;
            case VmState.Suspended or VmState.PowerOff or VmState.Stopped or VmState.Undeployed:
                Leave(call, vm, VmHistoryAction.Terminate, LcmState.Epilog);
                break;
            default:
                if (IsUp(vm) || (isHard && vm.Lcm == LcmState.Shutdown))
                    Leave(call, vm, isHard ? VmHistoryAction.TerminateHard : VmHistoryAction.Terminate, LcmState.Shutdown);
                else if (VmPhase.Retries.ContainsKey(vm.Lcm))
                    CleanAfterCall(vm, call, resubmits: false);
                else
                    throw CallRefusal.Action(string.Create(
                        CultureInfo.InvariantCulture, $"Error performing action \"{action}\": Could not terminate VM {vm.Id}, wrong state {vm.StateName}."));
                break;
        }
    }

    private void Leave(CloudCall call, CloudVm vm, VmHistoryAction action, LcmState phase) => AfterCall(vm, () =>
    {
        vm.Stay?.SetAction(action, call);
        if (vm.Stay is { } stay && phase is LcmState.Epilog or LcmState.EpilogStop or LcmState.EpilogUndeploy) stay.EpilogStart = State.Time;
        vm.IsReschedulable = false;
        Engine.Enter(vm, phase);
    });

    private void Resume(CloudCall call, CloudVm vm, string action)
    {
        if (!VmCounting.Of(vm).Runs && State.Quotas.Problem(vm.Uid, vm.Gid, () => VmUsage.OfStart(vm)) is { } problem) throw CallRefusal.Action(problem);
        if (vm.State is VmState.Stopped or VmState.Undeployed)
        {
            Wait(vm);
            return;
        }

        LcmState? phase = vm.State switch
        {
            VmState.Suspended => LcmState.BootSuspended,
            VmState.PowerOff => LcmState.BootPoweroff,
            VmState.Active when vm.Lcm == LcmState.Unknown => LcmState.BootUnknown,
            _ => null,
        };
        Require(vm, action, phase is not null);
        AfterCall(vm, () =>
        {
            if (phase != LcmState.BootUnknown)
            {
                CloudVmHistory before = vm.Stay!;
                before.End = State.Time;
                CloudVmHistory stay = vm.NewStay(before.Host, before.Datastore);
                (stay.Start, stay.RunningStart) = (State.Time, State.Time);
                stay.SetAction(VmHistoryAction.Resume, call);
            }

            Engine.Enter(vm, phase!.Value);
        });
    }

    private void Wait(CloudVm vm)
    {
        if (VmRequirements.Apply(vm) is { } problem) throw CallRefusal.Action($"Could not release VM {vm.Id}, error updating requirements. {problem}");
        Engine.Enter(vm, VmState.Pending);
        State.Scheduler.Consider(vm);
    }

    // The scheduler moves a machine that asks for it to the least used host.
    private void Reschedule(CloudCall call, CloudVm vm)
    {
        if (!vm.IsReschedulable || !vm.IsRunning) return;
        IReadOnlySet<int>? clusters = VmRequirements.Clusters(vm.Template);
        Func<CloudHost, bool>? grouped = State.VmGroups.HostsFor(vm);
        CloudHost? target = State.Hosts.Pool.Ordered
            .Where(h => h != vm.Stay!.Host && h.IsUsable && h.HasRoomFor(vm) && clusters?.Contains(h.ClusterId) != false && grouped?.Invoke(h) != false)
            .MinBy(h => h.Vms.Count);
        if (target is null) return;
        vm.IsReschedulable = false;
        BeginMigration(vm, target, vm.Stay!.Datastore, VmHistoryAction.Migrate, call);
    }
}
