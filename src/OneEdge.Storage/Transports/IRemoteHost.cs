using OneEdge.Commands;

namespace OneEdge.Storage;

/// <summary>A host on which scripts are run: the one of this process, or one that is reached by SSH.</summary>
public interface IRemoteHost
{
    /// <summary>The name, as OpenNebula knows the host.</summary>
    string Name { get; }

    /// <summary>Runs a script to its end.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cancellationToken">Stops waiting and the connection. What the script started on another host may go on for a while.</param>
    /// <returns>Its output.</returns>
    /// <exception cref="HostException">It ended with an exit code that is not accepted, or the host cannot be reached.</exception>
    Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default);

    /// <summary>Runs a script and gives its output line by line as it comes.</summary>
    /// <inheritdoc cref="RunAsync"/>
    IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, CancellationToken cancellationToken = default);
}
