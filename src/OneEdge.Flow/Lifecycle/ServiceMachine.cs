using System.Collections.Immutable;

namespace OneEdge.Flow.Lifecycle;

/// <summary>
/// The life cycle of a service, as a function: a service, something that happens and the time go in; the service after it and what has to be done come
/// out. It is total: every service can be told everything in every state.
/// </summary>
/// <remarks>
/// What is known of virtual machines and networks, and what is wanted of them, is kept apart from the states that people see: states follow from it. So an
/// event that comes late, twice or never leaves nothing behind once the cloud was read again (<see cref="Synchronize"/>).
/// </remarks>
public static class ServiceMachine
{
    /// <summary>Tells a service something.</summary>
    /// <param name="service">The service.</param>
    /// <param name="happened">What happened, or what somebody wants.</param>
    /// <param name="now">The time.</param>
    /// <param name="settings">What all services have in common; <see langword="null"/> for the defaults.</param>
    public static Transition Step(Service service, ServiceEvent happened, DateTimeOffset now, MachineSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(happened);
        var turn = new Turn(service, now, settings ?? MachineSettings.Default);
        Refusal? refusal = happened is ServiceRequest request ? Requests.Take(turn, request) : Facts.Take(turn, happened);
        if (refusal is not null) return new Transition(service, ImmutableArray<ServiceCommand>.Empty, refusal, false);
        Settling.Run(turn);
        return turn.Finish();
    }

    /// <summary>When a service has to be told that <see cref="TimePassed"/>; <see langword="null"/> when it waits for nothing but events.</summary>
    /// <param name="service">The service.</param>
    public static DateTimeOffset? NextWake(Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        DateTimeOffset? next = null;
        foreach (Role role in service.Roles)
        {
            if (role.Activity == RoleActivity.CoolingDown && role.CooldownEnd is { } end && (next is null || end < next)) next = end;
        }

        return next;
    }
}
