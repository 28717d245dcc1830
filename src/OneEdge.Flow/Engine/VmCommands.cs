using System.Globalization;
using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>What services order of virtual machines.</summary>
internal sealed class VmCommands(EngineContext engine, IServiceHosting hosting, RouteTable routes)
{
    private const int CreationAttempts = 5;

    public async Task CreateAsync(Service service, CreateVm create)
    {
        if (service.Goal == ServiceGoal.Remove || !service.Roles.Any(r => r.Name == create.RoleName && r.Ordered.Contains(create.Number)))
        {
            // Nobody wants it any more.
            hosting.Post(service.Id, new VmCreationFailed(create.RoleName, create.Number, "it is not wanted any more"));
            return;
        }

        IOpenNebulaClient? owner = null;
        VmOrder? order = null;
        CallOutcome outcome = await CallOutcome.RepeatAsync(
            async () =>
            {
                owner ??= engine.ActAs(service.Owner);
                order ??= await ComposeAsync(owner, service, create).ConfigureAwait(false);
                var options = new InstantiateOptions { Name = order.Name, OnHold = create.OnHold, Extra = TemplateText.FromString(order.ExtraTemplate) };
                return await owner.Templates.InstantiateAsync(order.TemplateId, options, engine.Stopping).ConfigureAwait(false);
            },
            engine.NewBackoff(), CreationAttempts, engine.Stopping).ConfigureAwait(false);
        if (outcome.Outcome == Attempt.Done)
        {
            var info = new RoleNodeInfo(service.Owner.UserId, service.Owner.GroupId, service.Owner.UserName, service.Owner.GroupName, order!.Name);
            routes.Created(outcome.Id, service.Id, new VmCreated(create.RoleName, create.Number, outcome.Id, info));
            return;
        }

        // Only the creation itself leaves a doubt: what was read for it before changed nothing.
        bool isUncertain = outcome.Outcome == Attempt.Uncertain && order is not null;
        hosting.Post(service.Id, new VmCreationFailed(create.RoleName, create.Number, outcome.Error, isUncertain));
    }

    public async Task CallAsync(Service service, CallVm call)
    {
        Backoff backoff = engine.NewBackoff();
        while (true)
        {
            CallOutcome outcome = await CallOutcome.OfAsync(() => SendAsync(ClientFor(service, call.Call), call)).ConfigureAwait(false);
            switch (outcome.Outcome)
            {
                case Attempt.Done:
                    if (IsTermination(call.Call)) hosting.Post(service.Id, new VmTerminationAccepted(call.VmId));
                    return;
                case Attempt.NotThere:
                    routes.Deliver(call.VmId, new VmObserved(call.VmId, VmState.Done, LcmState.LcmInit), isEnd: true);
                    return;
                case Attempt.Refused:
                    hosting.Post(service.Id, new VmCallRefused(call.VmId, call.Call, outcome.Error));
                    return;
                default:
                    await backoff.WaitAsync(engine.Stopping).ConfigureAwait(false);
                    if (outcome.Outcome == Attempt.Uncertain && await IsCarriedOutAsync(service, call).ConfigureAwait(false)) return;
                    break;
            }
        }
    }

    /// <summary>
    /// Adds a scheduled action. A refusal stands in the log of the service; as with OneFlow it does not count for the request, which was granted.
    /// </summary>
    public async Task ScheduleAsync(Service service, ScheduleVmAction action)
    {
        string arguments = action.Arguments is { Length: > 0 } text ? $", ARGS = \"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : "";
        string attribute = string.Create(
            CultureInfo.InvariantCulture, $"SCHED_ACTION = [ ACTION = \"{action.Action}\"{arguments}, TIME = \"{action.Time.ToUnixTimeSeconds()}\" ]");
        CallOutcome outcome = await CallOutcome.RepeatAsync(
            () => engine.ActAs(service.Owner).VirtualMachines.AddScheduledActionAsync(action.VmId, attribute, engine.Stopping),
            engine.NewBackoff(), CreationAttempts, engine.Stopping).ConfigureAwait(false);
        if (outcome.Outcome == Attempt.Done) return;
        FlowLog.ScheduleRefused(engine.Logger, service.Id, action.Action, action.VmId, outcome.Error);
        string message = string.Create(CultureInfo.InvariantCulture, $"VM {action.VmId} : {action.Action} could not be scheduled; {outcome.Error}");
        hosting.Post(service.Id, new CallFailed(message));
    }

    /// <summary>Reads a virtual machine and tells its service how it is.</summary>
    public async Task LookAsync(int serviceId, int vmId)
    {
        try
        {
            VirtualMachine vm = await engine.Client.VirtualMachines.GetAsync(vmId, cancellationToken: engine.Stopping).ConfigureAwait(false);
            hosting.Post(serviceId, new VmObserved(vmId, vm.State, vm.LcmState, VmReadiness.IsReady(vm)));
        }
        catch (OpenNebulaException error)
        {
            FlowLog.VmUnreadable(engine.Logger, serviceId, vmId, error);
        }
    }

    private static bool IsTermination(VmCall call) => call is VmCall.Terminate or VmCall.TerminateHard or VmCall.Delete;

    // OpenNebula lets administrators alone recover a virtual machine, not its owner (VM_ADMIN_OPERATIONS of oned.conf).
    private IOpenNebulaClient ClientFor(Service service, VmCall call) =>
        call is VmCall.Delete or VmCall.Retry ? engine.Client : engine.ActAs(service.Owner);

    private Task SendAsync(IOpenNebulaClient client, CallVm call) => call.Call switch
    {
        VmCall.Terminate => client.VirtualMachines.TerminateAsync(call.VmId, cancellationToken: engine.Stopping),
        VmCall.TerminateHard => client.VirtualMachines.TerminateAsync(call.VmId, hard: true, engine.Stopping),
        VmCall.Delete => client.VirtualMachines.RecoverAsync(call.VmId, VmRecovery.Delete, engine.Stopping),
        VmCall.Release => client.VirtualMachines.ReleaseAsync(call.VmId, engine.Stopping),
        VmCall.Resume => client.VirtualMachines.ResumeAsync(call.VmId, engine.Stopping),
        _ => client.VirtualMachines.RecoverAsync(call.VmId, VmRecovery.Retry, engine.Stopping),
    };

    /// <summary>Whether a call of which no answer came was carried out: the virtual machine is not any more as it was when the call was needed.</summary>
    private async Task<bool> IsCarriedOutAsync(Service service, CallVm call)
    {
        VmCondition condition;
        try
        {
            VirtualMachine vm = await engine.Client.VirtualMachines.GetAsync(call.VmId, cancellationToken: engine.Stopping).ConfigureAwait(false);
            condition = VmConditions.Of(vm.State, vm.LcmState);
        }
        catch (OpenNebulaException)
        {
            // The call itself will tell.
            return false;
        }

        bool isDone = call.Call switch
        {
            VmCall.Release => condition != VmCondition.Held,
            VmCall.Resume => condition != VmCondition.Halted,
            VmCall.Retry => condition != VmCondition.Failed,
            VmCall.Terminate => condition is VmCondition.Stopping or VmCondition.Gone,
            _ => condition == VmCondition.Gone,
        };
        if (!isDone) return false;
        if (condition == VmCondition.Gone) routes.Deliver(call.VmId, new VmObserved(call.VmId, VmState.Done, LcmState.LcmInit), isEnd: true);
        else if (IsTermination(call.Call)) hosting.Post(service.Id, new VmTerminationAccepted(call.VmId));
        return true;
    }

    private async Task<VmOrder> ComposeAsync(IOpenNebulaClient owner, Service service, CreateVm create)
    {
        VmOrder order = ServiceInstantiation.Compose(service, create.RoleName, create.Number, engine.Options.Instantiation);
        if (!order.Appended.IsEmpty)
        {
            VmTemplate template = await owner.Templates.GetAsync(order.TemplateId, cancellationToken: engine.Stopping).ConfigureAwait(false);
            order = order.WithAppended(template.Template);
        }

        if (order.References.IsEmpty) return order;
        Dictionary<int, VirtualMachine> parents = [];
        foreach (int id in order.References.SelectMany(r => r.VmIds).Distinct())
        {
            VirtualMachine vm = await engine.Client.VirtualMachines.GetAsync(id, cancellationToken: engine.Stopping).ConfigureAwait(false);
            parents.Add(id, vm);
        }

        return order.Fill((id, path) => ElementSearch.Find(parents[id].Xml, path));
    }
}
