namespace OneEdge.Flow.Strategies;

/// <summary>
/// Whose turn it is: which roles may be deployed, shut down, held and released, by the strategy of their service and the states of the others.
/// </summary>
/// <remarks>Source: the strategies of OneFlow 6.10.5, whose answers are repeated by tests.</remarks>
internal static class RoleOrder
{
    public static bool IsDeployable(ReadOnlySpan<Role> roles, int index, DeploymentStrategy strategy) => strategy == DeploymentStrategy.None
        ? roles[index].State is RoleState.Pending or RoleState.Scaling
        : roles[index].State == RoleState.Pending && ParentsAre(roles, index, RoleState.Running);

    public static bool IsHoldable(ReadOnlySpan<Role> roles, int index, DeploymentStrategy strategy) =>
        roles[index].State == RoleState.Pending && (strategy == DeploymentStrategy.None || ParentsAre(roles, index, RoleState.Hold));

    public static bool IsReleasable(ReadOnlySpan<Role> roles, int index, DeploymentStrategy strategy) =>
        roles[index].State == RoleState.Hold && (strategy == DeploymentStrategy.None || ParentsAre(roles, index, RoleState.Running));

    public static bool IsShutdownable(ReadOnlySpan<Role> roles, int index, DeploymentStrategy strategy) =>
        roles[index].State is not (RoleState.Undeploying or RoleState.Done or RoleState.FailedUndeploying)
        && (strategy == DeploymentStrategy.None || !HasChildThatIsNotDone(roles, index));

    /// <summary>Whether all parents are in a state. A parent that is not there never is.</summary>
    public static bool ParentsAre(ReadOnlySpan<Role> roles, int index, RoleState state)
    {
        foreach (string parent in roles[index].Definition.Parents)
        {
            if (Find(roles, parent) is not { } role || role.State != state) return false;
        }

        return true;
    }

    public static bool HasChildThatIsNotDone(ReadOnlySpan<Role> roles, int index)
    {
        string name = roles[index].Name;
        foreach (Role role in roles)
        {
            if (role.State != RoleState.Done && role.Definition.Parents.Contains(name)) return true;
        }

        return false;
    }

    public static Role? Find(ReadOnlySpan<Role> roles, string name)
    {
        foreach (Role role in roles)
        {
            if (role.Name == name) return role;
        }

        return null;
    }
}
