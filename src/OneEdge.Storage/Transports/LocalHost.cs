using OneEdge.Commands;

namespace OneEdge.Storage;

/// <summary>The host of this process.</summary>
public sealed class LocalHost : IRemoteHost
{
    private readonly CommandHost _host;

    /// <summary>Names the host of this process.</summary>
    /// <param name="name">The name, as OpenNebula knows it.</param>
    /// <param name="runner">Runs bash; <see langword="null"/> for processes of this machine.</param>
    public LocalHost(string name, ICommandRunner? runner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _host = new CommandHost(name, runner ?? new CliWrapCommandRunner(), Command, unreachableExitCode: null);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _host.RunAsync(script, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(script);
        return _host.ListenAsync(script, cancellationToken);
    }

    // The first parameter behind the text is $0.
    private static CommandSpec Command(HostScript script) =>
        new("bash", ["-c", script.Text, script.Name, .. script.Arguments]) { Environment = CommandHost.Environment, Timeout = script.Timeout };
}
