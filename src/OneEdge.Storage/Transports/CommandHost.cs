using System.Runtime.CompilerServices;
using System.Text;
using OneEdge.Commands;

namespace OneEdge.Storage;

/// <summary>What both kinds of hosts have in common: a script becomes a command of this machine, a failure of it a <see cref="HostException"/>.</summary>
internal sealed class CommandHost(string name, ICommandRunner runner, Func<HostScript, CommandSpec> command, int? unreachableExitCode)
{
    private const int ErrorLines = 100;

    /// <summary>Variables for programs whose messages are read.</summary>
    public static IReadOnlyDictionary<string, string?> Environment { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["LANG"] = "C",
        ["LC_ALL"] = "C",
    };

    public async Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken)
    {
        CommandResult result;
        try
        {
            result = await runner.RunAsync(command(script) with { AcceptedExitCodes = [] }, cancellationToken).ConfigureAwait(false);
        }
        catch (OneEdgeException e) when (e is CommandTimeoutException or ToolMissingException)
        {
            throw new HostException(StorageErrorCodes.HostCommand, name, script.ToString(), null, e.Message, e);
        }

        Check(script, result.ExitCode, result.StandardError);
        return result;
    }

    public async IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var errors = new Queue<string>();
        CommandSpec spec = command(script) with { AcceptedExitCodes = [] };
        await foreach (CommandEvent item in runner.ListenAsync(spec, cancellationToken).ConfigureAwait(false))
        {
            if (item is CommandErrorLine line)
            {
                if (errors.Count == ErrorLines) errors.Dequeue();
                errors.Enqueue(line.Text);
            }

            if (item is CommandExited exited) Check(script, exited.ExitCode, string.Join('\n', errors));
            yield return item;
        }
    }

    /// <summary>A script for the standard input of bash: its parameters, then its text.</summary>
    public static byte[] ForStandardInput(HostScript script)
    {
        var text = new StringBuilder("export LANG=C LC_ALL=C\nset --");
        foreach (string argument in script.Arguments) text.Append(' ').Append(ShellWord.Quote(argument));
        // All in braces, so that bash reads the whole script before it runs any of it, and no command can read the rest.
        text.Append("\n{\n").Append(script.Text).Append("\n} </dev/null\nexit $?\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Check(HostScript script, int exitCode, string errorText)
    {
        if (exitCode == unreachableExitCode) throw new HostException(StorageErrorCodes.HostUnreachable, name, script.ToString(), exitCode, errorText);
        if (script.AcceptedExitCodes.Count == 0 || script.AcceptedExitCodes.Contains(exitCode)) return;
        throw new HostException(StorageErrorCodes.HostCommand, name, script.ToString(), exitCode, errorText);
    }
}
