namespace OneEdge.Storage.Replicas;

/// <summary>What actions read from the document of a datastore.</summary>
/// <param name="Id">Its number.</param>
/// <param name="ReplicaHost"><c>REPLICA_HOST</c> of its template; <see langword="null"/> or empty without a replica.</param>
public sealed record DatastoreFacts(int Id, string? ReplicaHost = null);
