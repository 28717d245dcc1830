namespace OneEdge.Flow.Tests.Simulation;

/// <summary>Services as the trace of a simulation shows them.</summary>
internal static class ServiceText
{
    public static string Show(Service service) => $"{service.State} {string.Join("; ", service.Roles.Select(Show))}";

    private static string Show(Role role) =>
        $"{role.Name} {role.Activity} {role.State} {role.Cardinality} [{string.Join(",", role.Nodes.Select(Show))}] "
            + $"ordered [{string.Join(",", role.Ordered)}] {role.Error}";

    private static string Show(RoleNode node) => $"{node.VmId}:{node.Condition}{(node.IsDeployed ? "+" : "")}{(node.IsLeaving ? $"({node.Termination})" : "")}";
}
