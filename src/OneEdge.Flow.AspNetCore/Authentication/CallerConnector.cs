using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OneEdge.OpenNebula;

namespace OneEdge.Flow.AspNetCore;

/// <summary>Makes clients that act as callers.</summary>
internal sealed class CallerConnector(IServiceProvider services, OneFlowServerOptions options, TimeProvider time)
{
    /// <summary>A client, and what has to be disposed of with it.</summary>
    public (IOpenNebulaClient Client, IDisposable? Owned) Connect(OpenNebulaCredentials credentials)
    {
        if (options.Connect is { } connect) return (connect(credentials), null);
        if (services.GetService<EmbeddedCloud>() is { } cloud) return (new OpenNebulaClient(cloud.Connect(credentials), time: time), null);
        OneEdgeOpenNebulaOptions settings = services.GetRequiredService<IOptions<OneEdgeOpenNebulaOptions>>().Value;
        IOpenNebulaRpc rpc = Connection(settings, credentials);
        return (new OpenNebulaClient(rpc, settings.Client, time), (IDisposable)rpc);
    }

    private IOpenNebulaRpc Connection(OneEdgeOpenNebulaOptions settings, OpenNebulaCredentials credentials)
    {
        ILogger<OpenNebulaConnection>? logger = services.GetService<ILogger<OpenNebulaConnection>>();
        return settings.FrontEnds.Count > 0
            ? OpenNebulaFailover.Connect(credentials, settings.FrontEnds, settings.Connection, time, logger)
            : new OpenNebulaConnection(credentials, settings.Connection, time, logger);
    }
}
