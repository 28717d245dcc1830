using OneEdge.Flow.Lifecycle;
using static OneEdge.Flow.Tests.Simulation.Requirement;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>What holds after each step, whatever happened.</summary>
internal static class SimulationChecks
{
    public static void CheckService(Service service)
    {
        HashSet<int> seen = [];
        foreach (Role role in service.Roles)
        {
            Require(role.Cardinality >= 0, $"{role.Name} wants {role.Cardinality} virtual machines");
            Require(role.Ordered.Distinct().Count() == role.Ordered.Length, $"{role.Name} orders a number twice");
            Require(role.Ordered.All(n => n < role.NextVmNumber), $"{role.Name} may use a number twice");
            Require(role.Activity != RoleActivity.Done || role.Nodes.IsEmpty, $"{role.Name} is done and has virtual machines");
            Require(role.State == RoleStates.Of(role) || !service.IsSynchronized, $"{role.Name} is {role.State} and not {RoleStates.Of(role)}");
            foreach (RoleNode node in role.Nodes) Require(seen.Add(node.VmId), $"virtual machine {node.VmId} is there twice");
        }

        foreach (RoleNode node in service.Strays) Require(seen.Add(node.VmId), $"virtual machine {node.VmId} is there twice");
        Require(service.Log.Length <= Service.MaxLogEntries, "the log is too long");
    }

    public static void CheckCommands(Service before, Transition transition)
    {
        Service after = transition.Service;
        foreach (ServiceCommand command in transition.Commands)
        {
            if (command is CreateVm create) CheckCreation(before, after, create);
            if (command is CallVm { Call: VmCall.Terminate or VmCall.TerminateHard or VmCall.Delete } call)
            {
                bool isLeaving = after.Roles.SelectMany(r => r.Nodes).Concat(after.Strays).Any(n => n.VmId == call.VmId && n.IsLeaving);
                Require(isLeaving, $"virtual machine {call.VmId} is terminated and nobody wants that");
            }
        }
    }

    private static void CheckCreation(Service before, Service after, CreateVm create)
    {
        Require(after.Goal == ServiceGoal.Run, "a virtual machine is created for a service that shall go");
        Require(after.IsSynchronized, "a virtual machine is created before it is known which there are");
        Require(after.Networks.All(n => !n.IsOwned || n.NetworkId is not null), "a virtual machine is created before the networks");
        Role role = after.Roles.Single(r => r.Name == create.RoleName);
        int staying = role.Nodes.Count(n => !n.IsLeaving) + role.Ordered.Length;
        Require(staying <= role.Cardinality, $"{role.Name} gets {staying} virtual machines and wants {role.Cardinality}");
        if (after.Definition.Deployment == DeploymentStrategy.None || role.Activity is RoleActivity.ScalingUp or RoleActivity.ScalingDown) return;

        // A role that had begun goes on, whatever became of its parents since.
        if (before.Roles.Any(r => r.Name == role.Name && r.Activity != RoleActivity.Waiting)) return;
        foreach (string parent in role.Definition.Parents)
        {
            RoleState state = after.Roles.Single(r => r.Name == parent).State;
            Require(state is RoleState.Running or RoleState.Hold, $"{role.Name} begins while its parent {parent} is {state}");
        }
    }
}
