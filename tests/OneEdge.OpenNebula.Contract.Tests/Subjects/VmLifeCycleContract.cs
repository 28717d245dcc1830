namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class VmLifeCycleContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    [Fact]
    public async Task Machine_on_hold_waits_until_it_is_released()
    {
        int id = await NewHeldMachineAsync();
        Assert.Equal((VmState.Hold, LcmState.LcmInit), States(await MachineAsync(id)));
        await Vms.ReleaseAsync(id, Token);
        VirtualMachine running = await RunningAsync(id);
        Assert.Contains(running.Placement!.HostId, new[] { Stage.HostId, Stage.OtherHostId });
    }

    [Fact]
    public async Task Scheduler_starts_a_pending_machine()
    {
        int id = LaterMachine(await Vms.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 0.1\nMEMORY = 32\n{Stage.Requirements}", cancellationToken: Token));
        VirtualMachine running = await RunningAsync(id);
        Assert.Equal(Stage.SystemDatastoreId, running.Placement!.DatastoreId);
        Assert.Contains(id, (await One.Hosts.GetAsync(running.Placement.HostId, cancellationToken: Token)).VirtualMachineIds);
    }

    [Fact]
    public async Task Pending_machine_is_put_on_hold()
    {
        int id = LaterMachine(await Vms.CreateAsync(
            $"NAME = {Names.New("vm")}\nCPU = 0.1\nMEMORY = 32\nSCHED_REQUIREMENTS = \"NAME = nowhere\"", cancellationToken: Token));
        await StateAsync(id, VmState.Pending);
        await Vms.HoldAsync(id, Token);
        await StateAsync(id, VmState.Hold);
        await Vms.ReleaseAsync(id, Token);
        await StateAsync(id, VmState.Pending);
    }

    [Fact]
    public async Task Deployed_machine_runs_where_it_was_put()
    {
        int id = await NewHeldMachineAsync("DISK = [ TYPE = fs, SIZE = 10, FORMAT = raw ]");
        Host before = await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token);
        await Vms.DeployAsync(id, Stage.HostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
        VirtualMachine running = await RunningAsync(id);
        Assert.NotEqual("", running.DeployId);
        VmHistory place = Assert.Single(running.History);
        Assert.Equal((0, Stage.HostId, Stage.ClusterId, Stage.SystemDatastoreId), (place.Sequence, place.HostId, place.ClusterId, place.DatastoreId));
        Assert.Equal((before.Name, "dummy", "dummy"), (place.HostName, place.VmDriver, place.TransferDriver));
        Assert.NotNull(place.RunStart);
        Assert.Null(place.RunEnd);
        Host host = await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token);
        Assert.Contains(id, host.VirtualMachineIds);
        Assert.Equal((before.Capacity!.CpuUsage + 10, before.Capacity.MemoryUsageKb + (32 * 1024)), (host.Capacity!.CpuUsage, host.Capacity.MemoryUsageKb));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Terminated_machine_is_done_for_good(bool hard)
    {
        int id = await NewRunningMachineAsync();
        await Vms.TerminateAsync(id, hard, Token);
        VirtualMachine done = await StateAsync(id, VmState.Done);
        Assert.NotNull(done.EndTime);
        Assert.Equal(hard ? VmHistoryAction.TerminateHard : VmHistoryAction.Terminate, done.Placement!.Action);
        Assert.DoesNotContain(id, (await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token)).VirtualMachineIds);
        await Vms.TerminateAsync(id, cancellationToken: Token);
        Assert.DoesNotContain(id, (await AllAsync(Vms.ListAsync(cancellationToken: Token))).Select(v => v.Id));
        Assert.Contains(id, (await AllAsync(Vms.ListAsync(new VmQuery { IncludeDone = true }, Token))).Select(v => v.Id));
        await RefusedAsync(
            OpenNebulaErrorKind.Action, () => Vms.ResumeAsync(id, Token), "Error performing action \"resume\": This action is not available for state DONE");
    }

    [Fact]
    public async Task Machine_that_never_ran_is_terminated_at_once()
    {
        int id = await NewHeldMachineAsync();
        await Vms.TerminateAsync(id, cancellationToken: Token);
        VirtualMachine done = await StateAsync(id, VmState.Done);
        Assert.Empty(done.History);
    }

    [Theory]
    [InlineData(false, VmHistoryAction.Poweroff)]
    [InlineData(true, VmHistoryAction.PoweroffHard)]
    public async Task Machine_that_is_powered_off_keeps_its_place(bool hard, VmHistoryAction action)
    {
        int id = await NewRunningMachineAsync();
        await Vms.PowerOffAsync(id, hard, Token);
        VirtualMachine off = await StateAsync(id, VmState.PowerOff);
        Assert.Equal((action, Stage.HostId), (off.Placement!.Action, off.Placement.HostId));
        Assert.Contains(id, (await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token)).VirtualMachineIds);
        await Vms.ResumeAsync(id, Token);
        Assert.Equal(Stage.HostId, (await RunningAsync(id)).Placement!.HostId);
    }

    [Fact]
    public async Task Suspended_machine_is_resumed_where_it_was()
    {
        int id = await NewRunningMachineAsync();
        await Vms.SuspendAsync(id, Token);
        VirtualMachine suspended = await StateAsync(id, VmState.Suspended);
        Assert.Equal(VmHistoryAction.Suspend, suspended.Placement!.Action);
        await Vms.ResumeAsync(id, Token);
        Assert.Equal(Stage.HostId, (await RunningAsync(id)).Placement!.HostId);
    }

    [Fact]
    public async Task Stopped_machine_gives_its_host_back_and_is_scheduled_again()
    {
        int id = await NewRunningMachineAsync();
        await Vms.StopAsync(id, Token);
        VirtualMachine stopped = await StateAsync(id, VmState.Stopped);
        Assert.Equal(VmHistoryAction.Stop, stopped.Placement!.Action);
        Assert.DoesNotContain(id, (await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token)).VirtualMachineIds);
        await Vms.ResumeAsync(id, Token);
        await RunningAsync(id);
    }

    [Theory]
    [InlineData(false, VmHistoryAction.Undeploy)]
    [InlineData(true, VmHistoryAction.UndeployHard)]
    public async Task Undeployed_machine_gives_its_host_back_and_is_scheduled_again(bool hard, VmHistoryAction action)
    {
        int id = await NewRunningMachineAsync();
        await Vms.UndeployAsync(id, hard, Token);
        VirtualMachine undeployed = await StateAsync(id, VmState.Undeployed);
        Assert.Equal(action, undeployed.Placement!.Action);
        Assert.DoesNotContain(id, (await One.Hosts.GetAsync(Stage.HostId, cancellationToken: Token)).VirtualMachineIds);
        await Vms.ResumeAsync(id, Token);
        await RunningAsync(id);
    }

    [Fact]
    public async Task Undeployed_machine_is_deployed_elsewhere()
    {
        int id = await NewRunningMachineAsync();
        await Vms.UndeployAsync(id, hard: true, Token);
        await StateAsync(id, VmState.Undeployed);
        await Vms.DeployAsync(id, Stage.OtherHostId, new DeployOptions { DatastoreId = Stage.SystemDatastoreId }, Token);
        VirtualMachine running = await RunningAsync(id);
        Assert.Equal([Stage.HostId, Stage.OtherHostId], running.History.Select(h => h.HostId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rebooted_machine_runs_on(bool hard)
    {
        int id = await NewRunningMachineAsync();
        await Vms.RebootAsync(id, hard, Token);
        Assert.Equal(LcmState.Running, (await RunningAsync(id)).LcmState);
    }

    [Fact]
    public async Task Wish_for_another_host_is_made_and_taken_back()
    {
        int id = await NewRunningMachineAsync();
        await Vms.CancelReschedulingAsync(id, Token);
        Assert.False((await MachineAsync(id)).IsRescheduled);
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        int held = await NewHeldMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.CancelReschedulingAsync(held, Token));
    }

    [Theory]
    [InlineData(true, MigrationKind.Save, VmHistoryAction.LiveMigrate)]
    [InlineData(false, MigrationKind.Save, VmHistoryAction.Migrate)]
    [InlineData(false, MigrationKind.PowerOff, VmHistoryAction.PoffMigrate)]
    [InlineData(false, MigrationKind.PowerOffHard, VmHistoryAction.PoffHardMigrate)]
    public async Task Running_machine_is_migrated(bool isLive, MigrationKind kind, VmHistoryAction action)
    {
        int id = await NewRunningMachineAsync();
        await Vms.MigrateAsync(id, Stage.OtherHostId, new MigrateOptions { IsLive = isLive, Kind = kind }, Token);
        // The records of a machine are there before its new state is, and it runs before its old host has let go of it.
        await Poll.UntilAsync(
            ct => One.Hosts.GetAsync(Stage.HostId, cancellationToken: ct), h => !h.VirtualMachineIds.Contains(id), "host without the machine");
        VirtualMachine moved = await RunningAsync(id);
        Assert.Equal([(0, Stage.HostId), (1, Stage.OtherHostId)], moved.History.Select(h => (h.Sequence, h.HostId)));
        Assert.Equal(action, moved.History[0].Action);
        Assert.Contains(id, (await One.Hosts.GetAsync(Stage.OtherHostId, cancellationToken: Token)).VirtualMachineIds);
    }

    [Fact]
    public async Task Powered_off_machine_is_migrated_and_stays_off()
    {
        int id = await NewRunningMachineAsync();
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        await Vms.MigrateAsync(id, Stage.OtherHostId, cancellationToken: Token);
        await Poll.UntilAsync(
            ct => One.Hosts.GetAsync(Stage.HostId, cancellationToken: ct), h => !h.VirtualMachineIds.Contains(id), "host without the machine");
        VirtualMachine moved = await Vms.WaitForAsync(
            id, v => v.State == VmState.PowerOff && v.History is [_, { Action: VmHistoryAction.Migrate, PrologEnd: not null }],
            "migrated", Poll.Options, Token);
        Assert.Equal((Stage.OtherHostId, VmHistoryAction.PoweroffHard), (moved.Placement!.HostId, moved.History[0].Action));
        await Vms.ResumeAsync(id, Token);
        Assert.Equal(Stage.OtherHostId, (await RunningAsync(id)).Placement!.HostId);
    }

    [Fact]
    public async Task Machine_is_not_put_where_nothing_is()
    {
        int id = await NewHeldMachineAsync();
        OpenNebulaCallException error = await RefusedAsync(OpenNebulaErrorKind.NoExists, () => Vms.DeployAsync(id, int.MaxValue, cancellationToken: Token));
        Assert.Equal((OpenNebulaObjectKind.Host, int.MaxValue), (error.ObjectKind, error.ObjectId));
        Assert.Equal(VmState.Hold, (await MachineAsync(id)).State);
    }

    [Fact]
    public async Task Machine_that_is_too_large_is_not_put_on_a_host_when_capacity_is_enforced()
    {
        int id = await NewHeldMachineAsync();
        int large = LaterMachine(await Vms.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 10000\nMEMORY = 64\n{Stage.Requirements}", onHold: true, Token));
        await RefusedAsync(
            OpenNebulaErrorKind.Action,
            () => Vms.DeployAsync(large, Stage.HostId, new DeployOptions { EnforceCapacity = true, DatastoreId = Stage.SystemDatastoreId }, Token));
        Assert.Equal(VmState.Hold, (await MachineAsync(large)).State);
        await Vms.DeployAsync(id, Stage.HostId, new DeployOptions { EnforceCapacity = true, DatastoreId = Stage.SystemDatastoreId }, Token);
        await RunningAsync(id);
    }

    [Fact]
    public async Task Powered_off_machine_is_resized()
    {
        int id = await NewRunningMachineAsync();
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        await Vms.ResizeAsync(id, "MEMORY = 48\nCPU = 0.2\nVCPU = 3", cancellationToken: Token);
        VirtualMachine resized = await Vms.WaitForAsync(id, v => v.MemoryMb == 48 && v.State == VmState.PowerOff, "resized", Poll.Options, Token);
        Assert.Equal((0.2, 3), (resized.Cpu, resized.VirtualCpus));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => Vms.ResizeAsync(id, "MEMORY = -4", cancellationToken: Token));
        Assert.Equal(48, (await MachineAsync(id)).MemoryMb);
    }

    [Fact]
    public async Task Machine_that_cannot_be_described_is_refused()
    {
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => Vms.CreateAsync("NAME = [ A", cancellationToken: Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => Vms.CreateAsync($"NAME = {Names.New("vm")}\nMEMORY = 64", onHold: true, Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => Vms.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 1", onHold: true, Token));
        await RefusedAsync(OpenNebulaErrorKind.Internal, () => Vms.CreateAsync($"NAME = {Names.New("vm")}\nCPU = 1\nMEMORY = -1", onHold: true, Token));
    }

    [Fact]
    public async Task Machine_is_renamed_and_its_attributes_are_replaced_or_added()
    {
        int id = await NewHeldMachineAsync("A = 1\nB = 2");
        string name = Names.New("renamed");
        await Vms.RenameAsync(id, name, Token);
        await Vms.UpdateAsync(id, "A = 3\nREADY = YES", UpdateMode.Append, Token);
        VirtualMachine changed = await MachineAsync(id);
        Assert.Equal((name, "3", "2", "YES"), (changed.Name, changed.UserTemplate.Get("A"), changed.UserTemplate.Get("B"), changed.UserTemplate.Get("READY")));
        await Vms.UpdateAsync(id, "C = 4", UpdateMode.Replace, Token);
        VirtualMachine replaced = await MachineAsync(id);
        Assert.Equal(("4", null, 32), (replaced.UserTemplate.Get("C"), replaced.UserTemplate.Get("A"), replaced.MemoryMb));
    }

    [Fact]
    public async Task Machine_changes_its_owner_and_its_rights()
    {
        (int user, string name, OpenNebulaClient own) = await NewUserAsync();
        int id = await NewHeldMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => own.VirtualMachines.GetAsync(id, cancellationToken: Token));
        await Vms.ChangePermissionsAsync(id, new PermissionChange { OtherUse = true }, Token);
        Assert.True((await own.VirtualMachines.GetAsync(id, cancellationToken: Token)).Permissions!.Value.OtherUse);
        await Vms.ChangeOwnerAsync(id, user, 1, Token);
        VirtualMachine changed = await own.VirtualMachines.GetAsync(id, cancellationToken: Token);
        Assert.Equal((user, name, 1), (changed.OwnerId, changed.OwnerName, changed.GroupId));
        await own.VirtualMachines.UpdateAsync(id, "MINE = YES", cancellationToken: Token);
    }

    [Fact]
    public async Task Configuration_of_a_powered_off_machine_is_changed()
    {
        int id = await NewRunningMachineAsync("CONTEXT = [ A = 1 ]");
        await Vms.PowerOffAsync(id, hard: true, Token);
        await StateAsync(id, VmState.PowerOff);
        await Vms.UpdateConfigurationAsync(id, "CONTEXT = [ A = 2, B = 3 ]\nGRAPHICS = [ TYPE = vnc, LISTEN = \"0.0.0.0\" ]", UpdateMode.Replace, Token);
        VirtualMachine changed = await MachineAsync(id);
        Assert.Equal(("2", "3"), (changed.Template.Vector("CONTEXT")!.Get("A"), changed.Template.Vector("CONTEXT")!.Get("B")));
        Assert.Equal("vnc", changed.Template.Vector("GRAPHICS")!.Get("TYPE"));
    }

    [Fact]
    public async Task Locked_machine_stays_as_it_is()
    {
        int id = await NewRunningMachineAsync();
        await Vms.LockAsync(id, LockLevel.Manage, cancellationToken: Token);
        VirtualMachine locked = await MachineAsync(id);
        Assert.Equal(LockLevel.Manage, locked.Lock!.Level);
        await RefusedAsync(OpenNebulaErrorKind.Authorization, () => Vms.PowerOffAsync(id, cancellationToken: Token), Text($"User [0] : VM is locked. [{id}]."));
        await Vms.UnlockAsync(id, Token);
        await Vms.PowerOffAsync(id, cancellationToken: Token);
        await StateAsync(id, VmState.PowerOff);
    }

    [Fact]
    public async Task Machines_are_asked_for_by_their_numbers_and_their_states()
    {
        int first = await NewHeldMachineAsync(), second = await NewRunningMachineAsync();
        Assert.Equal([first, second], (await Vms.GetManyAsync([first, second], cancellationToken: Token)).Select(v => v.Id).Order());
        List<int> held = [.. (await AllAsync(Vms.ListAsync(new VmQuery { State = VmState.Hold }, Token))).Select(v => v.Id)];
        Assert.Contains(first, held);
        Assert.DoesNotContain(second, held);
        List<VirtualMachine> running = await AllAsync(Vms.ListAsync(VmQuery.Running, Token));
        Assert.Contains(second, running.Select(v => v.Id));
        Assert.DoesNotContain(first, running.Select(v => v.Id));
    }

    [Fact]
    public async Task Powered_off_machine_of_a_template_is_created_anew()
    {
        int id = await NewRunningMachineAsync();
        await Vms.RecoverAsync(id, VmRecovery.DeleteRecreate, Token);
        VirtualMachine again = await Vms.WaitForAsync(
            id, v => v.State is VmState.Pending or VmState.Hold || (v.LcmState == LcmState.Running && v.History.Count > 1),
            "created anew", Poll.Options, Token);
        Assert.NotEqual(VmState.Done, again.State);
    }

    private static (VmState State, LcmState Lcm) States(VirtualMachine machine) => (machine.State, machine.LcmState);
}
