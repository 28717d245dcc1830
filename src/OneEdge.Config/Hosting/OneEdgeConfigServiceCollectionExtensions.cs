using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.Config;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers OneEdge.Config.</summary>
public static class OneEdgeConfigServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="ConfigTree"/> over the configured root as a singleton. Nothing is read or written before it is used.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneEdgeConfig(this IServiceCollection services, Action<OneEdgeConfigOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<OneEdgeConfigOptions> options = services.AddOptions<OneEdgeConfigOptions>()
            .Validate(o => !string.IsNullOrEmpty(o.Root), "OneEdgeConfigOptions.Root names no directory.");
        if (configure is not null) options.Configure(configure);
        services.TryAddSingleton(provider =>
        {
            OneEdgeConfigOptions settings = provider.GetRequiredService<IOptions<OneEdgeConfigOptions>>().Value;
            return new ConfigTree(settings.Root, settings.Tree, provider.GetService<ILogger<ConfigTree>>());
        });
        return services;
    }
}
