using System.Collections.Concurrent;

namespace OneEdge.Flow.Engine;

/// <summary>Services of which something was read right after an event had told of it, so that it may be older than that: they are read once more later.</summary>
internal sealed class UnsureServices
{
    private readonly ConcurrentDictionary<int, bool> _ids = new();

    public void Add(int serviceId) => _ids[serviceId] = true;

    /// <summary>Takes one out.</summary>
    /// <returns>Whether it was among them.</returns>
    public bool Remove(int serviceId) => _ids.TryRemove(serviceId, out _);
}
