using System.Collections.Concurrent;

namespace OneEdge.Storage.Replicas;

/// <summary>The host of this process, and all others by SSH.</summary>
public sealed class SshHosts : IRemoteHosts
{
    private readonly LocalHost _local;
    private readonly SshOptions _options;
    private readonly Commands.ICommandRunner? _runner;
    // One a name, so that those who ask at the same time wait for one shared connection.
    private readonly ConcurrentDictionary<string, SshHost> _others = new(StringComparer.Ordinal);

    /// <summary>Names the host of this process.</summary>
    /// <param name="local">The host of this process.</param>
    /// <param name="options">How others are reached; <see langword="null"/> for the defaults.</param>
    /// <param name="runner">Runs <c>ssh</c>; <see langword="null"/> for processes of this machine.</param>
    public SshHosts(LocalHost local, SshOptions? options = null, Commands.ICommandRunner? runner = null)
    {
        ArgumentNullException.ThrowIfNull(local);
        (_local, _options, _runner) = (local, options ?? new SshOptions(), runner);
    }

    /// <inheritdoc/>
    public IRemoteHost Get(string name) => name == _local.Name ? _local : _others.GetOrAdd(name, other => new SshHost(other, _options, _runner));
}
