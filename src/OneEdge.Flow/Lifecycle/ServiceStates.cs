namespace OneEdge.Flow.Lifecycle;

/// <summary>The state of a service, as a function of its goal, its roles and its networks.</summary>
internal static class ServiceStates
{
    /// <summary>Gives the service the state that it has now, and logs it when it is another one.</summary>
    public static void Update(Turn turn) => Set(turn, Of(turn));

    public static void Set(Turn turn, ServiceState state)
    {
        if (turn.State == state) return;
        turn.State = state;
        turn.Log("I", StateNames.Message(state));
    }

    private static ServiceState Of(Turn turn) => turn.Service.Goal == ServiceGoal.Remove ? OfRemoval(turn) : OfRun(turn);

    private static ServiceState OfRemoval(Turn turn)
    {
        Service service = turn.Service;
        if (Has(turn.Roles, RoleState.FailedUndeploying) || RoleStates.CannotLeave(service.Strays)) return ServiceState.FailedUndeploying;
        foreach (Role role in turn.Roles)
        {
            if (role.Activity != RoleActivity.Done) return ServiceState.Undeploying;
        }

        // The last look may find something yet.
        if (!service.Strays.IsEmpty || !service.IsSynchronized) return ServiceState.Undeploying;
        foreach (ServiceNetwork network in service.Networks)
        {
            if (network.IsOwned && (network.Error is not null || network is { IsLeaving: true, Condition: NetworkCondition.Failed }))
                return ServiceState.FailedUndeployingNetworks;
        }

        return ServiceState.UndeployingNetworks;
    }

    private static ServiceState OfRun(Turn turn)
    {
        ReadOnlySpan<Role> roles = turn.Roles;
        if (!NetworkSettling.AreReady(turn.Service) && !Settling.HasBegun(roles)) return OfNetworks(turn.Service);
        if (Has(roles, RoleState.FailedDeploying) || HasBlocked(roles)) return ServiceState.FailedDeploying;
        if (Has(roles, RoleState.FailedScaling)) return ServiceState.FailedScaling;
        if (Has(roles, RoleState.FailedUndeploying)) return ServiceState.FailedUndeploying;
        if (Has(roles, RoleState.Undeploying)) return ServiceState.Undeploying;
        if (Has(roles, RoleState.Deploying)) return ServiceState.Deploying;
        if (Has(roles, RoleState.Hold)) return OfHold(turn);
        if (Has(roles, RoleState.Scaling)) return ServiceState.Scaling;
        if (Has(roles, RoleState.Cooldown)) return ServiceState.Cooldown;
        if (Has(roles, RoleState.Warning)) return ServiceState.Warning;
        return Has(roles, RoleState.Pending) ? ServiceState.Deploying : ServiceState.Running;
    }

    private static ServiceState OfNetworks(Service service)
    {
        foreach (ServiceNetwork network in service.Networks)
        {
            if (network.IsOwned && (network.Error is not null || network.Condition is NetworkCondition.Failed or NetworkCondition.Gone))
                return ServiceState.FailedDeployingNetworks;
        }

        return ServiceState.DeployingNetworks;
    }

    // As OneFlow: a service on hold shows it as soon as its first roles do, one of which some roles are on hold when all of them are.
    private static ServiceState OfHold(Turn turn)
    {
        foreach (Role role in turn.Roles)
        {
            bool isHeld = role.State == RoleState.Hold || (turn.Service.Definition.OnHold && role.State == RoleState.Pending);
            if (!isHeld) return ServiceState.Deploying;
        }

        return ServiceState.Hold;
    }

    private static bool Has(ReadOnlySpan<Role> roles, RoleState state)
    {
        foreach (Role role in roles)
        {
            if (role.State == state) return true;
        }

        return false;
    }

    private static bool HasBlocked(ReadOnlySpan<Role> roles)
    {
        foreach (Role role in roles)
        {
            if (role.Activity == RoleActivity.Waiting && role.Error is not null) return true;
        }

        return false;
    }
}
