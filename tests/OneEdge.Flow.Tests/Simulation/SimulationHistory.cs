using OneEdge.Flow.Lifecycle;
using static OneEdge.Flow.Tests.Simulation.Requirement;

namespace OneEdge.Flow.Tests.Simulation;

/// <summary>What has to hold of commands because of what happened long before them.</summary>
internal sealed class SimulationHistory(SimulatedCloud cloud, Service begin)
{
    private readonly HashSet<string> _held = [.. begin.Roles.Where(r => r.OnHold || begin.Definition.OnHold).Select(r => r.Name)];

    public void Check(ServiceEvent happened, Transition transition)
    {
        if (happened is ReleaseRequested && transition.Refusal is null) _held.Clear();
        bool isForced = happened is RecoverRequested { Mode: RecoveryMode.Force };
        foreach (ServiceCommand command in transition.Commands)
        {
            if (command is CreateVm create) Require(create.OnHold || !_held.Contains(create.RoleName), $"{create} is not on hold, and nobody released it");
            if (command is CallVm { Call: VmCall.TerminateHard or VmCall.Delete } call && !isForced) CheckPatience(call, transition.Service);
        }
    }

    /// <summary>Nobody is asked less politely who did not refuse, or come back.</summary>
    private void CheckPatience(CallVm call, Service service)
    {
        if (cloud.Vms[call.VmId - 1].IsStubborn) return;
        Role? role = service.Roles.FirstOrDefault(r => r.Nodes.Any(n => n.VmId == call.VmId));
        ShutdownAction action = role?.Definition.ShutdownAction ?? service.Definition.ShutdownAction ?? ShutdownAction.Terminate;
        Require(call.Call == VmCall.TerminateHard && action == ShutdownAction.TerminateHard, $"{call} without a reason");
    }
}
