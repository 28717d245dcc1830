using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OneEdge.Flow;
using OneEdge.Flow.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers OneEdge.Flow.AspNetCore.</summary>
public static class OneFlowServerServiceCollectionExtensions
{
    /// <summary>
    /// Registers what a OneFlow server needs beside the <see cref="FlowEngine"/> of <c>AddOneEdgeFlow</c>, which has to be started by the application.
    /// The paths are mapped by <c>MapOneFlow</c>. While the owner of a service is remembered as a caller who came with a password, the engine acts with that
    /// instead of what <see cref="FlowEngineOptions.ActAs"/> says.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneFlowServer(this IServiceCollection services, Action<OneFlowServerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddRouting();
        OptionsBuilder<OneFlowServerOptions> options = services.AddOptions<OneFlowServerOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton<OneFlowServer>();
        services.AddOptions<FlowEngineOptions>().PostConfigure<IServiceProvider>(static (engine, provider) =>
        {
            if (engine.ActAs is not { } actAs) return;
            engine.ActAs = owner => provider.GetRequiredService<OneFlowServer>().ClientOf(owner, actAs(owner));
        });
        return services;
    }
}
