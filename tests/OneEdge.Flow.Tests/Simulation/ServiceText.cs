namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Services as the trace of a simulation shows them.</summary>
internal static class ServiceText
{
    public static string Show(Service service) => $"{service.State} {string.Join("; ", service.Roles.Select(Show))}";

    private static string Show(Role role) =>
        $"{role.Name} {role.Activity} {role.State} {role.Cardinality} [{string.Join(",", role.Nodes.Select(n => $"{n.VmId}:{n.Condition}{(n.IsDeployed ? "+" : "")}"
            + (n.IsLeaving ? $"({n.Termination})" : "")))}] ordered [{string.Join(",", role.Ordered)}] {role.Error}";
}
