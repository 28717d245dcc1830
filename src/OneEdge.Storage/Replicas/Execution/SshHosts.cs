namespace OneEdge.Storage.Replicas;

/// <summary>The host of this process, and all others by SSH.</summary>
public sealed class SshHosts : IRemoteHosts
{
    private readonly LocalHost _local;
    private readonly SshOptions _options;
    private readonly Commands.ICommandRunner? _runner;

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
    public IRemoteHost Get(string name) => name == _local.Name ? _local : new SshHost(name, _options, _runner);
}
