using OneEdge.Flow.Instantiation;
using OneEdge.Flow.Lifecycle;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.Engine;

/// <summary>What services order of networks.</summary>
internal sealed class NetworkCommands(EngineContext engine, IServiceHosting hosting, RouteTable routes)
{
    private const int CreationAttempts = 5;

    public async Task CreateAsync(Service service, CreateNetwork create)
    {
        ServiceNetwork? network = service.Networks.FirstOrDefault(n => n.Name == create.Name);
        if (network is null || NetworkOrder.Compose(service.Id, network) is not { } order)
        {
            hosting.Post(service.Id, new NetworkCreationFailed(create.Name, "it does not say what it is made of"));
            return;
        }

        CallOutcome outcome = await CallOutcome.RepeatAsync(
            () => SendAsync(engine.ActAs(service.Owner), order), engine.NewBackoff(), CreationAttempts, engine.Stopping).ConfigureAwait(false);
        if (outcome.Outcome != Attempt.Done)
        {
            hosting.Post(service.Id, new NetworkCreationFailed(create.Name, outcome.Error, outcome.Outcome == Attempt.Uncertain));
            return;
        }

        routes.Created(outcome.Id, service.Id, new NetworkCreated(create.Name, outcome.Id));
        await LookAsync(service.Id, outcome.Id).ConfigureAwait(false);
    }

    public async Task RecoverAsync(Service service, int id)
    {
        CallOutcome outcome = await RepeatAsync(
            () => engine.ActAs(service.Owner).VirtualNetworks.RecoverAsync(id, VirtualNetworkRecovery.Retry, engine.Stopping)).ConfigureAwait(false);
        if (outcome.Outcome == Attempt.Refused) FlowLog.NetworkNotRecovered(engine.Logger, service.Id, id, outcome.Error);
        await LookAsync(service.Id, id).ConfigureAwait(false);
    }

    public async Task DeleteAsync(Service service, int id)
    {
        CallOutcome outcome = await RepeatAsync(
            () => engine.ActAs(service.Owner).VirtualNetworks.DeleteAsync(id, engine.Stopping)).ConfigureAwait(false);
        if (outcome.Outcome == Attempt.Refused) hosting.Post(service.Id, new NetworkDeletionRefused(id, outcome.Error));
        else await LookAsync(service.Id, id).ConfigureAwait(false);
    }

    private Task<int> SendAsync(IOpenNebulaClient client, NetworkOrder order) => order.Kind == NetworkKind.Template
        ? client.VirtualNetworkTemplates.InstantiateAsync(order.Source, order.Name, TemplateText.FromString(order.Text), engine.Stopping)
        : client.VirtualNetworks.ReserveAsync(order.Source, TemplateText.FromString(order.Text), engine.Stopping);

    // Twice does no harm: what is gone is not there the second time.
    private async Task<CallOutcome> RepeatAsync(Func<Task> call)
    {
        Backoff backoff = engine.NewBackoff();
        while (true)
        {
            CallOutcome outcome = await CallOutcome.OfAsync(call).ConfigureAwait(false);
            if (outcome.Outcome is not (Attempt.NotSent or Attempt.Uncertain)) return outcome;
            await backoff.WaitAsync(engine.Stopping).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(int serviceId, int id)
    {
        try
        {
            VirtualNetwork network = await engine.Client.VirtualNetworks.GetAsync(id, cancellationToken: engine.Stopping).ConfigureAwait(false);
            hosting.Post(serviceId, new NetworkObserved(id, NetworkStates.ConditionOf(network.State)));
        }
        catch (OpenNebulaCallException error) when (error.Kind == OpenNebulaErrorKind.NoExists)
        {
            routes.Deliver(id, new NetworkObserved(id, NetworkCondition.Gone), isEnd: true);
        }
        catch (OpenNebulaException)
        {
            // An event or the next reading tells.
        }
    }
}
