namespace OneEdge.Flow.Tests.Engine;

/// <summary>What many scenarios begin and end with.</summary>
internal sealed partial class EngineWorld
{
    /// <summary>Makes a service and waits until it runs.</summary>
    public Task<int> RunAsync(params string[] roles) => RunAsync(Template("", roles));

    /// <inheritdoc cref="RunAsync(string[])"/>
    public async Task<int> RunAsync(ServiceTemplate template)
    {
        int id = await InstantiateAsync(template);
        await ReachAsync(id, ServiceState.Running);
        return id;
    }

    /// <summary>Makes a service and lets time go by until it runs.</summary>
    public async Task<int> RunInTimeAsync(params string[] roles)
    {
        int id = await InstantiateAsync(roles);
        await ReachInTimeAsync(id, ServiceState.Running);
        return id;
    }

    public Task ScaleAsync(int id, string role, int cardinality) =>
        Engine.ScaleAsync(id, role, cardinality, cancellationToken: Ct).WaitAsync(HangLimit.Time, Ct);

    public Task RecoverAsync(int id) => Engine.RecoverAsync(id, cancellationToken: Ct).WaitAsync(HangLimit.Time, Ct);

    public Task UndeployAsync(int id) => Engine.UndeployAsync(id, Ct).WaitAsync(HangLimit.Time, Ct);

    /// <summary>Removes a service, lets time go by until it is gone, and looks whether anything is left.</summary>
    public async Task RemoveAsync(int id)
    {
        await UndeployAsync(id);
        await ElapseAsync(GoneAsync(id));
        await AssertNothingLeftAsync();
    }
}
