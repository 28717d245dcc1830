namespace OneEdge.OpenNebula.Tests.Events;

/// <summary>What every source does, wherever its events come from.</summary>
public abstract class EventSourceContract
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract Task<IEventWorld> StartAsync();

    [Fact]
    public async Task Stream_begins_with_a_gap()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
    }

    [Fact]
    public async Task Change_of_a_machine_is_told_with_all_there_is_of_it()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await world.ChangeMachineAsync(4, VmState.Active, LcmState.Running, 50, "host1");
        VmStateChanged told = await stream.NextAsync<VmStateChanged>();
        Assert.Equal((4, VmState.Active, LcmState.Running, true), (told.Id, told.State, told.LcmState, told.IsRunning));
        Assert.Equal((50, "host1"), (told.ServiceId, told.RemoteHost));
        Assert.Equal((4, "vm-4", VmState.Active), (told.VirtualMachine.Id, told.VirtualMachine.Name, told.VirtualMachine.State));
    }

    [Fact]
    public async Task Changes_come_in_their_order()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        LcmState[] states = [LcmState.Prolog, LcmState.Boot, LcmState.Running, LcmState.Shutdown, LcmState.Epilog];
        foreach (LcmState state in states)
        {
            await world.ChangeMachineAsync(7, VmState.Active, state);
            Assert.Equal(state, (await stream.NextAsync<VmStateChanged>()).LcmState);
        }

        await world.ChangeMachineAsync(7, VmState.Done);
        Assert.Equal(VmState.Done, (await stream.NextAsync<VmStateChanged>()).State);
    }

    [Fact]
    public async Task Filter_for_one_machine_never_yields_one_whose_number_begins_alike()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        foreach (int other in new[] { 40, 44, 14, 3, 400 }) await world.ChangeMachineAsync(other, VmState.Active, LcmState.Running);
        await world.ChangeMachineAsync(4, VmState.Hold);
        VmStateChanged told = await stream.NextAsync<VmStateChanged>();
        Assert.Equal((4, VmState.Hold), (told.Id, told.State));
    }

    [Fact]
    public async Task Filter_for_a_state_yields_the_machines_that_come_to_it()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(LcmState.Boot), Token);
        await world.ChangeMachineAsync(1, VmState.Active, LcmState.BootFailure);
        await world.ChangeMachineAsync(2, VmState.Active, LcmState.BootPoweroff);
        await world.ChangeMachineAsync(3, VmState.Active, LcmState.Boot);
        Assert.Equal(3, (await stream.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Filter_for_a_service_yields_its_machines()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.Service(5), Token);
        await world.ChangeMachineAsync(1, VmState.Active, LcmState.Running, 50);
        await world.ChangeMachineAsync(2, VmState.Active, LcmState.Running);
        await world.ChangeMachineAsync(3, VmState.Active, LcmState.Running, 5);
        Assert.Equal(3, (await stream.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Change_that_several_filters_ask_for_is_told_once()
    {
        await using IEventWorld world = await StartAsync();
        EventFilter filter = EventFilter.Any(EventFilter.Service(5), EventFilter.VirtualMachine(4), EventFilter.VirtualMachines(VmState.PowerOff));
        await using EventStream stream = await EventStream.BeginAsync(world, filter, Token);
        await world.ChangeMachineAsync(4, VmState.PowerOff, LcmState.LcmInit, 5);
        Assert.Equal((4, VmState.PowerOff), Key(await stream.NextAsync<VmStateChanged>()));
        await world.ChangeMachineAsync(9, VmState.PowerOff, LcmState.LcmInit, 5);
        Assert.Equal((9, VmState.PowerOff), Key(await stream.NextAsync<VmStateChanged>()));
        await world.ChangeMachineAsync(9, VmState.Hold, LcmState.LcmInit, 5);
        Assert.Equal((9, VmState.Hold), Key(await stream.NextAsync<VmStateChanged>()));
    }

    [Fact]
    public async Task Filter_for_everything_tells_each_change_once()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.Everything, Token);
        await world.ChangeMachineAsync(4, VmState.Pending, LcmState.LcmInit, 5);
        Assert.Equal((4, VmState.Pending), Key(await stream.NextAsync<VmStateChanged>()));
        await world.ChangeAsync(EventObject.Host, 2, (int)HostState.Disabled);
        HostStateChanged host = await stream.NextAsync<HostStateChanged>();
        Assert.Equal((2, HostState.Disabled, "object-2"), (host.Id, host.State, host.Host.Name));
        await world.ChangeAsync(EventObject.Image, 3, (int)ImageState.Used);
        ImageStateChanged image = await stream.NextAsync<ImageStateChanged>();
        Assert.Equal((3, ImageState.Used, "object-3"), (image.Id, image.State, image.Image.Name));
        await world.ChangeAsync(EventObject.VirtualNetwork, 4, (int)VirtualNetworkState.LockDelete);
        VirtualNetworkStateChanged network = await stream.NextAsync<VirtualNetworkStateChanged>();
        Assert.Equal((4, VirtualNetworkState.LockDelete, "object-4"), (network.Id, network.State, network.VirtualNetwork.Name));
    }

    [Fact]
    public async Task Filter_for_a_kind_yields_no_other_kind()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(
            world, EventFilter.Any(EventFilter.Image(4), EventFilter.Hosts(HostState.Offline)), Token);
        await world.ChangeAsync(EventObject.VirtualNetwork, 4, (int)VirtualNetworkState.Ready);
        await world.ChangeAsync(EventObject.Image, 40, (int)ImageState.Used);
        await world.ChangeAsync(EventObject.Host, 4, (int)HostState.Error);
        await world.ChangeAsync(EventObject.Host, 5, (int)HostState.Offline);
        Assert.Equal(5, (await stream.NextAsync<HostStateChanged>()).Id);
        await world.ChangeAsync(EventObject.Image, 4, (int)ImageState.Error);
        Assert.Equal(4, (await stream.NextAsync<ImageStateChanged>()).Id);
    }

    [Fact]
    public async Task Interruption_is_told_as_a_gap_and_events_go_on()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await world.ChangeMachineAsync(4, VmState.Hold);
        await stream.NextAsync<VmStateChanged>();
        await world.InterruptAsync();
        Assert.NotEqual(GapReason.Started, (await stream.NextAsync<Gap>()).Reason);
        await world.ChangeMachineAsync(4, VmState.Pending);
        Assert.Equal(VmState.Pending, (await stream.NextAsync<VmStateChanged>()).State);
    }

    [Fact]
    public async Task Streams_do_not_take_events_from_each_other()
    {
        await using IEventWorld world = await StartAsync();
        await using EventStream first = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await using EventStream second = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        await using (EventStream third = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token))
        {
            // Its end takes nothing from the others.
        }

        await world.ChangeMachineAsync(4, VmState.Hold);
        Assert.Equal(4, (await first.NextAsync<VmStateChanged>()).Id);
        Assert.Equal(4, (await second.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Cancelled_stream_ends_with_the_token_of_the_caller()
    {
        await using IEventWorld world = await StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), cancellation.Token);
        Task<CloudEvent> next = stream.NextAsync();
        await cancellation.CancelAsync();
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(cancellation.Token, e.CancellationToken);
    }

    private static (int Id, VmState State) Key(VmStateChanged told) => (told.Id, told.State);
}
