using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;
using static OneEdge.Flow.Tests.Simulation.Requirement;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>What has to follow from an event, and what must not.</summary>
internal static class TransitionChecks
{
    public static void Check(Service before, ServiceEvent happened, Service after, DateTimeOffset now)
    {
        foreach (Role role in after.Roles)
        {
            if (Find(before, role.Name) is not { } was) continue;
            CheckCooldown(was, happened, role, now);
            CheckOrderOfRemoval(before, was, after, role);
            if (happened is RecoverRequested { Mode: RecoveryMode.Force } && was.Activity != RoleActivity.Waiting)
                Require(role.NextVmNumber == was.NextVmNumber, $"{role.Name} gets new virtual machines instead of giving up");
            if (happened is ScaleRequested or PoliciesEvaluated or VmCreated) CheckChoice(was, role);
            if (happened is VmObserved { State: VmState.Done } gone) CheckGone(was, gone.VmId, role);
            if (after is { IsSynchronized: true, Goal: ServiceGoal.Run } && HasBegun(after)) CheckNumber(after, role);
        }
    }

    private static void CheckCooldown(Role was, ServiceEvent happened, Role role, DateTimeOffset now)
    {
        // Whoever scales ends the rest, and may find the machines there already that he wants.
        if (was.Activity == RoleActivity.CoolingDown && role.Activity == RoleActivity.Serving)
        {
            bool mayEnd = happened is RecoverRequested or ScaleRequested or PoliciesEvaluated || was.CooldownEnd is null || now >= was.CooldownEnd;
            Require(mayEnd, $"{role.Name} does not rest long enough");
        }

        if (was.Activity is not (RoleActivity.ScalingUp or RoleActivity.ScalingDown) || happened is ScaleRequested or PoliciesEvaluated) return;
        TimeSpan wanted = was.ScaleCooldown ?? TimeSpan.FromSeconds(was.Definition.Cooldown ?? 300);
        if (role.Activity == RoleActivity.Serving) Require(wanted <= TimeSpan.Zero, $"{role.Name} does not rest");
        if (role.Activity == RoleActivity.CoolingDown)
            Require(role.CooldownEnd == now + wanted, $"{role.Name} rests until {role.CooldownEnd}, not for {wanted}");
    }

    private static void CheckOrderOfRemoval(Service before, Role was, Service after, Role role)
    {
        bool begins = was.Activity is not (RoleActivity.Undeploying or RoleActivity.Done) && role.Activity is RoleActivity.Undeploying or RoleActivity.Done;
        if (!begins || role.IsLeaving || after.Goal != ServiceGoal.Remove || before.Definition.Deployment == DeploymentStrategy.None) return;
        foreach (Role child in after.Roles)
        {
            bool isBefore = child.Activity == RoleActivity.Done || !child.Definition.Parents.Contains(role.Name);
            Require(isBefore, $"{role.Name} goes before its child {child.Name}");
        }
    }

    /// <summary>Who has to go: those that are not well before those that are, and of those the oldest.</summary>
    private static void CheckChoice(Role was, Role role)
    {
        if (role.Activity is RoleActivity.Undeploying or RoleActivity.Done) return;
        bool staysOlder = false;
        foreach (RoleNode node in role.Nodes)
        {
            RoleNode? known = was.Nodes.FirstOrDefault(n => n.VmId == node.VmId);
            bool isWell = known is { IsDeployed: true, IsLeaving: false, Condition: VmCondition.Running };
            if (!node.IsLeaving) staysOlder |= isWell;
            if (!isWell || !node.IsLeaving) continue;
            Require(!staysOlder, $"virtual machine {node.VmId} of {role.Name} goes before an older one");
            RoleNode? worse = role.Nodes.FirstOrDefault(n => !n.IsLeaving && (!n.IsDeployed || n.Condition is VmCondition.Halted or VmCondition.Failed));
            Require(worse is null, $"virtual machine {node.VmId} of {role.Name} goes before {worse?.VmId}, which is not well");
        }
    }

    /// <summary>What is missing is on its way at once, and no more goes than has to.</summary>
    private static void CheckNumber(Service after, Role role)
    {
        if (role.Activity is not (RoleActivity.Holding or RoleActivity.Deploying or RoleActivity.ScalingUp or RoleActivity.ScalingDown)) return;
        int staying = role.Nodes.Count(n => !n.IsLeaving);
        bool mayLack = role.Error is not null || after.Strays.Any(n => n.FoundFor == role.Name);
        Require(mayLack || staying + role.Ordered.Length >= role.Cardinality, $"{role.Name} lacks virtual machines, and none is ordered");
        bool mayExceed = role.Activity == RoleActivity.Holding || !role.Ordered.IsEmpty;
        Require(mayExceed || staying <= role.Cardinality, $"{role.Name} has {staying} virtual machines, wants {role.Cardinality}, and none goes");
    }

    private static bool HasBegun(Service service) => service.Roles.Any(r => r.Activity != RoleActivity.Waiting);

    private static void CheckGone(Role was, int vmId, Role role)
    {
        if (was.Activity is RoleActivity.Undeploying or RoleActivity.Done) return;
        if (was.Nodes.FirstOrDefault(n => n.VmId == vmId) is not { IsLeaving: false, FoundFor: null }) return;
        Require(role.Cardinality == Math.Max(0, was.Cardinality - 1), $"{role.Name} still wants {role.Cardinality} virtual machines when one was deleted");
    }

    private static Role? Find(Service service, string name)
    {
        foreach (Role role in service.Roles)
        {
            if (role.Name == name) return role;
        }

        return null;
    }
}
