using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.OpenNebula;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers OneEdge.OpenNebula.</summary>
public static class OneEdgeOpenNebulaServiceCollectionExtensions
{
    /// <summary>
    /// Registers an <see cref="IOpenNebulaClient"/> as a singleton, and an <see cref="IOpenNebulaRpc"/> over the network unless there is one. Nothing is
    /// sent before the first call.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneEdgeOpenNebula(this IServiceCollection services, Action<OneEdgeOpenNebulaOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<OneEdgeOpenNebulaOptions> options = services.AddOptions<OneEdgeOpenNebulaOptions>();
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(Connect);
        services.TryAddSingleton<IOpenNebulaClient>(provider => new OpenNebulaClient(
            provider.GetRequiredService<IOpenNebulaRpc>(), Settings(provider).Client, provider.GetService<TimeProvider>()));
        return services;
    }

    private static IOpenNebulaRpc Connect(IServiceProvider provider)
    {
        OneEdgeOpenNebulaOptions settings = Settings(provider);
        OpenNebulaCredentials credentials = settings.Credentials ?? throw new OpenNebulaException(
            OpenNebulaErrorCodes.CredentialsInvalid,
            $"There are no credentials for OpenNebula: set {nameof(OneEdgeOpenNebulaOptions)}.{nameof(OneEdgeOpenNebulaOptions.Credentials)}.");
        TimeProvider? time = provider.GetService<TimeProvider>();
        ILogger<OpenNebulaConnection>? logger = provider.GetService<ILogger<OpenNebulaConnection>>();
        return settings.FrontEnds.Count > 0
            ? OpenNebulaFailover.Connect(credentials, settings.FrontEnds, settings.Connection, time, logger)
            : new OpenNebulaConnection(credentials, settings.Connection, time, logger);
    }

    private static OneEdgeOpenNebulaOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<OneEdgeOpenNebulaOptions>>().Value;
}
