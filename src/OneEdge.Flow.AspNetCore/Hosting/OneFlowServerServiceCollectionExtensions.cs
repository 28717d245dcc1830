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
    /// The paths are mapped by <c>MapOneFlow</c>.
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
        return services;
    }
}
