using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow;
using OneEdge.OpenNebula;

namespace OneEdge.Host.Flow;

/// <summary>The cloud of a server, and how its engine works.</summary>
/// <param name="Register">Registers the cloud.</param>
/// <param name="Engine">Sets the engine up.</param>
/// <param name="Time">The clock.</param>
internal sealed record ServeSettings(Action<IServiceCollection> Register, Action<FlowEngineOptions> Engine, TimeProvider Time) : IDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    /// <summary>What to dispose of at the end.</summary>
    public IDisposable? Resource { get; init; }

    /// <summary>What else is told when it listens.</summary>
    public string? Note { get; init; }

    /// <summary>The cloud that the variables name.</summary>
    public static async Task<ServeSettings> OfAsync(Func<string, string?> variable, string? serverAuth, CancellationToken cancellationToken)
    {
        OpenNebulaCredentials own = await OpenNebulaCredentials.ReadAsync(variable, cancellationToken);
        var connection = new OpenNebulaConnectionOptions { Endpoint = OpenNebulaEndpoint.FromVariables(variable) };
        OwnerClients? owners = serverAuth is null ? null : new OwnerClients(
            OpenNebulaServerCredentials.FromAuthText(await File.ReadAllTextAsync(serverAuth, cancellationToken)),
            credentials => new OpenNebulaClient(new OpenNebulaConnection(credentials, connection)));
        return new ServeSettings(
            services => services
                .AddOneEdgeOpenNebula(options => (options.Credentials, options.Connection) = (own, connection))
                .AddSingleton<IEventSource>(provider => new PollingEventSource(
                    provider.GetRequiredService<IOpenNebulaRpc>(), new PollingEventSourceOptions { Interval = PollInterval })),
            options => options.ActAs = owners is null ? null : owners.For,
            TimeProvider.System);
    }

    /// <summary>A small cloud in this process.</summary>
    public static async Task<ServeSettings> EmbeddedAsync(double speed, CancellationToken cancellationToken)
    {
        TimeProvider time = speed.Equals(1) ? TimeProvider.System : new FastTime(TimeProvider.System, speed);
        EmbeddedCloud cloud = await SampleFlow.CreateAsync(time, cancellationToken);
        return new ServeSettings(
            services => services.AddSingleton(cloud).AddSingleton<IOpenNebulaClient>(new OpenNebulaClient(cloud.Rpc, time: time)).AddSingleton(cloud.Events),
            static _ => { },
            time)
        {
            Resource = cloud,
            Note = $"ONEFLOW_USER={SampleFlow.User} ONEFLOW_PASSWORD={SampleFlow.Password}",
        };
    }

    public void Dispose() => Resource?.Dispose();
}
