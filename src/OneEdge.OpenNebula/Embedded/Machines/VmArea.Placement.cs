using System.Globalization;

namespace OneEdge.OpenNebula.Embedded;

/// <summary>Machines on hosts: deployed there, and moved to others (OpenNebula 6.10 source, src/rm/RequestManagerVirtualMachine.cc and src/lcm).</summary>
internal sealed partial class VmArea
{
    private RpcValue Deploy(CloudCall call)
    {
        (int id, int hid, bool enforce, int datastore) = (call.Int(1), call.Int(2), call.Flag(3, false), call.Int(4, -1));
        CloudHost host = State.Hosts.Pool.Get(hid);
        CheckHost(host);
        CloudVm vm = Pool.Get(id);
        CloudDatastore place = PlaceOf(vm, host, datastore);
        call.Authorize((AccessOperation.Admin, vm.Access), (AccessOperation.Manage, host.Access), (AccessOperation.Use, place.Access));
        if (vm.State is not (VmState.Pending or VmState.Hold or VmState.Stopped or VmState.Undeployed))
            throw CallRefusal.Action($"Deploy action is not available for state {vm.StateName}");
        if (enforce) CheckRoom(vm, host);
        Engine.Deploy(vm, host, place.Id);
        return id;
    }

    // The datastore that is asked for, the one that the machine was in, or the one that the cluster has for machines.
    private CloudDatastore PlaceOf(CloudVm vm, CloudHost host, int datastore)
    {
        if (datastore == -1 && vm.Stay is { Action: VmHistoryAction.Stop or VmHistoryAction.Undeploy or VmHistoryAction.UndeployHard } stay)
            datastore = stay.Datastore;
        if (datastore == -1)
        {
            return State.Scheduler.DatastoreOf(host.ClusterId)
                ?? throw Wrong($"cluster [{host.ClusterId}] does not have any datastore of type SYSTEM_DS.");
        }

        CloudDatastore place = State.Datastores.Pool.Get(datastore);
        CheckPlace(place);
        return place.Clusters.Contains(host.ClusterId) ? place
            : throw Wrong($"datastore [{datastore}] and host [{host.Id}] are not in the same cluster [{host.ClusterId}].");
    }

    private static void CheckPlace(CloudDatastore place)
    {
        if (place.Type == DatastoreType.System) return;
        throw CallRefusal.Internal(FormattableString.Invariant(
            $"Trying to use datastore [{place.Id}] to deploy the VM, but it is not of type system datastore."));
    }

    private static void CheckHost(CloudHost host)
    {
        if (host.State == HostState.Offline) throw CallRefusal.Action("Host is offline, cannot use it to deploy VM");
    }

    private static void CheckRoom(CloudVm vm, CloudHost host)
    {
        if (host.HasRoomFor(vm)) return;
        (long cpu, long memory) = (host.MaxCpu - host.UsedCpu, host.MaxMemory - host.UsedMemory);
        throw CallRefusal.Action(
            FormattableString.Invariant($"virtual machine [{vm.Id}] does not fit in host [{host.Id}]. Not enough capacity: ")
            + FormattableString.Invariant($"CPU requested: {vm.Cpu}, available: {cpu}. MEM requested: {vm.Memory}, available: {memory}"));
    }

    private RpcValue Migrate(CloudCall call)
    {
        (int id, int hid, bool isLive, bool enforce) = (call.Int(1), call.Int(2), call.Flag(3, false), call.Flag(4, false));
        (int datastore, int off) = (call.Int(5, -1), call.Int(6, 0));
        CloudHost host = State.Hosts.Pool.Get(hid);
        CheckHost(host);
        CloudDatastore? place = datastore == -1 ? null : State.Datastores.Pool.Get(datastore);
        CloudVm vm = Pool.Get(id);
        List<(AccessOperation, AccessTarget)> wanted = [(AccessOperation.Admin, vm.Access), (AccessOperation.Manage, host.Access)];
        if (place is not null) wanted.Add((AccessOperation.Use, place.Access));
        call.Authorize([.. wanted]);
        bool isActive = vm.IsRunning || vm.IsIn(VmState.Active, LcmState.Unknown);
        if (!isActive && vm.State is not (VmState.PowerOff or VmState.Suspended))
            throw CallRefusal.Action($"Migrate action is not available for state {vm.StateName}");
        CloudVmHistory from = vm.Stay!;
        if (from.Host == host && (place is null || place.Id == from.Datastore))
            throw CallRefusal.Action(string.Create(
                CultureInfo.InvariantCulture, $"VM is already running on host [{hid}] and datastore [{from.Datastore}]"));
        if (enforce && from.Host != host) CheckRoom(vm, host);
        if (place is not null) CheckPlace(place);
        if (VmRequirements.Apply(vm) is { } problem) throw CallRefusal.Action(problem);
        VmHistoryAction action = isLive && vm.IsRunning ? VmHistoryAction.LiveMigrate : off switch
        {
            1 => VmHistoryAction.PoffMigrate,
            2 => VmHistoryAction.PoffHardMigrate,
            _ => VmHistoryAction.Migrate,
        };
        AfterCall(vm, () => BeginMigration(vm, host, place?.Id ?? from.Datastore, action, call));
        return id;
    }

    private void BeginMigration(CloudVm vm, CloudHost host, int datastore, VmHistoryAction action, CloudCall call)
    {
        CloudVmHistory from = vm.Stay!;
        bool wasAway = vm.State is VmState.PowerOff or VmState.Suspended || vm.Lcm == LcmState.Unknown;
        LcmState phase = vm.State switch
        {
            VmState.PowerOff => LcmState.PrologMigratePoweroff,
            VmState.Suspended => LcmState.PrologMigrateSuspend,
            _ when vm.Lcm == LcmState.Unknown => LcmState.PrologMigrateUnknown,
            _ => action == VmHistoryAction.LiveMigrate ? LcmState.Migrate : LcmState.SaveMigrate,
        };
        // A machine that is off, or suspended, keeps what brought it there (OpenNebula 6.10 source, src/lcm/LifeCycleActions.cc).
        if (phase is not (LcmState.PrologMigratePoweroff or LcmState.PrologMigrateSuspend)) from.SetAction(action, call);
        if (wasAway) from.End = State.Time;
        CloudVmHistory to = vm.NewStay(host, datastore);
        to.Start = State.Time;
        if (action != VmHistoryAction.LiveMigrate) to.SetAction(action, call);
        if (wasAway) to.PrologStart = State.Time;
        Engine.Move(vm, from.Host, host, isGoneAtOnce: wasAway);
        Engine.Enter(vm, phase, success =>
        {
            if (wasAway) return;
            if (success) Arrived(vm, from, to, isLive: phase == LcmState.Migrate);
            else StayedBehind(vm, from, to);
        });
    }

    private void Arrived(CloudVm vm, CloudVmHistory from, CloudVmHistory to, bool isLive)
    {
        Engine.Leave(vm);
        (from.RunningEnd, from.End) = (State.Time, State.Time);
        if (!isLive)
        {
            to.PrologStart = State.Time;
            return;
        }

        (to.Start, to.RunningStart) = (State.Time, State.Time);
    }

    private static void StayedBehind(CloudVm vm, CloudVmHistory from, CloudVmHistory to)
    {
        if (vm.Leaving is not null) to.Host.Remove(vm);
        vm.Leaving = null;
        vm.DropStay();
        from.SetAction(VmHistoryAction.None, null);
    }
}
