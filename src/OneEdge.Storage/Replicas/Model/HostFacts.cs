namespace OneEdge.Storage.Replicas;

/// <summary>What actions read from the document of a host.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ReplicaStorageAddress"><c>REPLICA_STORAGE_IP</c>: where the replica reaches it instead of by its name; <see langword="null"/> or empty for
/// the name.</param>
public sealed record HostFacts(string Name, string? ReplicaStorageAddress = null);
