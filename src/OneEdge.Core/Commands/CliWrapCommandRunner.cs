using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CliWrap;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace OneEdge.Commands;

/// <summary>Runs programs of this machine with CliWrap.</summary>
/// <remarks>
/// Each program gets one more environment variable, by which its descendants are found when they must be killed. A run ends when the program has
/// ended and nobody holds its output open any more.
/// </remarks>
public sealed class CliWrapCommandRunner : ICommandRunner
{
    private const int EventsInAdvance = 256;
    private const int ReadBufferBytes = 32 << 10;

    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Creates a runner; it has no state and may be shared.</summary>
    /// <param name="logger">Gets each command at debug level, with secrets masked.</param>
    /// <param name="time">The clock for limits; <see langword="null"/> means the system's.</param>
    public CliWrapCommandRunner(ILogger<CliWrapCommandRunner>? logger = null, TimeProvider? time = null)
    {
        _logger = logger ?? NullLogger<CliWrapCommandRunner>.Instance;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public Task<CommandResult> RunAsync(CommandSpec command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfNegative(command.OutputLimit, nameof(command));
        return RunAsync(command, listener: null, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<CommandEvent> ListenAsync(CommandSpec command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        // Only the end of the output is needed, for the exception.
        return ListenCoreAsync(command with { OutputLimit = Math.Min(command.OutputLimit, 256 << 10) }, cancellationToken);
    }

    private async IAsyncEnumerable<CommandEvent> ListenCoreAsync(CommandSpec command, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateBounded<CommandEvent>(EventsInAdvance);
        Task<CommandResult> run = RunAndCompleteAsync(command, events.Writer, abandoned.Token);
        try
        {
            await foreach (CommandEvent item in events.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false)) yield return item;
            CommandResult result;
            try
            {
                result = await run.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }

            yield return new CommandExited(result.ExitCode, result.Duration);
        }
        finally
        {
            // Without effect when the program has ended; otherwise the caller left the loop.
            await abandoned.CancelAsync().ConfigureAwait(false);
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CommandResult> RunAndCompleteAsync(CommandSpec command, ChannelWriter<CommandEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(command, events, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            events.Complete();
        }
    }

    private async Task<CommandResult> RunAsync(CommandSpec command, ChannelWriter<CommandEvent>? listener, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string program = ProgramFinder.Find(command);
        SecretMask? mask = command.MaskOutput && command.Secrets.Count > 0 ? new SecretMask(command.Secrets) : null;
        var output = new OutputKeeper(command.OutputLimit);
        var error = new OutputKeeper(command.OutputLimit);
        string marker = $"ONEEDGE_COMMAND_{Guid.NewGuid():N}";
        Command wrapped = Wrap(command, program, marker)
            .WithStandardOutputPipe(Target(output, mask, listener, text => new CommandOutputLine(text)))
            .WithStandardErrorPipe(Target(error, mask, listener, text => new CommandErrorLine(text)));

        using Activity? activity = CommandLog.Activities.StartActivity("command");
        activity?.SetTag("process.executable.name", Path.GetFileName(program));
        long start = _time.GetTimestamp();
        int exitCode = await new RunningCommand(command, marker, _logger, _time).RunAsync(wrapped, listener, cancellationToken).ConfigureAwait(false);
        activity?.SetTag("process.exit.code", exitCode);
        var result = new CommandResult
        {
            ExitCode = exitCode,
            StandardOutput = output.ToText(mask),
            StandardError = error.ToText(mask),
            Duration = _time.GetElapsedTime(start),
            IsOutputTruncated = output.IsTruncated,
            IsErrorTruncated = error.IsTruncated,
        };
        if (command.AcceptedExitCodes.Count == 0 || command.AcceptedExitCodes.Contains(exitCode)) return result;
        activity?.SetStatus(ActivityStatusCode.Error);
        throw new CommandFailedException(command, result);
    }

    private static Command Wrap(CommandSpec command, string program, string marker)
    {
        var environment = new Dictionary<string, string?>(command.Environment, StringComparer.Ordinal) { [marker] = "1" };
        Command wrapped = new Command(program)
            .WithEnvironmentVariables(environment)
            .WithValidation(CommandResultValidation.None)
            .WithStandardInputPipe(command.StandardInput.IsEmpty ? PipeSource.Null : PipeSource.FromBytes(command.StandardInput));
        if (command.WorkingDirectory is null) return wrapped;
        if (!Directory.Exists(command.WorkingDirectory))
        {
            throw new OneEdgeException(
                CoreErrorCodes.CommandNotStarted, $"The command cannot start in '{command.WorkingDirectory}', because there is no such directory: {command}");
        }

        return wrapped.WithWorkingDirectory(command.WorkingDirectory);
    }

    private static PipeTarget Target(OutputKeeper keeper, SecretMask? mask, ChannelWriter<CommandEvent>? listener, Func<string, CommandEvent> toEvent) =>
        PipeTarget.Create(async (stream, cancellationToken) =>
        {
            byte[] buffer = new byte[ReadBufferBytes];
            var lines = new LineReader();
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                keeper.Add(buffer.AsSpan(0, read));
                if (listener is null) continue;
                foreach (string line in lines.Add(buffer.AsSpan(0, read))) await SendAsync(line, cancellationToken).ConfigureAwait(false);
            }

            if (listener is not null && lines.Finish() is { } last) await SendAsync(last, cancellationToken).ConfigureAwait(false);
            ValueTask SendAsync(string line, CancellationToken token) => listener.WriteAsync(toEvent(mask?.Apply(line) ?? line), token);
        });
}
