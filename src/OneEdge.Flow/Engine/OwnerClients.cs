using System.Collections.Concurrent;
using OneEdge.OpenNebula;

namespace OneEdge.Flow;

/// <summary>
/// Clients that act as the owners of services, with the credentials of a server that acts for users. Each is kept and gets new credentials before the old
/// ones are over. Safe for concurrent use.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="connect">Makes a client of credentials.</param>
/// <param name="time">The clock; that of the system unless given.</param>
/// <remarks>The times are those of OneFlow 6.10 (<c>expire_delta</c>, <c>expire_margin</c>).</remarks>
public sealed class OwnerClients(OpenNebulaServerCredentials server, Func<OpenNebulaCredentials, IOpenNebulaClient> connect, TimeProvider? time = null)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(1800);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(300);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, (IOpenNebulaClient Client, DateTimeOffset End)> _clients = new(StringComparer.Ordinal);

    /// <summary>The client that acts as an owner.</summary>
    /// <param name="owner">The owner, of whom the name counts.</param>
    /// <exception cref="OpenNebulaException">The name cannot be used.</exception>
    public IOpenNebulaClient For(ServiceOwner owner)
    {
        ArgumentNullException.ThrowIfNull(owner);
        DateTimeOffset now = _time.GetUtcNow();
        if (_clients.TryGetValue(owner.UserName, out (IOpenNebulaClient Client, DateTimeOffset End) known) && now < known.End - Margin) return known.Client;
        DateTimeOffset end = now + Lifetime;
        IOpenNebulaClient client = connect(server.As(owner.UserName, end));
        _clients[owner.UserName] = (client, end);
        return client;
    }
}
