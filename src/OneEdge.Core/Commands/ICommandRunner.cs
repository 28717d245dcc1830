namespace OneEdge.Commands;

/// <summary>Runs programs.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="command">The program.</param>
    /// <param name="cancellationToken">Asks the program to stop, and kills it with all its descendants after its grace period.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="CommandFailedException">The exit code is none of <see cref="CommandSpec.AcceptedExitCodes"/>.</exception>
    /// <exception cref="CommandTimeoutException">The program ran for longer than <see cref="CommandSpec.Timeout"/>.</exception>
    /// <exception cref="ToolMissingException">There is no such program.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program and its descendants are gone.</exception>
    Task<CommandResult> RunAsync(CommandSpec command, CancellationToken cancellationToken = default);

    /// <summary>Runs a program and gives its output line by line. Leaving the loop early stops the program.</summary>
    /// <param name="command">The program.</param>
    /// <param name="cancellationToken">Asks the program to stop, and kills it with all its descendants after its grace period.</param>
    /// <returns>What happens, up to <see cref="CommandExited"/>; failures as in <see cref="RunAsync"/>.</returns>
    IAsyncEnumerable<CommandEvent> ListenAsync(CommandSpec command, CancellationToken cancellationToken = default);
}
