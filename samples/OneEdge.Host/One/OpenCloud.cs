using OneEdge.OpenNebula;

namespace OneEdge.Host.One;

/// <summary>The cloud that a command talks to.</summary>
/// <param name="rpc">What answers calls.</param>
/// <param name="resource">What to dispose of when the command ends.</param>
internal sealed class OpenCloud(IOpenNebulaRpc rpc, IDisposable resource) : IDisposable
{
    public IOpenNebulaRpc Rpc => rpc;

    public OpenNebulaClient Client { get; } = new(rpc);

    public void Dispose() => resource.Dispose();
}
