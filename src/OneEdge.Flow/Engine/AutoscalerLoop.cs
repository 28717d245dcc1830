using System.Diagnostics;
using OneEdge.Flow.Elasticity;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>Evaluates the policies of all services, from time to time.</summary>
internal sealed class AutoscalerLoop(EngineContext engine, IServiceHosting hosting)
{
    private readonly AutoscalerSettings _settings = engine.Options.Autoscaler with
    {
        DefaultCooldown = engine.Options.Machine.DefaultCooldown,
        Interval = engine.Options.AutoscalerInterval,
    };

    public async Task RunAsync()
    {
        if (engine.Options.AutoscalerInterval == TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(engine.Options.AutoscalerInterval, engine.Time);
        try
        {
            do
            {
                await TryRoundAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(engine.Stopping).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The engine stops.
        }
    }

    private async Task TryRoundAsync()
    {
        using Activity? activity = FlowTelemetry.Activities.StartActivity("oneedge.flow.autoscaler");
        try
        {
            await RoundAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (!engine.Stopping.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, error.Message);
            FlowLog.AutoscalerFailed(engine.Logger, error);
        }
    }

    private async Task RoundAsync()
    {
        Service[] services = [.. hosting.Services.Where(s => IsEvaluated(s) && s.Roles.Any(HasSomething))];
        if (services.Length == 0) return;
        IReadOnlyList<VmMonitoring> measured = await engine.Client.VirtualMachines.ListMonitoringAsync(
            seconds: 0, cancellationToken: engine.Stopping).ConfigureAwait(false);
        IReadOnlyDictionary<int, VmMonitoring> newest = VmAttributes.Newest(measured);
        HashSet<int> wanted = [.. services.SelectMany(s => s.Roles.Where(HasSomething)).SelectMany(r => r.Nodes).Select(n => n.VmId)];
        Dictionary<int, VmAttributes> machines = [];
        var query = new VmQuery { IsExtended = true };
        await foreach (VirtualMachine vm in engine.Client.VirtualMachines.ListAsync(query, engine.Stopping).ConfigureAwait(false))
        {
            if (wanted.Contains(vm.Id)) machines[vm.Id] = new VmAttributes(vm, newest.GetValueOrDefault(vm.Id));
        }

        foreach (Service service in services)
        {
            // As it is now: it may have been changed while the cloud was read.
            if (hosting.Find(service.Id) is not { } current || !IsEvaluated(current)) continue;
            foreach (Role role in current.Roles.Where(HasSomething)) Evaluate(current, role, machines);
        }
    }

    private static bool IsEvaluated(Service service) =>
        service is { Goal: ServiceGoal.Run, IsSynchronized: true, State: ServiceState.Running or ServiceState.Warning };

    private static bool HasSomething(Role role) =>
        role.Activity == RoleActivity.Serving
        && (!role.ElasticityPolicies.IsEmpty || !role.ScheduledPolicies.IsEmpty || role.Definition.MinVms > role.Cardinality);

    private void Evaluate(Service service, Role role, Dictionary<int, VmAttributes> machines)
    {
        try
        {
            VmValues values = role.ElasticityPolicies.IsEmpty ? VmValues.None : VmValues.Of(role, machines.GetValueOrDefault);
            ScaleDecision decision = Autoscaler.Decide(role, values, engine.Time.GetUtcNow(), _settings);
            foreach (PolicyProblem problem in decision.Problems)
                FlowLog.PolicyProblem(engine.Logger, service.Id, role.Name, problem.Kind, problem.Index, problem.Message);
            if (decision.Difference != 0) FlowTelemetry.Scalings.Add(1);
            else if (decision.ElasticityPolicies == role.ElasticityPolicies && decision.ScheduledPolicies == role.ScheduledPolicies) return;
            ScaleRequested? scale = decision.Difference == 0
                ? null
                : new ScaleRequested(role.Name, decision.Cardinality, Cooldown: decision.Cooldown);
            hosting.Post(service.Id, new PoliciesEvaluated(role.Name, decision.ElasticityPolicies, decision.ScheduledPolicies, scale));
        }
        catch (Exception error)
        {
            // Whatever one role does: the others are evaluated.
            FlowLog.RoleFailed(engine.Logger, service.Id, role.Name, error);
        }
    }
}
