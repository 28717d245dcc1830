namespace OneEdge.Storage.Replicas;

/// <summary>What came of an eviction.</summary>
/// <param name="Evicted">The images that were removed, with the room that they took.</param>
/// <param name="Kept">Those that were not: of the plan, and those that came into use since it was made.</param>
/// <param name="FreedBytes">The room that was given back, in bytes, with that of copies that were cut.</param>
public sealed record ReplicaEvictionResult(IReadOnlyList<CachedImage> Evicted, IReadOnlyList<KeptImage> Kept, long FreedBytes);
