using System.Collections.Concurrent;
using OneEdge.OpenNebula;

namespace OneEdge.Comparison.Flow;

/// <summary>Counts the calls that go to a cloud, by method.</summary>
internal sealed class CountingRpc(IOpenNebulaRpc inner) : IOpenNebulaRpc
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public long Total => _counts.Values.Sum(c => (long)c);

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public Task<RpcValue> CallAsync(OpenNebulaCall call, CancellationToken cancellationToken = default)
    {
        Count(call);
        return inner.CallAsync(call, cancellationToken);
    }

    public Task<IReadOnlyList<OpenNebulaCallResult>> ReadManyAsync(IReadOnlyList<OpenNebulaCall> calls, CancellationToken cancellationToken = default)
    {
        foreach (OpenNebulaCall call in calls) Count(call);
        return inner.ReadManyAsync(calls, cancellationToken);
    }

    private void Count(OpenNebulaCall call) => _counts.AddOrUpdate(call.Method, 1, static (_, count) => count + 1);
}
