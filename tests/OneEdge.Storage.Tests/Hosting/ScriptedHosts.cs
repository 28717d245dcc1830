using System.Runtime.CompilerServices;
using OneEdge.Commands;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Hosting;

/// <summary>Hosts that answer scripts by their names, without running any.</summary>
internal sealed class ScriptedHosts : IRemoteHosts
{
    private readonly Dictionary<string, Queue<Func<string>>> _answers = [];

    /// <summary>What the next scripts of a name print; the last answer stays.</summary>
    public ScriptedHosts On(string script, params string[] answers) => On(script, [.. answers.Select(answer => (Func<string>)(() => answer))]);

    public ScriptedHosts Fail(string script, Exception error) => On(script, () => throw error);

    public IRemoteHost Get(string name) => new Host(name, this);

    private ScriptedHosts On(string script, params Func<string>[] answers)
    {
        _answers[script] = new Queue<Func<string>>(answers);
        return this;
    }

    private string Answer(HostScript script)
    {
        lock (_answers)
        {
            if (!_answers.TryGetValue(script.Name, out Queue<Func<string>>? answers)) return "";
            return (answers.Count > 1 ? answers.Dequeue() : answers.Peek())();
        }
    }

    private sealed class Host(string name, ScriptedHosts hosts) : IRemoteHost
    {
        public string Name => name;

        public async Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            return new CommandResult { ExitCode = 0, StandardOutput = hosts.Answer(script), StandardError = "", Duration = TimeSpan.Zero };
        }

        public async IAsyncEnumerable<CommandEvent> ListenAsync(HostScript script, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            foreach (string line in hosts.Answer(script).Split('\n')) yield return new CommandOutputLine(line);
        }
    }
}
