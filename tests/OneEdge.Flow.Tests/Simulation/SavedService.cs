using OneEdge.Flow.Lifecycle;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>What is left of a service when it is written and read again.</summary>
internal static class SavedService
{
    public static Service Of(Service service) => service with
    {
        IsSynchronized = false,
        IsDeleting = false,
        LastReading = 0,
        NeededReading = 0,
        Strays = [],
        Networks = [.. service.Networks.Select(n => n with { Condition = NetworkCondition.Unseen, IsOrdered = false })],
        Roles = [.. service.Roles.Select(r => r with
        {
            Ordered = [],
            Nodes = [.. r.Nodes.Select(n => n with { Condition = VmCondition.Unseen, IsReady = false, IsDeployed = false, TakenOnAfter = null, IsReleased = false, FoundFor = null })],
        })],
    };
}
