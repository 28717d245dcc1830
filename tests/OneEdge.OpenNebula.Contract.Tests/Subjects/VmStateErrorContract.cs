namespace OneEdge.OpenNebula.Contract.Tests;

/// <summary>What a machine in a state does not do.</summary>
public abstract class VmStateErrorContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    [Fact]
    public Task Held_machine_refuses_what_needs_a_host() => AssertRefusedAsync(
        VmState.Hold, "HOLD", "hold", "poweroff", "poweroff-hard", "reboot", "reboot-hard", "resched", "unresched",
        "resume", "stop", "suspend", "undeploy", "undeploy-hard");

    [Fact]
    public Task Running_machine_refuses_what_needs_another_state() => AssertRefusedAsync(VmState.Active, "RUNNING", "hold", "release", "resume");

    [Fact]
    public Task Powered_off_machine_refuses_what_needs_another_state() => AssertRefusedAsync(
        VmState.PowerOff, "POWEROFF", "hold", "release", "poweroff", "reboot", "reboot-hard", "suspend", "stop");

    [Fact]
    public Task Suspended_machine_refuses_what_needs_another_state() => AssertRefusedAsync(
        VmState.Suspended, "SUSPENDED", "hold", "release", "poweroff", "reboot", "reboot-hard", "suspend", "undeploy");

    [Fact]
    public Task Stopped_machine_refuses_what_needs_another_state() => AssertRefusedAsync(
        VmState.Stopped, "STOPPED", "hold", "release", "poweroff", "reboot", "stop", "suspend", "undeploy");

    [Fact]
    public Task Undeployed_machine_refuses_what_needs_another_state() => AssertRefusedAsync(
        VmState.Undeployed, "UNDEPLOYED", "hold", "release", "poweroff", "reboot", "stop", "suspend", "undeploy");

    [Fact]
    public Task Machine_that_is_done_refuses_everything_but_its_end() => AssertRefusedAsync(
        VmState.Done, "DONE", "hold", "release", "poweroff", "reboot", "stop", "suspend", "undeploy", "resume", "resched", "unresched");

    [Fact]
    public async Task Action_that_does_not_exist_is_refused()
    {
        int id = await NewHeldMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.PerformAsync(id, "nonsense", Token), "Action \"nonsense\" is not supported");
        Assert.Equal(VmState.Hold, (await MachineAsync(id)).State);
    }

    [Fact]
    public async Task Running_machine_is_not_deployed_again()
    {
        int id = await NewRunningMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.DeployAsync(id, Stage.OtherHostId, cancellationToken: Token));
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.MigrateAsync(id, Stage.HostId, cancellationToken: Token));
        Assert.Equal(Stage.HostId, Assert.Single((await MachineAsync(id)).History).HostId);
    }

    [Fact]
    public async Task Held_machine_is_not_migrated()
    {
        int id = await NewHeldMachineAsync();
        await RefusedAsync(OpenNebulaErrorKind.Action, () => Vms.MigrateAsync(id, Stage.HostId, cancellationToken: Token));
        Assert.Equal(VmState.Hold, (await MachineAsync(id)).State);
    }

    [Fact]
    public async Task Recovery_of_a_machine_that_does_not_need_it_changes_nothing()
    {
        int id = await NewRunningMachineAsync();
        await Vms.RecoverAsync(id, VmRecovery.Retry, Token);
        Assert.Equal(LcmState.Running, (await MachineAsync(id)).LcmState);
        await RefusedAsync(OpenNebulaErrorKind.Action, () => One.CallAsync("one.vm.recover", [id, 99], Token));
        Assert.Equal(LcmState.Running, (await MachineAsync(id)).LcmState);
    }

    private async Task AssertRefusedAsync(VmState state, string word, params string[] actions)
    {
        int id = await InStateAsync(state);
        foreach (string action in actions)
        {
            await RefusedAsync(
                OpenNebulaErrorKind.Action,
                () => Vms.PerformAsync(id, action, Token),
                $"Error performing action \"{action}\": This action is not available for state {word}");
        }

        Assert.Equal(state, (await MachineAsync(id)).State);
    }

    private async Task<int> InStateAsync(VmState state)
    {
        if (state == VmState.Hold) return await NewHeldMachineAsync();
        int id = await NewRunningMachineAsync();
        Func<Task> go = state switch
        {
            VmState.PowerOff => () => Vms.PowerOffAsync(id, hard: true, Token),
            VmState.Suspended => () => Vms.SuspendAsync(id, Token),
            VmState.Stopped => () => Vms.StopAsync(id, Token),
            VmState.Undeployed => () => Vms.UndeployAsync(id, hard: true, Token),
            VmState.Done => () => Vms.TerminateAsync(id, hard: true, Token),
            _ => () => Task.CompletedTask,
        };
        await go();
        await StateAsync(id, state);
        return id;
    }
}
