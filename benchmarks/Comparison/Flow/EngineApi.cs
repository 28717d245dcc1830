using OneEdge.Flow;

namespace OneEdge.Comparison.Flow;

/// <summary>The engine in this process.</summary>
internal sealed class EngineApi(EmbeddedFlow flow) : IFlow
{
    public long? Calls => flow.Rpc.Total;

    public Task<int> StartAsync(string template, CancellationToken cancellationToken) =>
        flow.Engine.InstantiateAsync(ServiceTemplate.Parse(template), cancellationToken: cancellationToken);

    public async Task<IReadOnlyDictionary<int, int>> StatesAsync(CancellationToken cancellationToken) =>
        (await flow.Engine.ListAsync()).ToDictionary(s => s.Id, s => (int)s.State);

    public async Task<FlowRole> RoleAsync(int service, CancellationToken cancellationToken)
    {
        Role role = (await flow.Engine.GetAsync(service)).Roles[0];
        return new FlowRole((int)role.State, [.. role.Nodes.Select(n => n.VmId)]);
    }

    public Task ScaleAsync(int service, string role, int cardinality, CancellationToken cancellationToken) =>
        flow.Engine.ScaleAsync(service, role, cardinality, cancellationToken: cancellationToken);

    public Task UndeployAsync(int service, CancellationToken cancellationToken) => flow.Engine.UndeployAsync(service, cancellationToken);

    public Task CleanAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
