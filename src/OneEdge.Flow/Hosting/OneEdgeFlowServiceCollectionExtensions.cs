using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.Flow;
using OneEdge.OpenNebula;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers OneEdge.Flow.</summary>
public static class OneEdgeFlowServiceCollectionExtensions
{
    /// <summary>
    /// Registers a <see cref="FlowEngine"/> as a singleton, over the <see cref="IOpenNebulaClient"/>, the <see cref="IEventSource"/> and the
    /// <see cref="IDocumentStore"/> of the services; without the last one, the document pool of OpenNebula. It has to be started:
    /// <see cref="FlowEngine.StartAsync"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneEdgeFlow(this IServiceCollection services, Action<FlowEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<FlowEngineOptions> options = services.AddOptions<FlowEngineOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton<IDocumentStore>(provider => new OpenNebulaDocumentStore(
            provider.GetRequiredService<IOpenNebulaClient>().Rpc,
            Writer(provider.GetRequiredService<IOptions<FlowEngineOptions>>().Value.Name),
            OptionsOf(provider)));
        services.TryAddSingleton(provider => new FlowEngine(
            provider.GetRequiredService<IOpenNebulaClient>(),
            provider.GetRequiredService<IEventSource>(),
            provider.GetRequiredService<IDocumentStore>(),
            provider.GetRequiredService<IOptions<FlowEngineOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILogger<FlowEngine>>()));
        return services;
    }

    // One engine writes, whichever has the lease: that is kept under the lock, and documents of services cost two calls fewer without it.
    private static OpenNebulaDocumentStoreOptions OptionsOf(IServiceProvider provider) =>
        new() { LocksUpdates = false, TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System };

    // A document store takes a name of fewer characters, in more than one sense.
    private static string Writer(string name) => new([.. name.Take(200).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or ':' or '-' ? c : '-')]);
}
