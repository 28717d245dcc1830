using Microsoft.Extensions.Time.Testing;

namespace OneEdge.OpenNebula.Tests.Documents;

/// <summary>
/// Lets the calls of several clients happen one at a time in an order that a test chooses. Everything runs on one thread, so that an order means the same
/// run each time. Time goes on only when all clients wait for it.
/// </summary>
internal sealed class Turns(FakeTimeProvider time)
{
    private readonly List<(int Client, OpenNebulaCall Call, TaskCompletionSource Go)> _waiting = [];

    /// <summary>The calls in the order in which the server carried them out.</summary>
    public List<(int Client, string Method)> Log { get; } = [];

    public IOpenNebulaRpc Gate(IOpenNebulaRpc inner, int client) => new Gated(this, inner, client);

    /// <summary>Runs clients to their ends.</summary>
    /// <param name="choose">Says which of some waiting calls, numbered by client, is next: gets their number.</param>
    /// <param name="clients">The clients.</param>
    public Task RunAsync(Func<int, int> choose, params Func<Task>[] clients) => Task.Run(() =>
    {
        Task[] running = [.. clients.Select(c => c())];
        for (int idle = 0; running.Any(r => !r.IsCompleted);)
        {
            if (_waiting.Count == 0)
            {
                if (++idle > 100_000) throw new InvalidOperationException("Nobody goes on.");
                time.Advance(TimeSpan.FromMilliseconds(100));
                continue;
            }

            _waiting.Sort((a, b) => a.Client.CompareTo(b.Client));
            int next = choose(_waiting.Count);
            (int client, OpenNebulaCall call, TaskCompletionSource go) = _waiting[next];
            _waiting.RemoveAt(next);
            Log.Add((client, call.Method[(call.Method.LastIndexOf('.') + 1)..]));
            go.SetResult();
        }

        return Task.WhenAll(running);
    });

    /// <summary>Every order there is.</summary>
    /// <param name="run">Runs the clients anew with a choice.</param>
    /// <returns>How many there are.</returns>
    public static async Task<int> ExploreAsync(Func<Func<int, int>, Task> run)
    {
        List<(int Chosen, int Of)> path = [];
        for (int count = 1; ; count++)
        {
            int at = 0;
            await run(of =>
            {
                if (at == path.Count) path.Add((0, of));
                return path[at++].Chosen;
            });
            while (path.Count > 0 && path[^1].Chosen == path[^1].Of - 1) path.RemoveAt(path.Count - 1);
            if (path.Count == 0) return count;
            path[^1] = (path[^1].Chosen + 1, path[^1].Of);
        }
    }

    private sealed class Gated(Turns turns, IOpenNebulaRpc inner, int client) : IOpenNebulaRpc
    {
        public async Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
        {
            // Continues where it is let go, on the same thread.
            var go = new TaskCompletionSource();
            turns._waiting.Add((client, call, go));
            await go.Task.ConfigureAwait(false);
            return await inner.CallAsync(call, cancellationToken).ConfigureAwait(false);
        }

        public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(
            IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
