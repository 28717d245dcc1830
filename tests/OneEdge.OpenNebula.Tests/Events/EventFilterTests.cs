using CsCheck;

namespace OneEdge.OpenNebula.Tests.Events;

public sealed class EventFilterTests
{
    private static readonly Gen<int> Ids = Gen.Int[0, 12];
    private static readonly VmState[] States = [.. Enum.GetValues<VmState>()];
    private static readonly LcmState[] LcmStates = [.. Enum.GetValues<LcmState>().Where(s => StateNames.OfLcm((int)s) is not null)];

    private static readonly Gen<EventFilter> Singles = Gen.OneOf(
        Ids.Select(EventFilter.VirtualMachine),
        Gen.Select(Ids, OneOf(States)).Select((id, state) => EventFilter.VirtualMachine(id, state)),
        Gen.Select(Ids, OneOf(LcmStates)).Select((id, state) => EventFilter.VirtualMachine(id, state)),
        OneOf(States).Select(s => EventFilter.VirtualMachines(s)),
        OneOf(LcmStates).Select(s => EventFilter.VirtualMachines(s)),
        Ids.Select(EventFilter.Service),
        Gen.Const(EventFilter.VirtualMachines()),
        Ids.Select(id => EventFilter.Host(id)),
        Gen.Const(EventFilter.ApiCalls()));

    private static readonly Gen<EventFilter> Filters = Gen.Frequency(
        (20, Singles.Array[1, 4].Select(f => EventFilter.Any(f))), (1, Gen.Const(EventFilter.Everything)));

    [Fact]
    public void Change_is_accepted_under_exactly_one_of_its_topics_when_it_is_asked_for_and_under_none_otherwise()
    {
        Gen<int?> services = Gen.Frequency((1, Gen.Const((int?)null)), (3, Ids.Select(id => (int?)id)));
        Gen.Select(Filters, Ids, OneOf(States), OneOf(LcmStates), services).Sample((filter, id, state, lcm, service) =>
        {
            string? text = service?.ToString(System.Globalization.CultureInfo.InvariantCulture);
            (string[] topics, byte[] payload) = EventTexts.MachineMessage(id, state, lcm, text);
            CloudEvent[] events = [.. topics.Select(t => new HookEnvelope(HookTopic.Parse(t), payload, isBase64: false).Event)];
            Assert.All(events, e => Assert.Equal(events[0], e));
            int accepted = topics.Count(t => filter.Wants(HookTopic.Parse(t)) && filter.Accepts(HookTopic.Parse(t), events[0]));
            Assert.Equal(filter.Matches(events[0]) ? 1 : 0, accepted);
        });
    }

    [Fact]
    public void Every_topic_that_is_wanted_begins_with_a_subscription()
    {
        Gen.Select(Filters, Ids, OneOf(States), OneOf(LcmStates)).Sample((filter, id, state, lcm) =>
        {
            foreach (string topic in EventTexts.MachineMessage(id, state, lcm, "7").Topics)
            {
                if (filter.Wants(HookTopic.Parse(topic))) Assert.Contains(filter.Subscriptions, s => topic.StartsWith(s, StringComparison.Ordinal));
            }
        });
    }

    public static TheoryData<EventFilter, string> Prefixes => new()
    {
        { EventFilter.VirtualMachines(), "EVENT VM " },
        { EventFilter.VirtualMachine(4), "EVENT VM 4/" },
        { EventFilter.VirtualMachine(4, VmState.PowerOff), "EVENT VM 4/POWEROFF/" },
        { EventFilter.VirtualMachine(4, LcmState.Running), "EVENT VM 4/ACTIVE/RUNNING " },
        { EventFilter.VirtualMachines(VmState.Done), "EVENT STATE VM/DONE/" },
        { EventFilter.VirtualMachines(LcmState.Boot), "EVENT STATE VM/ACTIVE/BOOT/" },
        { EventFilter.Service(5), "EVENT SERVICE 5 " },
        { EventFilter.Hosts(), "EVENT HOST " },
        { EventFilter.Host(6, HostState.Init), "EVENT HOST 6/INIT/ " },
        { EventFilter.Hosts(HostState.Offline), "EVENT STATE HOST/OFFLINE//" },
        { EventFilter.Image(7), "EVENT IMAGE 7/" },
        { EventFilter.Images(ImageState.UsedPersistent), "EVENT STATE IMAGE/USED//" },
        { EventFilter.VirtualNetworks(VirtualNetworkState.UpdateFailure), "EVENT STATE NET///" },
        { EventFilter.VirtualNetwork(8, VirtualNetworkState.LockDelete), "EVENT NET 8/LOCK_DELETE/ " },
        { EventFilter.ApiCalls(), "EVENT API " },
        { EventFilter.ApiCalls(succeeded: false), "EVENT API " },
        { EventFilter.ApiCall("one.vm.update"), "EVENT API one.vm.update " },
        { EventFilter.ApiCall("one.vm.update", succeeded: true), "EVENT API one.vm.update 1" },
        { EventFilter.HookRetries, "RETRY" },
        { EventFilter.Everything, "" },
    };

    [Theory]
    [MemberData(nameof(Prefixes))]
    public void Subscription_is_as_long_as_can_be(EventFilter filter, string prefix) => Assert.Equal([prefix], filter.Subscriptions);

    [Fact]
    public void Filter_for_a_state_of_images_that_shares_its_name_is_exact()
    {
        EventFilter filter = EventFilter.Images(ImageState.UsedPersistent);
        Assert.Equal(1, Accepted(filter, EventObject.Image, (int)ImageState.UsedPersistent));
        Assert.Equal(0, Accepted(filter, EventObject.Image, (int)ImageState.Used));
        Assert.Equal(1, Accepted(EventFilter.VirtualNetworks(), EventObject.VirtualNetwork, (int)VirtualNetworkState.UpdateFailure));
        Assert.Equal(
            1, Accepted(EventFilter.VirtualNetworks(VirtualNetworkState.UpdateFailure), EventObject.VirtualNetwork, (int)VirtualNetworkState.UpdateFailure));
    }

    [Fact]
    public void Union_subscribes_to_each_once()
    {
        EventFilter filter = EventFilter.Any(EventFilter.VirtualMachine(4), EventFilter.VirtualMachine(4), EventFilter.Host(1));
        Assert.Equal(["EVENT VM 4/", "EVENT HOST 1/"], filter.Subscriptions);
        Assert.Same(EventFilter.Everything, EventFilter.Any(filter, EventFilter.Everything));
    }

    [Fact]
    public void What_makes_no_filter_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.VirtualMachine(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.Service(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.VirtualMachines((VmState)7));
        Assert.Throws<ArgumentOutOfRangeException>(() => EventFilter.Hosts(HostState.MonitoringInit));
        Assert.Throws<ArgumentException>(() => EventFilter.ApiCall(""));
        Assert.Throws<ArgumentException>(() => EventFilter.ApiCall("one.vm.update 1"));
        Assert.Throws<ArgumentException>(() => EventFilter.Any());
    }

    [Fact]
    public void Gap_matches_every_filter() => Assert.True(EventFilter.HookRetries.Matches(new Gap(GapReason.Started)));

    [Fact]
    public void Every_state_of_the_model_has_the_name_that_topics_have()
    {
        // What the model calls PowerOff stands as POWEROFF, UsedPersistent as USED; 6.10 publishes one state of the model no more.
        Assert.All(
            Enum.GetValues<VmState>(),
            s => Assert.Equal(Plain(s), StateNames.Of(EventObject.VirtualMachine, (int)s)!.Replace("_", "", StringComparison.Ordinal)));
        Assert.All(LcmStates, s => Assert.Equal(Plain(s), StateNames.OfLcm((int)s)!.Replace("_", "", StringComparison.Ordinal)));
        Assert.All(
            Enum.GetValues<VirtualNetworkState>().Where(s => s != VirtualNetworkState.UpdateFailure),
            s => Assert.Equal(Plain(s), StateNames.Of(EventObject.VirtualNetwork, (int)s)!.Replace("_", "", StringComparison.Ordinal)));
        Assert.All(
            Enum.GetValues<ImageState>(),
            s => Assert.StartsWith(StateNames.Of(EventObject.Image, (int)s)!.Replace("_", "", StringComparison.Ordinal), Plain(s), StringComparison.Ordinal));
        Assert.Equal([LcmState.DiskSnapshotRevertSuspended], Enum.GetValues<LcmState>().Except(LcmStates));
    }

    private static int Accepted(EventFilter filter, EventObject kind, int state)
    {
        (string[] topics, byte[] payload) = EventTexts.OtherMessage(kind, 4, state);
        return topics.Select(HookTopic.Parse).Count(t => filter.Wants(t) && filter.Accepts(t, new HookEnvelope(t, payload, isBase64: false).Event));
    }

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Plain<T>(T state)
        where T : struct, Enum => state.ToString().ToUpperInvariant();
}
