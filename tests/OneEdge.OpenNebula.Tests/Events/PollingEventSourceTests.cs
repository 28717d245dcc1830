namespace OneEdge.OpenNebula.Tests.Events;

public sealed class PollingEventSourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filter_for_one_machine_reads_only_that_machine()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(4, VmState.Pending);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachine(4), Token);
        world.Cloud.SetMachine(4, VmState.Active, LcmState.Prolog);
        await stream.NextAsync<VmStateChanged>();
        Assert.All(world.Cloud.Calls, method => Assert.Equal("one.vm.info", method));
    }

    [Theory]
    [InlineData(EventObject.Host, "one.hostpool.info")]
    [InlineData(EventObject.Image, "one.imagepool.info")]
    [InlineData(EventObject.VirtualNetwork, "one.vnpool.info")]
    internal async Task Filter_for_a_kind_reads_only_that_pool(EventObject kind, string method)
    {
        var world = new PolledWorld();
        EventFilter filter = kind switch
        {
            EventObject.Host => EventFilter.Hosts(),
            EventObject.Image => EventFilter.Images(),
            _ => EventFilter.VirtualNetworks(),
        };
        await using EventStream stream = await EventStream.BeginAsync(world, filter, Token);
        world.Cloud.SetOther(kind, 4, 3);
        await stream.NextAsync();
        Assert.All(world.Cloud.Calls, called => Assert.Equal(method, called));
    }

    [Fact]
    public async Task What_was_there_when_the_stream_began_is_no_event()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Active, LcmState.Running);
        world.Cloud.SetMachine(2, VmState.Active, LcmState.Running);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        world.Cloud.SetMachine(2, VmState.PowerOff);
        Assert.Equal(2, (await stream.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Machine_that_leaves_the_pool_is_done()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Active, LcmState.Running, host: "host1");
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(VmState.Done), Token);
        world.Cloud.SetMachine(1, VmState.Done, host: "host1");
        VmStateChanged done = await stream.NextAsync<VmStateChanged>();
        Assert.Equal((1, VmState.Done, "host1", VmState.Done), (done.Id, done.State, done.RemoteHost, done.VirtualMachine.State));
    }

    [Fact]
    public async Task Machine_that_is_done_is_told_once()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Active, LcmState.Running);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        world.Cloud.SetMachine(1, VmState.Done);
        await stream.NextAsync<VmStateChanged>();
        world.Cloud.SetMachine(2, VmState.Pending);
        Assert.Equal(2, (await stream.NextAsync<VmStateChanged>()).Id);
    }

    [Fact]
    public async Task Several_machines_are_read_as_a_set()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Pending);
        await using EventStream stream = await EventStream.BeginAsync(
            world, EventFilter.Any(EventFilter.VirtualMachine(1), EventFilter.VirtualMachine(2)), Token);
        world.Cloud.SetMachine(1, VmState.Done);
        Assert.Equal(1, (await stream.NextAsync<VmStateChanged>()).Id);
        Assert.All(world.Cloud.Calls, method => Assert.Equal("one.vmpool.infoset", method));
    }

    [Fact]
    public async Task Network_that_was_deleted_is_done()
    {
        var world = new PolledWorld();
        world.Cloud.SetOther(EventObject.VirtualNetwork, 1, (int)VirtualNetworkState.Ready);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualNetworks(), Token);
        world.Cloud.Delete(EventObject.VirtualNetwork, 1);
        VirtualNetworkStateChanged done = await stream.NextAsync<VirtualNetworkStateChanged>();
        Assert.Equal((1, VirtualNetworkState.Done, "object-1"), (done.Id, done.State, done.VirtualNetwork.Name));
    }

    [Fact]
    public async Task Image_that_is_hidden_now_is_not_deleted()
    {
        var world = new PolledWorld();
        world.Cloud.SetOther(EventObject.Image, 1, (int)ImageState.Ready);
        world.Cloud.SetOther(EventObject.Image, 2, (int)ImageState.Ready);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.Images(), Token);
        world.Cloud.Hide(EventObject.Image, 1);
        world.Cloud.Delete(EventObject.Image, 2);
        ImageStateChanged gone = await stream.NextAsync<ImageStateChanged>();
        Assert.Equal((2, ImageState.Delete), (gone.Id, gone.State));
    }

    [Fact]
    public async Task Failed_reading_is_a_gap_once_reading_works_again_and_its_changes_follow()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Pending);
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.VirtualMachines(), Token);
        world.Cloud.Failure = new OpenNebulaTransportException(OpenNebulaErrorCodes.Unreachable, "one.vmpool.info", "nobody there", isRetrySafe: true);
        Task<CloudEvent> next = stream.NextAsync();
        int calls = world.Cloud.Calls.Count;
        while (world.Cloud.Calls.Count < calls + 3) await Task.Yield();
        Assert.False(next.IsCompleted);
        world.Cloud.SetMachine(1, VmState.Hold);
        world.Cloud.Failure = null;
        Gap gap = Assert.IsType<Gap>(await next);
        Assert.Equal(GapReason.ReadFailed, gap.Reason);
        Assert.Contains(OpenNebulaErrorCodes.Unreachable, gap.Detail, StringComparison.Ordinal);
        Assert.Equal(VmState.Hold, (await stream.NextAsync<VmStateChanged>()).State);
    }

    [Fact]
    public async Task Answer_that_is_no_pool_is_a_failed_reading()
    {
        var world = new PolledWorld();
        await using EventStream stream = await EventStream.BeginAsync(world, EventFilter.Hosts(), Token);
        world.Cloud.Garbage = "<HOST_POOL><HOST><ID>1</ID></HOST></HOST_POOL>";
        Task<CloudEvent> next = stream.NextAsync();
        while (world.Cloud.Calls.Count < 3) await Task.Yield();
        world.Cloud.Garbage = null;
        Assert.Equal(GapReason.ReadFailed, Assert.IsType<Gap>(await next).Reason);
    }

    [Fact]
    public async Task First_reading_that_fails_ends_the_stream_with_its_error()
    {
        var world = new PolledWorld();
        world.Cloud.Failure = new OpenNebulaCallException("one.vmpool.info", (int)OpenNebulaErrorKind.Authentication, "no");
        await using IAsyncEnumerator<CloudEvent> stream = world.Source.WatchAsync(EventFilter.VirtualMachines(), Token).GetAsyncEnumerator(Token);
        OpenNebulaCallException e = await Assert.ThrowsAsync<OpenNebulaCallException>(async () => await stream.MoveNextAsync());
        Assert.Equal(OpenNebulaErrorKind.Authentication, e.Kind);
    }

    [Fact]
    public async Task Calls_cannot_be_polled()
    {
        var world = new PolledWorld();
        await using IAsyncEnumerator<CloudEvent> stream =
            world.Source.WatchAsync(EventFilter.Any(EventFilter.VirtualMachines(), EventFilter.ApiCall("one.vm.update")), Token).GetAsyncEnumerator(Token);
        OpenNebulaException e = await Assert.ThrowsAsync<OpenNebulaException>(async () => await stream.MoveNextAsync());
        Assert.Equal(OpenNebulaErrorCodes.EventsUnseen, e.Code);
        Assert.Empty(world.Cloud.Calls);
    }

    [Fact]
    public async Task Cloud_is_read_once_in_an_interval()
    {
        var world = new PolledWorld();
        await using IAsyncEnumerator<CloudEvent> stream = world.Source.WatchAsync(EventFilter.Hosts(), Token).GetAsyncEnumerator(Token);
        Assert.True(await stream.MoveNextAsync());
        Task<bool> next = stream.MoveNextAsync().AsTask();
        world.Time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.Single(world.Cloud.Calls);
        world.Cloud.SetOther(EventObject.Host, 1, (int)HostState.Error);
        world.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await next);
        Assert.Equal(2, world.Cloud.Calls.Count);
    }

    [Fact]
    public async Task Followed_machine_tells_its_present_state_first_and_reads_again_on_gaps()
    {
        var world = new PolledWorld();
        var hub = new EventHub();
        world.Cloud.SetMachine(4, VmState.Active, LcmState.Boot);
        await using IAsyncEnumerator<VmStateChanged> states = new InProcessEventSource(hub).VirtualMachineAsync(
            4, world.Cloud, Token).GetAsyncEnumerator(Token);
        Assert.True(await states.MoveNextAsync());
        Assert.Equal(LcmState.Boot, states.Current.LcmState);

        (string[] topics, byte[] payload) = EventTexts.MachineMessage(4, VmState.Active, LcmState.Running);
        foreach (string topic in topics) hub.Publish(new HookMessage(topic, payload));
        foreach (string topic in topics) hub.Publish(new HookMessage(topic, payload));
        Assert.True(await states.MoveNextAsync());
        Assert.True(states.Current.IsRunning);

        world.Cloud.SetMachine(4, VmState.PowerOff);
        hub.Publish(new Gap(GapReason.Reconnected));
        Assert.True(await states.MoveNextAsync());
        Assert.Equal(VmState.PowerOff, states.Current.State);
    }

    [Fact]
    public async Task Followed_service_tells_its_machines_only()
    {
        var world = new PolledWorld();
        world.Cloud.SetMachine(1, VmState.Active, LcmState.Running, 5);
        world.Cloud.SetMachine(2, VmState.Active, LcmState.Running, 50);
        world.Cloud.SetMachine(3, VmState.Active, LcmState.Prolog, 5);
        await using IAsyncEnumerator<VmStateChanged> states = new InProcessEventSource(new EventHub()).ServiceAsync(
            5, world.Cloud, Token).GetAsyncEnumerator(Token);
        Assert.True(await states.MoveNextAsync());
        Assert.Equal(1, states.Current.Id);
        Assert.True(await states.MoveNextAsync());
        Assert.Equal(3, states.Current.Id);
    }
}
