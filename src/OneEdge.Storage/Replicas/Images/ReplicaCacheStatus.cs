namespace OneEdge.Storage.Replicas;

/// <summary>What the cache of a replica holds.</summary>
/// <param name="Host">The replica.</param>
/// <param name="Directory">The directory of its datastores.</param>
/// <param name="Datastores">The image datastores, by number.</param>
public sealed record ReplicaCacheStatus(string Host, string Directory, IReadOnlyList<CachedDatastore> Datastores)
{
    /// <summary>The room that all of it takes, in bytes.</summary>
    public long UsedBytes => Datastores.Sum(datastore => datastore.UsedBytes);
}
