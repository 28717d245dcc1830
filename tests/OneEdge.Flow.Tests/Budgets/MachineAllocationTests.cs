using OneEdge.Flow.Lifecycle;
using OneEdge.Flow.Tests.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Budgets;

[Collection(nameof(Alone))]
public sealed class MachineAllocationTests
{
    private static readonly Role[] Roles = [.. Enumerable.Range(0, 4).Select(i => TestService.Role($"role{i}", 3))];

    [Fact]
    public void The_events_of_a_whole_life_allocate_less_than_a_kilobyte_each()
    {
        ServiceEvent[] life = MachineLife.Events(Roles);
        Service begin = TestService.Create(TestService.None, Roles);
        long allocated = AllocationMeter.Least(() => MachineLife.Run(begin, life));
        Assert.Equal(ServiceState.UndeployingNetworks, MachineLife.Run(begin, life).State);
        Assert.InRange(allocated / life.Length, 1, 1023);
    }

    [Fact]
    public void An_event_that_changes_every_state_allocates_less_than_a_kilobyte()
    {
        Service service = new TestService(TestService.None, Roles).Deploy().Service;
        ServiceEvent[] events = [new VmObserved(5, VmState.PowerOff, LcmState.LcmInit), new VmObserved(5, VmState.Active, LcmState.Running)];
        const int times = 1_000;
        long allocated = AllocationMeter.Least(() =>
        {
            for (int i = 0; i < times; i++) service = ServiceMachine.Step(service, events[i % 2], DateTimeOffset.UnixEpoch).Service;
        });
        Assert.InRange(allocated / times, 1, 1023);
    }

    [Fact]
    public void An_event_that_says_what_is_known_allocates_next_to_nothing()
    {
        Service service = new TestService(TestService.None, Roles).Deploy().Service;
        var seen = new VmObserved(5, VmState.Active, LcmState.Running);
        Assert.InRange(AllocationMeter.Least(() => ServiceMachine.Step(service, seen, DateTimeOffset.UnixEpoch)), 1, 150);
    }
}
