namespace OneEdge.OpenNebula.Contract.Tests;

public abstract class VmScheduleContract(CloudUnderTest cloud) : CloudContract(cloud)
{
    protected override bool NeedsStage => true;

    private VirtualMachineClient Vms => One.VirtualMachines;

    [Fact]
    public async Task Action_is_planned_changed_and_taken_back()
    {
        int id = await NewHeldMachineAsync();
        long time = DateTimeOffset.UtcNow.AddHours(2).ToUnixTimeSeconds();
        int first = await Vms.AddScheduledActionAsync(id, Text($"SCHED_ACTION = [ ACTION = \"terminate\", TIME = \"{time}\" ]"), Token);
        int second = await Vms.AddScheduledActionAsync(id, Text($"SCHED_ACTION = [ ACTION = \"resume\", TIME = \"{time}\", REPEAT = 3, DAYS = 2 ]"), Token);
        Assert.NotEqual(first, second);
        VirtualMachine planned = await MachineAsync(id);
        Assert.Equal([first, second], planned.ScheduledActions.Select(a => a.Id).Order());
        ScheduledAction one = planned.ScheduledActions.Single(a => a.Id == first);
        Assert.Equal(("terminate", Text($"{time}"), "VM", id), (one.Action, one.Time, one.ParentType, one.ParentId));
        Assert.Null(one.Done);

        await Vms.UpdateScheduledActionAsync(id, first, Text($"SCHED_ACTION = [ ACTION = \"poweroff\", TIME = \"{time + 60}\" ]"), Token);
        one = (await MachineAsync(id)).ScheduledActions.Single(a => a.Id == first);
        Assert.Equal(("poweroff", Text($"{time + 60}")), (one.Action, one.Time));

        await Vms.DeleteScheduledActionAsync(id, first, Token);
        Assert.Equal([second], (await MachineAsync(id)).ScheduledActions.Select(a => a.Id));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Vms.DeleteScheduledActionAsync(id, first, Token));
    }

    [Fact]
    public async Task Action_that_does_not_exist_is_not_planned()
    {
        int id = await NewHeldMachineAsync();
        await Assert.ThrowsAsync<OpenNebulaCallException>(
            () => Vms.AddScheduledActionAsync(id, "SCHED_ACTION = [ ACTION = \"nonsense\", TIME = \"4102444800\" ]", Token));
        await Assert.ThrowsAsync<OpenNebulaCallException>(() => Vms.AddScheduledActionAsync(id, "SCHED_ACTION = [ TIME = \"4102444800\" ]", Token));
        Assert.Empty((await MachineAsync(id)).ScheduledActions);
    }

    [Fact]
    public async Task Action_is_done_when_its_time_comes()
    {
        int id = await NewRunningMachineAsync();
        long time = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 1;
        int action = await Vms.AddScheduledActionAsync(id, Text($"SCHED_ACTION = [ ACTION = \"poweroff-hard\", TIME = \"{time}\" ]"), Token);
        VirtualMachine off = await StateAsync(id, VmState.PowerOff);
        VirtualMachine done = await Vms.WaitForAsync(
            off.Id, v => v.ScheduledActions.Single(a => a.Id == action).Done is not null, "done", Poll.Options, Token);
        Assert.Equal(VmState.PowerOff, done.State);
    }

    [Fact]
    public async Task Actions_of_a_template_come_with_its_machines()
    {
        int template = await NewTemplateAsync("SCHED_ACTION = [ ACTION = \"terminate\", TIME = \"+360000\" ]");
        int id = LaterMachine(await One.Templates.InstantiateAsync(template, new InstantiateOptions { OnHold = true }, Token));
        Assert.Equal("terminate", Assert.Single((await MachineAsync(id)).ScheduledActions).Action);
    }
}
