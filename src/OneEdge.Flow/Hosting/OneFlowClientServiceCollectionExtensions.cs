using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.Flow;
using OneEdge.Flow.Client;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the client of OneFlow servers.</summary>
public static class OneFlowClientServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IOneFlowClient"/> as a singleton. Nothing is sent before the first call.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings; <see cref="OneFlowClientOptions.Credentials"/> have to be among them.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneFlowClient(this IServiceCollection services, Action<OneFlowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<OneFlowClientOptions> options = services.AddOptions<OneFlowClientOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton<IOneFlowClient>(provider =>
        {
            OneFlowClientOptions settings = provider.GetRequiredService<IOptions<OneFlowClientOptions>>().Value;
            OneFlowCredentials credentials = settings.Credentials ?? throw new FlowException(
                FlowErrorCodes.ClientCredentialsInvalid,
                $"There are no credentials for OneFlow: set {nameof(OneFlowClientOptions)}.{nameof(OneFlowClientOptions.Credentials)}.");
            return new OneFlowClient(credentials, settings, provider.GetService<TimeProvider>(), provider.GetService<ILogger<OneFlowClient>>());
        });
        return services;
    }
}
