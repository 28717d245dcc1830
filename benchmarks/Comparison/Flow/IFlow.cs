namespace OneEdge.Comparison.Flow;

/// <summary>Something that runs services: an API of OneFlow, or the engine in this process.</summary>
internal interface IFlow
{
    /// <summary>The calls to the cloud so far; null when nobody can know.</summary>
    long? Calls { get; }

    /// <summary>Makes a service of a template.</summary>
    Task<int> StartAsync(string template, CancellationToken cancellationToken);

    /// <summary>The services that are there, with the numbers of their states.</summary>
    Task<IReadOnlyDictionary<int, int>> StatesAsync(CancellationToken cancellationToken);

    /// <summary>The first role of a service.</summary>
    Task<FlowRole> RoleAsync(int service, CancellationToken cancellationToken);

    Task ScaleAsync(int service, string role, int cardinality, CancellationToken cancellationToken);

    Task UndeployAsync(int service, CancellationToken cancellationToken);

    /// <summary>Takes away what was made beside services.</summary>
    Task CleanAsync(CancellationToken cancellationToken);
}
