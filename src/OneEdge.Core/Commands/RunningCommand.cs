using System.ComponentModel;
using System.Threading.Channels;
using CliWrap;
using Microsoft.Extensions.Logging;

namespace OneEdge.Commands;

/// <summary>One program from its start to its end, however it comes.</summary>
internal sealed class RunningCommand(CommandSpec spec, string marker, ILogger logger, TimeProvider time)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    /// <summary>Starts the program, and returns its exit code when it has ended on its own.</summary>
    internal async Task<int> RunAsync(Command wrapped, ChannelWriter<CommandEvent>? listener, CancellationToken cancellationToken)
    {
        using var forceful = new CancellationTokenSource();
        CommandTask<CliWrap.CommandResult> started = Start(wrapped, forceful.Token);
        int id = started.ProcessId;
        ProcessTree? tree = OperatingSystem.IsLinux() ? new ProcessTree(id, marker) : null;
        if (OperatingSystem.IsLinux()) tree!.RememberRoot();
        CommandLog.Started(logger, id, spec.WorkingDirectory ?? "the current directory", spec);
        listener?.TryWrite(new CommandStarted(id));
        long start = time.GetTimestamp();

        using var timeout = new CancellationTokenSource(spec.Timeout ?? Timeout.InfiniteTimeSpan, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var stopRequested = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration registration = stop.Token.Register(stopRequested.SetResult);
        Task<CliWrap.CommandResult> run = started.Task;
        if (await Task.WhenAny(run, stopRequested.Task).ConfigureAwait(false) == run)
        {
            CliWrap.CommandResult result = await run.ConfigureAwait(false);
            CommandLog.Ended(logger, id, result.ExitCode, (long)time.GetElapsedTime(start).TotalMilliseconds, spec);
            return result.ExitCode;
        }

        CommandLog.Stopping(logger, id, spec.GracePeriod, spec);
        await StopAsync(run, tree, id).ConfigureAwait(false);
        await forceful.CancelAsync().ConfigureAwait(false);
        await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        throw new CommandTimeoutException(spec, spec.Timeout!.Value);
    }

    private CommandTask<CliWrap.CommandResult> Start(Command wrapped, CancellationToken forceful)
    {
        try
        {
            // The list goes to the program as it is; the one string of CliWrap would be quoted and taken apart again.
            return wrapped.ExecuteAsync(
                startInfo =>
                {
                    startInfo.Arguments = "";
                    foreach (string argument in spec.Arguments) startInfo.ArgumentList.Add(argument);
                },
                configureProcess: null,
                forceful,
                CancellationToken.None);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            string reason = (e.InnerException ?? e).Message;
            throw new OneEdgeException(CoreErrorCodes.CommandNotStarted, $"The command cannot be started: {reason} Command: {spec}", e);
        }
    }

    /// <summary>Asks the program to stop; when it is gone asks what it left behind; kills what remains after the grace period.</summary>
    private async Task StopAsync(Task run, ProcessTree? tree, int id)
    {
        // Elsewhere CliWrap kills the program with its children.
        if (!OperatingSystem.IsLinux() || tree is null) return;
        int signal = spec.StopSignal == StopSignal.Interrupt ? ProcessTree.Interrupt : ProcessTree.Terminate;
        tree.SignalRoot(signal);
        bool leftoversAsked = false;
        long start = time.GetTimestamp();
        for (TimeSpan poll = FirstPoll; time.GetElapsedTime(start) < spec.GracePeriod; poll = poll >= LongestPoll ? LongestPoll : 2 * poll)
        {
            IReadOnlyList<int> left = tree.Find();
            if (left.Count == 0) return;
            if (!leftoversAsked && !left.Contains(id))
            {
                leftoversAsked = true;
                tree.SignalAll(signal);
            }

            await Task.WhenAny(Task.Delay(poll, time), run).ConfigureAwait(false);
            if (run.IsCompleted) await Task.Delay(FirstPoll, time).ConfigureAwait(false);
        }

        if (tree.Find().Count == 0) return;
        CommandLog.Killing(logger, id, spec.GracePeriod, spec);
        await KillAsync(tree).ConfigureAwait(false);
    }

    // Again and again, because a process may have started another one in between; a process in a system call may take a moment to die.
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private async Task KillAsync(ProcessTree tree)
    {
        long start = time.GetTimestamp();
        while (tree.SignalAll(ProcessTree.Kill) && time.GetElapsedTime(start) < KillPatience) await Task.Delay(FirstPoll, time).ConfigureAwait(false);
    }
}
