using System.Collections.Concurrent;
using OneEdge.Commands;
using OneEdge.Storage.Replicas;

namespace OneEdge.Storage.Tests.Replicas;

/// <summary>Real hosts whose scripts are counted by their names, and may be answered or followed by something else.</summary>
internal sealed class CountingHosts(IRemoteHosts hosts) : IRemoteHosts
{
    private readonly ConcurrentQueue<string> _scripts = [];

    public Func<string, HostScript, CancellationToken, Task> Before { get; set; } = (_, _, _) => Task.CompletedTask;

    /// <summary>What is run instead of a script.</summary>
    public Func<string, HostScript, HostScript> Instead { get; set; } = (_, script) => script;

    public int Count(string script) => _scripts.Count(name => name == script);

    public IRemoteHost Get(string name) => new Host(this, hosts.Get(name));

    private async Task BeforeAsync(string host, HostScript script, CancellationToken cancellationToken)
    {
        _scripts.Enqueue(script.Name);
        await Before(host, script, cancellationToken);
    }

    private sealed class Host(CountingHosts counter, IRemoteHost host) : IRemoteHost
    {
        public string Name => host.Name;

        public async Task<CommandResult> RunAsync(HostScript script, CancellationToken cancellationToken = default)
        {
            await counter.BeforeAsync(Name, script, cancellationToken);
            return await host.RunAsync(counter.Instead(Name, script), cancellationToken);
        }

        public async IAsyncEnumerable<CommandEvent> ListenAsync(
            HostScript script, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await counter.BeforeAsync(Name, script, cancellationToken);
            await foreach (CommandEvent item in host.ListenAsync(counter.Instead(Name, script), cancellationToken)) yield return item;
        }
    }
}
