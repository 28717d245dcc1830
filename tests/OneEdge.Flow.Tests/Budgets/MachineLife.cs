using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Tests.Budgets;

/// <summary>The events of a service from its beginning to its end: every state that its virtual machines go through.</summary>
internal static class MachineLife
{
    private static readonly (VmState State, LcmState Lcm)[] Coming =
    [
        (VmState.Pending, LcmState.LcmInit), (VmState.Active, LcmState.Prolog), (VmState.Active, LcmState.Boot), (VmState.Active, LcmState.Running),
    ];

    private static readonly (VmState State, LcmState Lcm)[] Going =
    [
        (VmState.Active, LcmState.Shutdown), (VmState.Active, LcmState.Epilog), (VmState.Done, LcmState.LcmInit),
    ];

    public static ServiceEvent[] Events(IReadOnlyList<Role> roles)
    {
        List<ServiceEvent> events = [new ServiceStarted()];
        int vm = 0;
        foreach (Role role in roles)
        {
            for (int number = 0; number < role.Cardinality; number++) events.Add(new VmCreated(role.Name, number, ++vm));
        }

        foreach ((VmState state, LcmState lcm) in Coming) events.AddRange(Enumerable.Range(1, vm).Select(id => new VmObserved(id, state, lcm)));
        events.Add(new UndeployRequested());
        events.AddRange(Enumerable.Range(1, vm).Select(id => new VmTerminationAccepted(id)));
        foreach ((VmState state, LcmState lcm) in Going) events.AddRange(Enumerable.Range(1, vm).Select(id => new VmObserved(id, state, lcm)));
        events.Add(new Synchronized(1, [], []));
        return [.. events];
    }

    public static Service Run(Service service, ReadOnlySpan<ServiceEvent> events)
    {
        foreach (ServiceEvent happened in events) service = ServiceMachine.Step(service, happened, DateTimeOffset.UnixEpoch).Service;
        return service;
    }
}
