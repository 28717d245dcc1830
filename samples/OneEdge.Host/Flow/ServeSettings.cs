using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OneEdge.Flow;
using OneEdge.Flow.AspNetCore;
using OneEdge.OpenNebula;
using OneEdge.Text;

namespace OneEdge.Host.Flow;

/// <summary>The cloud of a server, and how its engine works.</summary>
/// <param name="Register">Registers the cloud.</param>
/// <param name="Engine">Sets the engine up.</param>
/// <param name="Server">Sets the server up.</param>
/// <param name="Time">The clock.</param>
internal sealed record ServeSettings(
    Action<IServiceCollection> Register, Action<FlowEngineOptions> Engine, Action<OneFlowServerOptions> Server, TimeProvider Time) : IDisposable
{
    private const int MaxAuthBytes = 65_536;

    /// <summary>What to dispose of at the end.</summary>
    public IDisposable? Resource { get; init; }

    /// <summary>What else is told when it listens.</summary>
    public string? Note { get; init; }

    /// <summary>The cloud that the variables name.</summary>
    /// <param name="variable">The variables.</param>
    /// <param name="serverAuth">The file with the user and the password of the server; <see langword="null"/> to act as one user.</param>
    /// <param name="events">How the server hears of what happens.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async Task<ServeSettings> OfAsync(
        Func<string, string?> variable, string? serverAuth, CloudEvents events, CancellationToken cancellationToken)
    {
        OpenNebulaCredentials own = await OpenNebulaCredentials.ReadAsync(variable, cancellationToken);
        var connection = new OpenNebulaConnectionOptions { Endpoint = OpenNebulaEndpoint.FromVariables(variable) };
        OwnerClients? owners = serverAuth is null ? null : new OwnerClients(
            OpenNebulaServerCredentials.FromAuthText(SourceEncoding.GetString(await InputBytes.ReadFileAsync(serverAuth, MaxAuthBytes, cancellationToken))),
            credentials => new OpenNebulaClient(new OpenNebulaConnection(credentials, connection)));
        return new ServeSettings(
            services => services
                .AddOneEdgeOpenNebula(options => (options.Credentials, options.Connection) = (own, connection))
                .AddSingleton(provider => events.Open(provider.GetRequiredService<IOpenNebulaRpc>())),
            options =>
            {
                if (owners is null) return;
                options.ActAs = owners.For;

                // No two stores have the same name.
                int stores = 0;
                options.DocumentsOf = owner => new OpenNebulaDocumentStore(
                    options.ActAs(owner).Rpc, string.Create(CultureInfo.InvariantCulture, $"{options.Name}:{Interlocked.Increment(ref stores)}"));
            },
            static _ => { },
            TimeProvider.System);
    }

    /// <summary>A small cloud in this process.</summary>
    public static async Task<ServeSettings> EmbeddedAsync(double speed, CancellationToken cancellationToken)
    {
        TimeProvider time = speed.Equals(1) ? TimeProvider.System : new FastTime(TimeProvider.System, speed);
        EmbeddedCloud cloud = await SampleFlow.CreateAsync(time, cancellationToken);
        return new ServeSettings(
            services => services.AddSingleton(cloud).AddSingleton<IOpenNebulaClient>(new OpenNebulaClient(cloud.Rpc, time: time)).AddSingleton(cloud.Events),
            options => options.LeaseDuration = Unhurried(options.LeaseDuration, speed),
            options => Unhurry(options, speed),
            time)
        {
            Resource = cloud,
            Note = $"ONEFLOW_USER={SampleFlow.User} ONEFLOW_PASSWORD={SampleFlow.Password}",
        };
    }

    public void Dispose() => Resource?.Dispose();

    // What limits how long people, networks and this machine may take does not go faster.
    private static void Unhurry(OneFlowServerOptions options, double speed)
    {
        options.CallerLifetime = Unhurried(options.CallerLifetime, speed);
        options.EventHeartbeat = Unhurried(options.EventHeartbeat, speed);
        options.EventStreamLifetime = Unhurried(options.EventStreamLifetime, speed);
        options.EventWriteTimeout = Unhurried(options.EventWriteTimeout, speed);
        options.HealthTimeout = Unhurried(options.HealthTimeout, speed);
        options.HealthLifetime = Unhurried(options.HealthLifetime, speed);
    }

    private static TimeSpan Unhurried(TimeSpan time, double speed)
    {
        TimeSpan most = TimeSpan.FromDays(20);
        TimeSpan scaled = speed > 1 ? time * speed : time;
        return scaled < most ? scaled : most;
    }
}
