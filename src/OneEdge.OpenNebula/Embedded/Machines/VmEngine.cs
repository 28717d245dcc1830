using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Takes machines from state to state: what is done in each takes its time, works or fails, and leads to the next.</summary>
internal sealed class VmEngine(CloudState state)
{
    private readonly Dictionary<int, Action<bool>> _endings = [];

    /// <summary>Moves a machine to a state, publishes that, and begins what is done there.</summary>
    /// <param name="vm">The machine.</param>
    /// <param name="to">The state.</param>
    /// <param name="lcm">The state of an active machine.</param>
    /// <param name="ending">Called when what is done there works (<see langword="true"/>) or fails, before the next state.</param>
    public void Enter(CloudVm vm, VmState to, LcmState lcm = LcmState.LcmInit, Action<bool>? ending = null)
    {
        vm.Set(to, lcm);
        if (ending is null) _endings.Remove(vm.Id);
        else _endings[vm.Id] = ending;
        Publish(vm);
        state.Vms.RetryActions(vm);
        if (to != VmState.Active || !VmPhase.All.TryGetValue(lcm, out VmPhase? phase)) return;
        int turn = vm.Turn;
        int? host = vm.Stay?.Host.Id;
        state.Actions.After(TimeOf(phase.Work) + state.Faults.Delay(phase.Work, vm.Id, host), () =>
        {
            if (vm.Turn == turn) Finish(vm, phase, Works(phase.Work, vm, host));
        });
    }

    /// <summary>The same for active machines.</summary>
    public void Enter(CloudVm vm, LcmState lcm, Action<bool>? ending = null) => Enter(vm, VmState.Active, lcm, ending);

    /// <summary>Publishes the state of a machine as it is.</summary>
    public void Publish(CloudVm vm)
    {
        VmMessage.Publish(state.Events, vm, state.SealedView);
        vm.Settle();
        state.Quotas.Settle(vm);
    }

    /// <summary>What a user says happened to work that is under way or failed.</summary>
    /// <returns>Whether there was such work.</returns>
    public bool Recover(CloudVm vm, bool success)
    {
        if (vm.Lcm == LcmState.Unknown)
        {
            Enter(vm, LcmState.Running);
            return true;
        }

        LcmState of = VmPhase.Retries.GetValueOrDefault(vm.Lcm, vm.Lcm);
        if (!VmPhase.All.TryGetValue(of, out VmPhase? phase)) return false;
        if (!success && of != vm.Lcm) return true;
        vm.Set(VmState.Active, of);
        Finish(vm, phase, success);
        return true;
    }

    /// <summary>Does again what failed.</summary>
    public void Retry(CloudVm vm)
    {
        if (VmPhase.Retries.TryGetValue(vm.Lcm, out LcmState again)) Enter(vm, again);
    }

    public void Deploy(CloudVm vm, CloudHost host, int datastore)
    {
        VmHistoryAction before = vm.Stay?.Action ?? VmHistoryAction.None;
        CloudVmHistory stay = vm.NewStay(host, datastore);
        if (vm.Template.Get("TM_MAD_SYSTEM") is null) vm.Template = TemplateTexts.With(vm.Template, "TM_MAD_SYSTEM", CloudVm.TransferDriver);
        Take(vm, host);
        state.BackupJobs.Consider();
        Enter(vm, VmState.Active);
        int turn = vm.Turn;
        state.Actions.After(TimeSpan.Zero, () =>
        {
            if (vm.Turn != turn) return;
            (stay.Start, stay.PrologStart) = (state.Time, state.Time);
            stay.Machine = new CloudVmSnapshot(vm, LcmState.Prolog);
            Enter(vm, before switch
            {
                VmHistoryAction.Stop => LcmState.PrologResume,
                VmHistoryAction.Undeploy or VmHistoryAction.UndeployHard => LcmState.PrologUndeploy,
                _ => LcmState.Prolog,
            });
        });
    }

    /// <summary>Begins to remove what is left of a machine.</summary>
    public void Clean(CloudVm vm, CloudCall call, bool resubmits)
    {
        if (vm.Stay is { } stay)
        {
            stay.SetAction(resubmits ? VmHistoryAction.DeleteRecreate : VmHistoryAction.Delete, call);
            (stay.End, stay.RunningEnd) = (state.Time, stay.RunningStart > 0 && stay.RunningEnd == 0 ? state.Time : stay.RunningEnd);
            if (stay.PrologStart > 0 && stay.PrologEnd == 0) stay.PrologEnd = state.Time;
            if (stay.EpilogStart > 0 && stay.EpilogEnd == 0) stay.EpilogEnd = state.Time;
        }

        Release(vm);
        Enter(vm, resubmits ? LcmState.CleanupResubmit : LcmState.CleanupDelete);
    }

    /// <summary>Ends a machine at once.</summary>
    public void End(CloudVm vm, bool isSaved)
    {
        Release(vm);
        foreach (TemplateAttribute disk in vm.Template.Vectors("DISK")) state.VmDisks.Release(vm, disk, isSaved);
        foreach (TemplateAttribute nic in vm.Template.Vectors("NIC")) state.VmNics.Release(vm, nic);
        foreach (TemplateAttribute alias in vm.Template.Vectors("NIC_ALIAS")) state.VmNics.Release(vm, alias);
        state.VmNics.Forget(vm);
        if (vm.Template.Vector("VMGROUP") is { } group) Leave(vm, group);
        vm.Ended = state.Time;
        Enter(vm, VmState.Done);
    }

    // Others of the group may have waited for a host with room for all of them.
    private void Leave(CloudVm vm, TemplateAttribute group)
    {
        state.VmGroups.Leave(vm.Id, group);
        state.Scheduler.ConsiderAll();
    }

    /// <summary>The machines of a host that died are lost sight of.</summary>
    public void HostLost(CloudHost host)
    {
        foreach (CloudVm vm in OnHost(host).Where(v => v.IsRunning))
        {
            Enter(vm, LcmState.Unknown);
        }
    }

    public void HostBack(CloudHost host)
    {
        foreach (CloudVm vm in OnHost(host).Where(v => v.IsIn(VmState.Active, LcmState.Unknown))) Enter(vm, LcmState.Running);
    }

    /// <summary>Closes a stay at a change and begins another one on the same host.</summary>
    public CloudVmHistory NextStay(CloudVm vm, VmHistoryAction action, CloudCall? call)
    {
        CloudVmHistory before = vm.Stay!;
        bool wasRunning = before.RunningEnd == 0;
        if (wasRunning) before.RunningEnd = state.Time;
        before.End = state.Time;
        before.SetAction(action, call);
        before.Machine = new CloudVmSnapshot(vm, vm.Lcm);
        CloudVmHistory stay = vm.NewStay(before.Host, before.Datastore);
        (stay.Start, stay.RunningStart) = (state.Time, state.Time);
        if (!wasRunning) stay.RunningEnd = state.Time;
        return stay;
    }

    public static void Take(CloudVm vm, CloudHost host)
    {
        host.Add(vm);
        vm.HoldsCapacity = true;
    }

    /// <summary>Takes room on the host that a machine moves to; the one that it comes from keeps its room until it is gone.</summary>
    public void Move(CloudVm vm, CloudHost from, CloudHost to, bool isGoneAtOnce)
    {
        if (from == to) return;
        vm.Leaving = from;
        Take(vm, to);
        if (isGoneAtOnce) Leave(vm);
    }

    /// <summary>Gives the room on the host back that a machine has left.</summary>
    public void Leave(CloudVm vm)
    {
        if (vm.Leaving is not { } host) return;
        vm.Leaving = null;
        host.Remove(vm);
        state.Scheduler.ConsiderAll();
    }

    /// <summary>Gives the room of a machine on its host back, and on the one that it was leaving.</summary>
    public void Release(CloudVm vm)
    {
        Leave(vm);
        if (!vm.HoldsCapacity || vm.Stay is not { } stay) return;
        vm.HoldsCapacity = false;
        stay.Host.Remove(vm);
        state.Scheduler.ConsiderAll();
    }

    private List<CloudVm> OnHost(CloudHost host) => [.. host.Vms.Select(id => state.Vms.Pool.Find(id)).OfType<CloudVm>()];

    // What is left of a machine is removed even where its host is dead.
    private bool Works(EmbeddedWork work, CloudVm vm, int? host) =>
        work == EmbeddedWork.Cleanup || (!state.Faults.Fails(work, vm.Id, host) && vm.Stay?.Host.IsDead != true);

    private TimeSpan TimeOf(EmbeddedWork work)
    {
        EmbeddedCloudDelays delays = state.Options.Delays;
        return work switch
        {
            EmbeddedWork.Prolog or EmbeddedWork.Epilog or EmbeddedWork.SaveAs or EmbeddedWork.Backup => delays.Storage,
            EmbeddedWork.Hotplug or EmbeddedWork.Snapshot => delays.Hotplug,
            _ => delays.Hypervisor,
        };
    }

    private void Finish(CloudVm vm, VmPhase phase, bool success)
    {
        LcmState was = vm.Lcm;
        if (_endings.Remove(vm.Id, out Action<bool>? ending)) ending(success);
        if (success) Succeeded(vm, was);
        else Failed(vm, was, phase);
        if (success && phase.Done == VmState.Done) End(vm, isSaved: was == LcmState.Epilog);
        else if (success && phase.Done == VmState.Pending) Resubmit(vm);
        else if (success) Enter(vm, phase.Done, was == LcmState.PrologMigrate && IsOff(vm) ? LcmState.Boot : phase.DoneLcm);
        else Enter(vm, phase.Failed, phase.FailedLcm);
        if (success && phase.Done is VmState.Stopped or VmState.Undeployed && was is LcmState.EpilogStop or LcmState.EpilogUndeploy) Release(vm);
        if (vm.IsRunning && vm.Stay!.Host.IsDead) Enter(vm, LcmState.Unknown);
    }

    // A machine that was shut down to be moved is started, not restored.
    private static bool IsOff(CloudVm vm) => vm.Stay?.Action is VmHistoryAction.PoffMigrate or VmHistoryAction.PoffHardMigrate;

    private void Resubmit(CloudVm vm)
    {
        vm.DeployId = "";
        Enter(vm, VmState.Pending);
        state.Scheduler.Consider(vm);
    }

    // What is noted in the history when something worked.
    private void Succeeded(CloudVm vm, LcmState was)
    {
        if (vm.Stay is not { } stay) return;
        long now = state.Time;
        switch (was)
        {
            case LcmState.Prolog or LcmState.PrologResume or LcmState.PrologUndeploy or LcmState.PrologMigrate or LcmState.PrologMigrateUnknown:
                (stay.PrologEnd, stay.RunningStart) = (now, now);
                break;
            case LcmState.PrologMigratePoweroff or LcmState.PrologMigrateSuspend:
                stay.PrologEnd = now;
                break;
            case LcmState.Boot or LcmState.BootUndeploy or LcmState.BootPoweroff or LcmState.BootUnknown:
                // A machine that is restored or moved keeps the name that its hypervisor gave it.
                vm.DeployId = $"{stay.Host.Name}:{vm.Name}:{stay.Host.VmDriver}";
                break;
            case LcmState.Shutdown or LcmState.ShutdownUndeploy or LcmState.SaveStop:
                (stay.RunningEnd, stay.EpilogStart) = (now, now);
                break;
            case LcmState.ShutdownPoweroff or LcmState.SaveSuspend:
                stay.RunningEnd = now;
                break;
            case LcmState.Epilog or LcmState.EpilogStop or LcmState.EpilogUndeploy:
                (stay.EpilogEnd, stay.End) = (now, now);
                break;
            default:
                break;
        }
    }

    private void Failed(CloudVm vm, LcmState was, VmPhase phase)
    {
        if (vm.Stay is not { } stay) return;
        long now = state.Time;
        switch (was)
        {
            case LcmState.Prolog or LcmState.PrologResume or LcmState.PrologUndeploy or LcmState.PrologMigrate or LcmState.PrologMigrateUnknown:
                stay.PrologEnd = now;
                break;
            case LcmState.Boot or LcmState.BootStopped or LcmState.BootUndeploy or LcmState.BootMigrate:
                stay.RunningEnd = now;
                break;
            case LcmState.Epilog or LcmState.EpilogStop or LcmState.EpilogUndeploy:
                stay.EpilogEnd = now;
                break;
            case LcmState.Shutdown or LcmState.ShutdownPoweroff or LcmState.ShutdownUndeploy or LcmState.SaveStop or LcmState.SaveSuspend:
                stay.SetAction(VmHistoryAction.None, null);
                break;
            default:
                break;
        }

        if (phase.Work is not (EmbeddedWork.Hotplug or EmbeddedWork.Snapshot or EmbeddedWork.SaveAs or EmbeddedWork.Backup))
            vm.UserTemplate = TemplateTexts.With(vm.UserTemplate, "ERROR", ErrorText(phase.Work));
    }

    // Texts like those of the log of a machine.
    private string ErrorText(EmbeddedWork work)
    {
        string what = work switch
        {
            EmbeddedWork.Prolog => "PROLOG",
            EmbeddedWork.Epilog => "EPILOG",
            EmbeddedWork.Shutdown => "SHUTDOWN",
            EmbeddedWork.Save => "SAVE",
            EmbeddedWork.Migrate => "MIGRATE",
            _ => "DEPLOY",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{state.Actions.Now:ddd MMM d HH:mm:ss yyyy}: {what}: ERROR: {what}: failed in the embedded cloud");
    }
}
