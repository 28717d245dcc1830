using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.Commands;
using OneEdge.Storage;
using OneEdge.Storage.Recovery;
using OneEdge.Storage.Replicas;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers OneEdge.Storage.</summary>
public static class OneEdgeStorageServiceCollectionExtensions
{
    /// <summary>
    /// Registers, as singletons, what moves disks between hosts (<see cref="IRemoteHosts"/>, <see cref="TransferManager"/>) and what takes and finds
    /// recovery snapshots (<see cref="RecoverySnapshots"/>, <see cref="RecoveryAgent"/>, <see cref="RecoveryStore"/>). Nothing is read, written or
    /// connected before it is used.
    /// </summary>
    /// <remarks>
    /// Whatever is registered already stays, and is what the others use: <see cref="ICommandRunner"/>, <see cref="TimeProvider"/>,
    /// <see cref="SshOptions"/>, <see cref="IRemoteHosts"/>, <see cref="TransferSettings"/>, <see cref="ITransferJournal"/>, <see cref="IGuestDisks"/>
    /// (virsh unless registered), <see cref="RecoveryOptions"/>.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings, which are validated when the application starts.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOneEdgeStorage(this IServiceCollection services, Action<OneEdgeStorageOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<OneEdgeStorageOptions> options = services.AddOptions<OneEdgeStorageOptions>()
            .Validate(o => o.HostName.Length == 0 || SshHost.IsHostName(o.HostName), "OneEdgeStorageOptions.HostName is no name of a host.")
            .Validate(o => o.FrontEnd is null || SshHost.IsHostName(o.FrontEnd), "OneEdgeStorageOptions.FrontEnd is no name of a host.")
            .ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OneEdgeStorageOptions>, OneEdgeStorageOptionsValidator>());
        AddHosts(services);
        AddReplicas(services);
        AddRecovery(services);
        return services;
    }

    private static void AddHosts(IServiceCollection services)
    {
        services.TryAddSingleton(provider => Settings(provider).Ssh.ToOptions());
        services.TryAddSingleton(provider => new LocalHost(Settings(provider).HostName, provider.GetService<ICommandRunner>()));
        services.TryAddSingleton<IRemoteHosts>(provider => new SshHosts(
            provider.GetRequiredService<LocalHost>(), provider.GetRequiredService<SshOptions>(), provider.GetService<ICommandRunner>()));
    }

    private static void AddReplicas(IServiceCollection services)
    {
        services.TryAddSingleton(provider => Settings(provider).ToTransferSettings());
        services.TryAddSingleton<ITransferJournal>(provider => new FileTransferJournal(Settings(provider).JournalDirectory));
        services.TryAddSingleton(provider => new TransferManager(
            provider.GetRequiredService<IRemoteHosts>(), provider.GetRequiredService<TransferSettings>(), provider.GetRequiredService<ITransferJournal>(),
            provider.GetService<TimeProvider>(), provider.GetService<ILogger<TransferExecutor>>()));
    }

    private static void AddRecovery(IServiceCollection services)
    {
        services.TryAddSingleton(provider => Settings(provider).Recovery.Over(RecoveryOptions.For(
            provider.GetRequiredService<TransferSettings>().Replica, provider.GetRequiredService<SshOptions>())) with
        {
            TimeProvider = provider.GetService<TimeProvider>() ?? TimeProvider.System,
        });
        services.TryAddSingleton<IGuestDisks>(provider => new VirshGuestDisks(
            provider.GetRequiredService<LocalHost>(), new VirshOptions { Connection = Settings(provider).Recovery.LibvirtConnection }));
        services.TryAddSingleton(provider => new RecoveryProbe(provider.GetRequiredService<TransferSettings>().Layout().DatastoresDirectory));
        services.TryAddSingleton(provider => new RecoverySnapshots(
            provider.GetRequiredService<IGuestDisks>(), provider.GetRequiredService<LocalHost>(), provider.GetRequiredService<IRemoteHosts>().Get,
            provider.GetRequiredService<RecoveryOptions>(), provider.GetService<ILogger<RecoverySnapshots>>()));
        services.TryAddSingleton(provider => new RecoveryAgent(
            provider.GetRequiredService<RecoveryProbe>(), provider.GetRequiredService<RecoverySnapshots>(),
            provider.GetRequiredService<RecoveryOptions>(), provider.GetService<ILogger<RecoveryAgent>>()));
        services.TryAddSingleton(provider => new RecoveryStore(
            provider.GetRequiredService<RecoveryOptions>().StoreDirectory, provider.GetService<ILogger<RecoveryStore>>()));
    }

    private static OneEdgeStorageOptions Settings(IServiceProvider provider) => provider.GetRequiredService<IOptions<OneEdgeStorageOptions>>().Value;
}
